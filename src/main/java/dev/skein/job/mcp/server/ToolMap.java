package dev.skein.job.mcp.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.job.mcp.JsonRpc;
import dev.skein.job.mcp.McpTool;
import dev.skein.kernel.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How what a job asks for becomes a call of one of the tools that the server turns out to have.
 *
 * @param tools names of tools by action, the first that exists is taken
 * @param arguments fields of the job by argument of the tool, the first that is there is taken
 */
record ToolMap(Map<String, List<String>> tools, Map<String, List<String>> arguments) {
    ToolMap {
        tools = Map.copyOf(tools);
        arguments = Map.copyOf(arguments);
    }

    /** Reads {@code tools.ACTION} and {@code arguments.NAME}, names separated by bars. */
    static ToolMap of(Words words) {
        return new ToolMap(names(words.under("tools")), names(words.under("arguments")));
    }

    private static Map<String, List<String>> names(Map<String, String> texts) {
        var names = new HashMap<String, List<String>>();
        texts.forEach((key, text) ->
                names.put(key, Stream.of(text.split("\\|")).map(String::strip).toList()));
        return names;
    }

    /** The tool for a request; fails with a sentence that names what there is. */
    McpTool tool(Request request, List<McpTool> offered) {
        var wanted = request.tool().isEmpty()
                ? tools.getOrDefault(request.action(), List.of(request.action()))
                : List.of(request.tool());
        return wanted.stream()
                .flatMap(name -> offered.stream().filter(tool -> tool.name().equals(name)))
                .findFirst()
                .orElseThrow(() -> unknown(request, offered));
    }

    private Problem unknown(Request request, List<McpTool> offered) {
        var names = Stream.concat(offered.stream().map(McpTool::name), tools.keySet().stream())
                .sorted()
                .collect(Collectors.joining(", "));
        var wanted = request.tool().isEmpty() ? request.action() : request.tool();
        return Problem.notFound("mcp_unknown_tool", "the server has no tool '" + wanted + "'; there are " + names);
    }

    /** The arguments for a tool: given ones as they are, others from the fields that its schema knows. */
    ObjectNode arguments(Request request, McpTool tool) {
        if (request.arguments() instanceof ObjectNode given) {
            return given.deepCopy();
        }
        var found = JsonRpc.object();
        for (var property : tool.properties()) {
            var fields = arguments.getOrDefault(property, List.of(property));
            fields.stream()
                    .map(request.fields()::path)
                    .filter(value -> !value.isMissingNode() && !value.isNull())
                    .findFirst()
                    .ifPresent(value -> found.set(property, value));
        }
        return found;
    }

    /**
     * What a job asks of a server.
     *
     * @param action what is wanted in words of the product; empty when {@code tool} is given
     * @param tool of that very name; empty when {@code action} is given
     * @param arguments for the tool as they are; missing when they are to be made of the fields
     * @param fields the whole payload
     */
    record Request(String action, String tool, JsonNode arguments, JsonNode fields) {
        static Request of(JsonNode payload) {
            var action = payload.path("action").asText("");
            var tool = payload.path("tool").asText("");
            if (action.isEmpty() == tool.isEmpty()) {
                throw Problem.invalid("the payload must name either an action or a tool");
            }
            return new Request(action, tool, payload.path("arguments"), payload);
        }
    }
}
