package dev.skein.pipeline.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.skein.kernel.Problem;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fields as JSON, streamed. In: an integer within 64 bits is an int, any other number a float. Out: a float keeps its
 * fraction ({@code 21.0}), NaN and the infinities are null.
 */
public final class EventJson {
    /** Reads numbers fast and refuses nesting deeper than Jackson's limit. Safe for any thread. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private EventJson() {}

    /**
     * One event from an object of fields.
     *
     * @param parser at, or just before, the object's start; left at its end
     * @param timeNanos event time in nanoseconds since 1970
     * @throws IOException the text is not JSON; a {@link Problem} when it is, but not an object
     */
    public static Event read(String type, long timeNanos, JsonParser parser) throws IOException {
        var start = parser.currentToken() == null ? parser.nextToken() : parser.currentToken();
        if (start != JsonToken.START_OBJECT) {
            throw new Problem(Problem.Kind.INVALID, "fields must be an object");
        }
        var event = Event.builder(type).timeNanos(timeNanos);
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            event.with(name, readValue(parser));
        }
        return event.build();
    }

    /** One event from the text of its fields; a {@link Problem} names what is wrong with the text. */
    public static Event parse(String type, long timeNanos, String fields) {
        try (var parser = FACTORY.createParser(fields)) {
            return read(type, timeNanos, parser);
        } catch (IOException e) {
            throw new Problem(Problem.Kind.INVALID, "fields are not JSON: " + e.getMessage());
        }
    }

    /** The value at the parser's token, left at the value's end. */
    public static @Nullable Object readValue(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> readInteger(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            case START_ARRAY -> readArray(parser);
            case START_OBJECT -> readMap(parser);
            default -> throw new Problem(Problem.Kind.INVALID, "a value is missing");
        };
    }

    private static Object readInteger(JsonParser parser) throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return parser.getDoubleValue();
        }
        return parser.getLongValue();
    }

    private static List<@Nullable Object> readArray(JsonParser parser) throws IOException {
        var items = new ArrayList<@Nullable Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(readValue(parser));
        }
        return Collections.unmodifiableList(items);
    }

    private static Map<String, @Nullable Object> readMap(JsonParser parser) throws IOException {
        var entries = new LinkedHashMap<String, @Nullable Object>();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            entries.put(name, readValue(parser));
        }
        return Collections.unmodifiableMap(entries);
    }

    /** The event's fields as one object. */
    public static void writeFields(Event event, JsonGenerator generator) throws IOException {
        var shape = event.shape();
        generator.writeStartObject();
        for (int i = 0; i < shape.size(); i++) {
            generator.writeFieldName(shape.name(i));
            writeValue(event.at(i), generator);
        }
        generator.writeEndObject();
    }

    /** The event's fields as text. */
    public static String fieldsText(Event event) {
        var text = new StringWriter();
        try (var generator = FACTORY.createGenerator(text)) {
            writeFields(event, generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** One value; anything that is no value of the language is written as its text. */
    public static void writeValue(@Nullable Object value, JsonGenerator generator) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof Long number) {
            generator.writeNumber(number);
        } else if (value instanceof Double number) {
            writeFloat(number, generator);
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (value instanceof List<?> items) {
            writeArray(items, generator);
        } else if (value instanceof Map<?, ?> entries) {
            writeMap(entries, generator);
        } else {
            generator.writeString(value.toString());
        }
    }

    private static void writeFloat(double number, JsonGenerator generator) throws IOException {
        if (Double.isFinite(number)) {
            generator.writeNumber(number);
        } else {
            generator.writeNull();
        }
    }

    private static void writeArray(List<?> items, JsonGenerator generator) throws IOException {
        generator.writeStartArray();
        for (var item : items) {
            writeValue(item, generator);
        }
        generator.writeEndArray();
    }

    private static void writeMap(Map<?, ?> entries, JsonGenerator generator) throws IOException {
        generator.writeStartObject();
        for (var entry : entries.entrySet()) {
            generator.writeFieldName(String.valueOf(entry.getKey()));
            writeValue(entry.getValue(), generator);
        }
        generator.writeEndObject();
    }
}
