package dev.skein.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The three parts of a compact token, taken apart but not yet believed.
 *
 * @param signed the bytes that the proof is about
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-7.1">RFC 7515, compact serialization</a>
 */
record Jws(JsonNode header, JsonNode claims, byte[] signed, byte[] proof) {
    private static final int CHARS_MAX = 4096;
    private static final int DEPTH_MAX = 8;
    private static final Base64.Decoder BASE64 = Base64.getUrlDecoder();
    private static final Base64.Encoder TO_BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Takes a token apart; {@link Kind#UNAUTHORIZED} when it has not the one shape there is. */
    static Jws parse(String token) {
        if (token.length() > CHARS_MAX) {
            throw refused("too long");
        }
        var parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw refused("not three parts");
        }
        var signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        return new Jws(object(parts[0]), object(parts[1]), signed, bytes(parts[2]));
    }

    /** The compact form of two JSON texts, signed. */
    static String sign(String header, String claims, SigningKey key) {
        var text =
                base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        return text + "." + base64(key.sign(text.getBytes(StandardCharsets.US_ASCII)));
    }

    static Problem refused(String why) {
        return new Problem(Kind.UNAUTHORIZED, "token refused: " + why);
    }

    private static String base64(byte[] bytes) {
        return TO_BASE64.encodeToString(bytes);
    }

    private static JsonNode object(String part) {
        try {
            var node = JSON.readTree(bytes(part));
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            throw refused("a part is not JSON");
        }
        throw refused("a part is not an object");
    }

    /** Only the one canonical spelling, so that a token cannot be varied without breaking it. */
    private static byte[] bytes(String part) {
        try {
            var bytes = BASE64.decode(part);
            if (part.equals(base64(bytes))) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw refused("a part is not base64url");
        }
        throw refused("a part is not base64url in its canonical form");
    }
}
