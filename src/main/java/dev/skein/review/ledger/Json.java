package dev.skein.review.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON that says after writing what it said before reading: order of keys, size and digits of numbers. */
final class Json {
    private static final StreamReadConstraints BOUNDS = StreamReadConstraints.builder()
            .maxStringLength(Ledger.LINE_MAX)
            .maxNumberLength(10_000)
            .build();

    private static final ObjectMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(BOUNDS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    static JsonNode read(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The same as it would be read: numbers do not remember how they came about. */
    static ObjectNode copy(ObjectNode node) {
        try {
            return (ObjectNode) read(write(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was written can be read", e);
        }
    }

    /** On one line, and such that any reader of UTF-8 can take it. */
    static String write(JsonNode node) {
        try {
            return escaped(MAPPER.writeValueAsString(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("trees are always JSON", e);
        }
    }

    /** Halves of characters have no form in UTF-8; they only stand inside of strings. */
    private static String escaped(String text) {
        StringBuilder changed = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (!Character.isSurrogate(c) || isPair) {
                append(changed, text, i, isPair ? 2 : 1);
                i += isPair ? 1 : 0;
            } else {
                changed = changed == null ? new StringBuilder(text.substring(0, i)) : changed;
                changed.append("\\u%04x".formatted((int) c));
            }
        }
        return changed == null ? text : changed.toString();
    }

    private static void append(@org.jspecify.annotations.Nullable StringBuilder to, String text, int at, int length) {
        if (to != null) {
            to.append(text, at, at + length);
        }
    }
}
