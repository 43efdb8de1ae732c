package dev.skein.http.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.skein.http.exchange.Refusal;
import dev.skein.pipeline.vpl.Diagnostic.Severity;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** How JSON is read and written here. Thread-safe. */
public final class Json {
    /** Deeper nesting is refused. */
    public static final int DEPTH_MAX = 64;

    /** Refuses a name given twice in one object, and nesting beyond {@link #DEPTH_MAX}. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
            .build();

    private static final Pattern ASIDE =
            Pattern.compile("(?: \\((?:for |start |`|not recognized )|: enable `).*"); // about the reader

    private static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS) // else 1e400 is Infinity, and digits are lost
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .addMixIn(Severity.class, SeverityWord.class)
            .addModule(new SimpleModule().addSerializer(new Times()))
            .build();

    private static final int WIDEST_CHARACTER = 4;

    private Json() {}

    /** Severities are words in lower case. */
    private interface SeverityWord {
        @JsonValue
        String word();
    }

    private static final class Times extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        Times() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(Stamps.text(time));
        }
    }

    /** The body as a tree; a {@link Refusal} when it is not one JSON value in UTF-8. */
    public static JsonNode parse(Buffer body) {
        var bytes = body.getBytes();
        try (var parser = parser(bytes)) {
            JsonNode tree = MAPPER.readTree(parser);
            requireEnd(parser);
            if (tree != null && !tree.isMissingNode()) {
                return tree;
            }
        } catch (IOException e) {
            throw refused(e);
        }
        throw new Refusal(400, "invalid_json", "the body is empty; it must be a JSON object");
    }

    /** A strict parser; refuses escapes that are no text, which could not be written again. */
    static JsonParser parser(byte[] body) throws IOException {
        requireUtf8(body);
        Escapes.requireText(body);
        return FACTORY.createParser(body);
    }

    /** The parser would guess UTF-16 and UTF-32 by the zero bytes that they begin with. */
    private static void requireUtf8(byte[] body) {
        for (int i = 0; i < Math.min(body.length, WIDEST_CHARACTER); i++) {
            if (body[i] == 0 || body[i] == (byte) 0xFE || body[i] == (byte) 0xFF) {
                throw new Refusal(400, "invalid_json", "the body is not in UTF-8");
            }
        }
    }

    static void requireEnd(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw new Refusal(400, "invalid_json", "the body goes on after its value" + where(parser));
        }
    }

    private static String where(JsonParser parser) {
        var at = parser.currentTokenLocation();
        return " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    /** What a reader's failure means for the caller. */
    static Refusal refused(IOException e) {
        if (e instanceof StreamConstraintsException) {
            return new Refusal(
                    400,
                    "invalid_json",
                    "the body is nested deeper than " + DEPTH_MAX + " or has an endless number or name");
        }
        if (e instanceof JsonProcessingException wrong && wrong.getLocation() != null) {
            var at = wrong.getLocation();
            var why = wrong.getOriginalMessage().lines().findFirst().orElse("not JSON");
            return new Refusal(
                    400,
                    "invalid_json",
                    "line %d, column %d: %s"
                            .formatted(
                                    at.getLineNr(),
                                    at.getColumnNr(),
                                    ASIDE.matcher(why).replaceFirst("")));
        }
        return new Refusal(400, "invalid_json", "the body is not JSON in UTF-8");
    }

    /** A checked tree as a record. */
    public static <T> T as(Class<T> type, JsonNode checked) {
        try {
            return MAPPER.treeToValue(checked, type);
        } catch (JsonProcessingException e) {
            throw Refusal.faulty("invalid_request", List.of(String.valueOf(e.getOriginalMessage())));
        }
    }

    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass(), e);
        }
    }

    /** Writes a record into a larger document. */
    public static void write(Object value, JsonGenerator json) throws IOException {
        MAPPER.writeValue(json, value);
    }
}
