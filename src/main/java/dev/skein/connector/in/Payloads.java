package dev.skein.connector.in;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.EventJson;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events from payloads: {@code {"event_type"?, "timestamp"?, …fields}}, or with all fields inside {@code "fields"}. A
 * timestamp is ISO text or milliseconds since 1970.
 */
final class Payloads {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private Payloads() {}

    /**
     * The event of a payload.
     *
     * @param type what it is when it does not say
     * @param arrivalNanos its time when it does not say
     * @return null when it says that it is of another type; a {@link Problem} when it cannot be read
     */
    static @Nullable Event read(String type, long arrivalNanos, byte[] payload) {
        var fields = fields(payload);
        var named = fields.remove("event_type");
        if (named != null && !named.equals(type)) {
            return null;
        }
        var event = Event.builder(type).timeNanos(time(fields.remove("timestamp"), arrivalNanos));
        boolean isNested = fields.size() == 1 && fields.get("fields") instanceof Map<?, ?>;
        var flat = isNested ? (Map<?, ?>) fields.get("fields") : fields;
        if (flat != null) {
            flat.forEach((name, value) -> event.with(String.valueOf(name), value));
        }
        return event.build();
    }

    private static Map<String, @Nullable Object> fields(byte[] payload) {
        try (var parser = EventJson.FACTORY.createParser(payload)) {
            return object(parser);
        } catch (IOException e) {
            throw Problem.invalid("not JSON");
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw Problem.invalid("not a JSON object");
        }
        var fields = new LinkedHashMap<String, @Nullable Object>();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            fields.put(name, EventJson.readValue(parser));
        }
        if (parser.nextToken() != null) {
            throw Problem.invalid("more than one JSON value");
        }
        return fields;
    }

    private static long time(@Nullable Object stamp, long arrivalNanos) {
        if (stamp instanceof Number millis) {
            return Math.multiplyExact(millis.longValue(), NANOS_PER_MILLI);
        }
        if (!(stamp instanceof String text)) {
            return arrivalNanos;
        }
        try {
            var instant = Instant.parse(text);
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            throw Problem.invalid("the timestamp is no time");
        }
    }
}
