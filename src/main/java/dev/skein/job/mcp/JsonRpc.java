package dev.skein.job.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Single messages of JSON-RPC 2.0.
 *
 * @see <a href="https://www.jsonrpc.org/specification">the specification</a>
 */
public final class JsonRpc {
    static final int METHOD_NOT_FOUND = -32_601;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonRpc() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode request(long id, String method, ObjectNode params) {
        var message = notification(method, params);
        message.put("id", id);
        return message;
    }

    static ObjectNode notification(String method, ObjectNode params) {
        var message = object().put("jsonrpc", "2.0").put("method", method);
        if (!params.isEmpty()) {
            message.set("params", params);
        }
        return message;
    }

    static ObjectNode result(JsonNode id) {
        var message = object().put("jsonrpc", "2.0");
        message.set("id", id);
        message.set("result", object());
        return message;
    }

    static ObjectNode unknownMethod(JsonNode id, String method) {
        var message = object().put("jsonrpc", "2.0");
        message.set("id", id);
        message.putObject("error").put("code", METHOD_NOT_FOUND).put("message", "no method " + method);
        return message;
    }

    /** The id of a request of ours, or null when the message is something else. */
    public static @Nullable Long requestId(JsonNode message) {
        var id = message.path("id");
        return message.has("method") && id.isIntegralNumber() ? Long.valueOf(id.asLong()) : null;
    }

    /** Whether this is the answer to the request with that id. */
    public static boolean answers(JsonNode message, long id) {
        return !message.has("method")
                && message.path("id").isIntegralNumber()
                && message.path("id").asLong() == id;
    }

    /** One message in UTF-8 without a line break. */
    public static byte[] bytes(JsonNode message) {
        try {
            return MAPPER.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON could not be written", e);
        }
    }

    /** What the bytes hold: an object or an array of them; null when that is not what they are. */
    public static @Nullable JsonNode parse(byte[] bytes) {
        try {
            var tree = MAPPER.readTree(bytes);
            return tree != null && tree.isContainerNode() ? tree : null;
        } catch (IOException notJson) {
            return null;
        }
    }
}
