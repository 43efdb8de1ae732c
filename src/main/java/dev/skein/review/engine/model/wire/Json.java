package dev.skein.review.engine.model.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.review.engine.model.Model.Turn;
import dev.skein.review.engine.model.ModelProblem;
import java.util.List;

/** Trees of JSON and what goes wrong with them. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int SHOWN_MAX = 200;

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static void messages(ObjectNode body, List<Turn> talk) {
        var messages = body.putArray("messages");
        talk.forEach(turn -> messages.addObject().put("role", turn.role()).put("content", turn.text()));
    }

    /** Of a text that is known to be JSON. */
    static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON", e);
        }
    }

    /** An object that a server sent; anything else is a problem. */
    static ObjectNode line(String text) {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw ModelProblem.refused("the server sent what is no JSON: " + shown(text));
        }
        throw ModelProblem.refused("the server sent what is no object: " + shown(text));
    }

    static byte[] bytes(ObjectNode body) {
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    /** The beginning of what a server sent, in one line without control characters. */
    static String shown(String text) {
        var cut = text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
        return cut.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
