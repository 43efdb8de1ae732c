package dev.skein.cli.demo.points;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers one message a line on its standard streams until its input ends.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25">the protocol</a>
 */
public final class PointServer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NEWEST = "2025-11-25";
    private static final Set<String> SPOKEN = Set.of("2024-11-05", "2025-03-26", "2025-06-18", NEWEST);
    private static final String TOOL = "iterations";
    private static final int SIDE = 1_000;
    private static final int LIMIT = 256;
    private static final int PARSE_ERROR = -32_700;
    private static final int UNKNOWN_METHOD = -32_601;
    private static final String TOOLS = """
            {"tools": [{
              "name": "iterations",
              "description": "How many steps a pixel of the demo's picture takes to leave; 256 when it never does",
              "inputSchema": {
                "type": "object",
                "properties": {
                  "x": {"type": "integer", "minimum": 0, "maximum": 999},
                  "y": {"type": "integer", "minimum": 0, "maximum": 999}
                },
                "required": ["x", "y"]
              },
              "annotations": {"readOnlyHint": true}
            }]}""";

    private final PrintStream out;

    private PointServer(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        serve(System.in, new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    static void serve(InputStream in, PrintStream out) throws IOException {
        var server = new PointServer(out);
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            server.hear(line);
        }
    }

    private void hear(String line) throws JsonProcessingException {
        JsonNode message;
        try {
            message = JSON.readTree(line);
        } catch (JsonProcessingException broken) {
            send(refusal(PARSE_ERROR, "that is not JSON"), JSON.nullNode());
            return;
        }
        var id = message.path("id");
        if (id.isValueNode() && message.path("method").isTextual()) { // else it is a notification or an answer
            send(answer(message.path("method").asText(), message.path("params")), id);
        }
    }

    private void send(ObjectNode message, JsonNode id) throws JsonProcessingException {
        message.put("jsonrpc", "2.0").set("id", id);
        out.println(JSON.writeValueAsString(message));
    }

    private static ObjectNode answer(String method, JsonNode params) throws JsonProcessingException {
        return switch (method) {
            case "initialize" -> result(welcome(params.path("protocolVersion").asText()));
            case "ping" -> result(JSON.createObjectNode());
            case "tools/list" -> result(JSON.readTree(TOOLS));
            case "tools/call" -> result(call(params.path("name").asText(), params.path("arguments")));
            default -> refusal(UNKNOWN_METHOD, "there is no method " + method);
        };
    }

    private static ObjectNode result(JsonNode result) {
        return JSON.createObjectNode().set("result", result);
    }

    private static ObjectNode refusal(int code, String message) {
        var refusal = JSON.createObjectNode();
        refusal.putObject("error").put("code", code).put("message", message);
        return refusal;
    }

    private static ObjectNode welcome(String wanted) {
        var welcome = JSON.createObjectNode().put("protocolVersion", SPOKEN.contains(wanted) ? wanted : NEWEST);
        welcome.putObject("capabilities").putObject("tools");
        welcome.putObject("serverInfo").put("name", "skein-points").put("version", "1");
        return welcome;
    }

    private static ObjectNode call(String tool, JsonNode arguments) {
        if (!tool.equals(TOOL)) {
            return said("there is no tool " + tool + "; there is " + TOOL, null);
        }
        int x = arguments.path("x").asInt(-1);
        int y = arguments.path("y").asInt(-1);
        if (x < 0 || x >= SIDE || y < 0 || y >= SIDE) {
            return said("x and y must be whole numbers from 0 to " + (SIDE - 1), null);
        }
        int iterations = iterations(x, y);
        var found = JSON.createObjectNode().put("iterations", iterations).put("diverged", iterations < LIMIT);
        return said(Integer.toString(iterations), found);
    }

    /** What a tool says; without what it found, that it failed. */
    private static ObjectNode said(String text, @Nullable ObjectNode found) {
        var answer = JSON.createObjectNode();
        answer.putArray("content").addObject().put("type", "text").put("text", text);
        if (found == null) {
            return answer.put("isError", true);
        }
        return answer.set("structuredContent", found);
    }

    static int iterations(int x, int y) {
        double cx = -2.0 + x * 3.0 / SIDE;
        double cy = -1.5 + y * 3.0 / SIDE;
        double zr = 0;
        double zi = 0;
        for (int i = 0; i < LIMIT; i++) {
            double r2 = zr * zr;
            double i2 = zi * zi;
            if (r2 + i2 > 4.0) {
                return i;
            }
            zi = 2.0 * zr * zi + cy;
            zr = r2 - i2 + cx;
        }
        return LIMIT;
    }
}
