package dev.skein.job.mcp.server;

import java.util.List;
import java.util.Map;

/**
 * Types of jobs for one product each, configured by {@code command} or {@code url} and the other keys of a server. What
 * its tools are called and how its texts of failure begin is known unless it is configured.
 */
public final class ProductHandlers {
    private ProductHandlers() {}

    /**
     * Answers questions about libraries: {@code {"action": "resolve-library", "query": "react"}} or {@code {"action":
     * "docs", "id": "/org/project", "query": "hooks"}}.
     */
    public static final class Context7 extends McpHandler {
        @Override
        public String type() {
            return "context7";
        }

        @Override
        String server() {
            return type();
        }

        @Override
        List<ServerConfig> configs(Map<String, String> settings) {
            return one(type(), settings);
        }
    }

    /** Asks a memory: {@code {"action": "ask", "message": "…"}}, {@code search} or {@code store}. */
    public static final class Cipher extends McpHandler {
        @Override
        public String type() {
            return "cipher";
        }

        @Override
        String server() {
            return type();
        }

        @Override
        List<ServerConfig> configs(Map<String, String> settings) {
            return one(type(), settings);
        }
    }

    private static List<ServerConfig> one(String type, Map<String, String> settings) {
        return List.of(ServerConfig.read(type, Presets.complete(type, settings), System.getenv()));
    }
}
