package dev.skein.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One line of the file. Its hash is that of the text before {@code ,"hash"}, which itself holds the hash of the line
 * before, so no line can be changed or taken out without breaking every hash after it.
 *
 * @param text the whole line without its end
 */
record Line(long number, String hash, String text) {
    /** What comes before the first line of all. */
    static final Line NONE = new Line(0, "0".repeat(64), "");

    private static final String HASH = ",\"hash\":\"";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The line that follows this one. */
    Line next(Deed deed, Instant at) {
        var object = JSON.createObjectNode()
                .put("seq", number + 1)
                .put("at", at.truncatedTo(ChronoUnit.MILLIS).toString())
                .put("who", deed.who())
                .put("role", deed.role())
                .put("what", deed.what())
                .put("target", deed.target())
                .put("outcome", deed.outcome())
                .put("from", deed.from())
                .put("request_id", deed.request())
                .put("token_id", deed.token())
                .put("prev", hash);
        var text = textOf(object);
        var open = text.substring(0, text.length() - 1);
        var own = sha256(open);
        return new Line(number + 1, own, open + HASH + own + "\"}");
    }

    /** Reads a line and checks that its hash is its own; null when it is not a line of an audit. */
    static @Nullable Line parse(String text) {
        int end = text.lastIndexOf(HASH);
        var object = object(text);
        if (end < 0 || object == null) {
            return null;
        }
        var hash = object.path("hash").asText();
        return sha256(text.substring(0, end)).equals(hash)
                ? new Line(object.path("seq").asLong(), hash, text)
                : null;
    }

    /** Whether this line was written after the other one and nothing was between. */
    boolean follows(Line earlier) {
        var object = object(text);
        return object != null
                && number == earlier.number + 1
                && object.path("prev").asText().equals(earlier.hash);
    }

    static @Nullable JsonNode object(String text) {
        try {
            var node = JSON.readTree(text);
            return node instanceof ObjectNode ? node : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static String textOf(ObjectNode object) {
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an object of texts is always JSON", e);
        }
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
