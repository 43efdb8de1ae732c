package dev.skein.job.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * One tool as its server lists it.
 *
 * @param properties names of the arguments its schema knows
 * @param required those that must be there
 * @param repeatable whether the server says that calling it twice does no more than calling it once
 */
public record McpTool(
        String name, String description, Set<String> properties, Set<String> required, boolean repeatable) {
    public McpTool {
        properties = Set.copyOf(properties);
        required = Set.copyOf(required);
    }

    static McpTool of(JsonNode tool) {
        var schema = tool.path("inputSchema");
        var properties = new TreeSet<String>();
        schema.path("properties").fieldNames().forEachRemaining(properties::add);
        var required = new TreeSet<String>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        var hints = tool.path("annotations");
        return new McpTool(
                tool.path("name").asText(),
                tool.path("description").asText(""),
                properties,
                required,
                hints.path("idempotentHint").asBoolean()
                        || hints.path("readOnlyHint").asBoolean());
    }
}
