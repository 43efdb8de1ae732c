package dev.skein.job.mcp.server;

import java.util.HashMap;
import java.util.Map;

/** What is known of some products, each key of which a setting replaces. */
final class Presets {
    private static final Map<String, String> CONTEXT7 = Map.ofEntries(
            Map.entry("command", "context7-mcp"),
            Map.entry("api-key-env", "CONTEXT7_API_KEY"),
            Map.entry("keep-answers", "10m"),
            Map.entry("tools.resolve", "resolve-library-id"),
            Map.entry("tools.resolve-library", "resolve-library-id"),
            Map.entry("tools.search", "resolve-library-id"),
            Map.entry("tools.docs", "query-docs|get-library-docs"),
            Map.entry("tools.query-docs", "query-docs|get-library-docs"),
            Map.entry("tools.get-library-docs", "query-docs|get-library-docs"),
            Map.entry("arguments.query", "query|topic|question|userQuery|libraryName"),
            Map.entry("arguments.libraryName", "libraryName|library|query"),
            Map.entry("arguments.libraryId", "libraryId|id|context7CompatibleLibraryID|libraryID"),
            Map.entry("arguments.context7CompatibleLibraryID", "libraryId|id|context7CompatibleLibraryID|libraryID"),
            Map.entry("arguments.topic", "topic|query"),
            Map.entry("expects.resolve", "Available Libraries:"),
            Map.entry("expects.resolve-library", "Available Libraries:"),
            Map.entry("expects.search", "Available Libraries:"),
            Map.entry("classes.rate-limited", "Rate limited or quota exceeded"),
            Map.entry(
                    "classes.not-found",
                    "The library you are trying to access does not exist|Documentation not found or not finalized"),
            Map.entry("classes.authentication", "Invalid API key"),
            Map.entry("classes.upstream", "Request failed with status"),
            Map.entry("classes.transport", "Error searching libraries:|Error fetching library context"),
            Map.entry("classes.empty", "No libraries found matching"));

    private static final Map<String, String> CIPHER = Map.of(
            "command", "cipher",
            "args", "--mode,mcp",
            "tools.ask", "ask_cipher|brv-query",
            "tools.search", "cipher_memory_search|brv-query|ask_cipher",
            "tools.store", "cipher_extract_and_operate_memory|brv-curate|ask_cipher",
            "arguments.message", "message|query|text",
            "arguments.query", "query|message|text",
            "arguments.context", "context|text|message",
            "arguments.interaction", "interaction|text|message");

    private Presets() {}

    /** The settings of a server with what is known of its kind in place of what they leave out. */
    static Map<String, String> complete(String kind, Map<String, String> given) {
        var all = new HashMap<>(
                switch (kind) {
                    case "context7" -> CONTEXT7;
                    case "cipher" -> CIPHER;
                    default -> Map.<String, String>of();
                });
        if (given.containsKey("url") || given.containsKey("command")) {
            all.remove("command");
            all.remove("args");
        }
        all.putAll(given);
        return all;
    }
}
