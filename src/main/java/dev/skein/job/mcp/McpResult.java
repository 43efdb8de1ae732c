package dev.skein.job.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a tool answered.
 *
 * @param failed the tool says that it failed; the text says why
 * @param text its text items, one per line
 * @param raw the whole result as the server sent it
 */
public record McpResult(boolean failed, String text, JsonNode raw) {
    static McpResult of(JsonNode result) {
        var text = StreamSupport.stream(result.path("content").spliterator(), false)
                .filter(item -> item.path("type").asText().equals("text"))
                .map(item -> item.path("text").asText())
                .collect(Collectors.joining("\n"));
        return new McpResult(result.path("isError").asBoolean(), text, result);
    }
}
