package dev.skein.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.skein.http.contract.Faults;
import dev.skein.http.exchange.Refusal;
import dev.skein.http.json.Bodies.Many;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.EventBuilder;
import dev.skein.pipeline.event.EventJson;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Events as text, one a line: {@code Tick { symbol: "A", price: 40.0 }}, or JSON, nested or flat. A line may begin with
 * an offset ({@code @100}, {@code @100ms}, {@code @2s}); {@code BATCH ms} sets it for the ones below. Blank lines and
 * those that begin with {@code #} or {@code //} are skipped.
 */
final class EventLines {
    private static final Pattern BATCH = Pattern.compile("BATCH\\s+([0-9]{1,12})");
    private static final Pattern OFFSET = Pattern.compile("@([0-9]{1,12})(ms|s)?\\s+(.*)");
    private static final Pattern NAMED = Pattern.compile("([^\\s{}\"]{1,256})\\s*(\\{.*\\})\\s*;?");
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MILLIS_PER_SECOND = 1_000;

    /** Like JSON, but names need no quotes and a comma may come last. */
    private static final JsonFactory RELAXED = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Json.DEPTH_MAX)
                    .build())
            .build();

    private final long arrivalNanos;
    private final Many read = Many.empty();
    private long batchNanos;

    private EventLines(long arrivalNanos) {
        this.arrivalNanos = arrivalNanos;
    }

    static Many read(String text, long arrivalNanos) {
        var lines = new EventLines(arrivalNanos);
        int number = 0;
        for (var line : (Iterable<String>) text.lines()::iterator) {
            number++;
            lines.line(line.strip(), "line " + number);
        }
        return lines.read;
    }

    private void line(String line, String place) {
        if (line.isEmpty() || line.startsWith("#") || line.startsWith("//")) {
            return;
        }
        var batch = BATCH.matcher(line);
        if (batch.matches()) {
            batchNanos = Long.parseLong(batch.group(1)) * NANOS_PER_MILLI;
            return;
        }
        try {
            read.add(event(line), place);
        } catch (IOException e) {
            read.unreadable().add(place + ": " + Json.refused(e).sentence());
        } catch (Problem | Refusal unreadable) {
            read.unreadable().add(place + ": " + unreadable.getMessage());
        }
    }

    private Event event(String line) throws IOException {
        var offset = OFFSET.matcher(line);
        if (!offset.matches()) {
            return event(line, arrivalNanos + batchNanos);
        }
        long unit = "s".equals(offset.group(2)) ? MILLIS_PER_SECOND * NANOS_PER_MILLI : NANOS_PER_MILLI;
        return event(offset.group(3), arrivalNanos + Long.parseLong(offset.group(1)) * unit);
    }

    private static Event event(String line, long timeNanos) throws IOException {
        if (line.startsWith("{")) {
            return json(line, timeNanos);
        }
        var named = NAMED.matcher(line);
        if (!named.matches()) {
            throw Problem.invalid("expected Type { name: value, … } or a JSON object");
        }
        try (var parser = RELAXED.createParser(named.group(2))) {
            var event = EventJson.read(named.group(1), timeNanos, parser);
            Json.requireEnd(parser);
            return event;
        }
    }

    /** Nested when there is an object {@code fields}, else flat: every other name is a field. */
    private static Event json(String line, long timeNanos) throws IOException {
        return isNested(line) ? nested(line, timeNanos) : flat(line, timeNanos);
    }

    private static boolean isNested(String line) throws IOException {
        try (var parser = Json.FACTORY.createParser(line)) {
            parser.nextToken();
            boolean found = false;
            for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                found |= parser.nextToken() == JsonToken.START_OBJECT && name.equals("fields");
                parser.skipChildren();
            }
            Json.requireEnd(parser);
            return found;
        }
    }

    private static Event nested(String line, long timeNanos) throws IOException {
        var faults = new Faults();
        try (var parser = Json.FACTORY.createParser(line)) {
            parser.nextToken();
            var event = new EventReader("", timeNanos, faults).read(parser);
            if (event == null) {
                throw Problem.invalid(String.join("; ", faults.all()));
            }
            return event;
        }
    }

    private static Event flat(String line, long timeNanos) throws IOException {
        try (var parser = Json.FACTORY.createParser(line)) {
            parser.nextToken();
            var event = Event.builder("").timeNanos(timeNanos);
            var type = "";
            for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                if (name.equals("event_type")) {
                    type = typeOf(parser);
                } else {
                    flatField(name, parser, event);
                }
            }
            if (type.isEmpty()) {
                throw Problem.invalid("event_type is missing");
            }
            return event.build().as(type);
        }
    }

    private static void flatField(String name, JsonParser parser, EventBuilder event) throws IOException {
        if (name.equals("timestamp") && parser.currentToken() == JsonToken.VALUE_STRING) {
            var time = Stamps.read(parser.getText());
            if (time.isPresent()) {
                event.timeNanos(time.getAsLong());
                return;
            }
        }
        event.with(name, EventJson.readValue(parser));
    }

    private static String typeOf(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING || parser.getTextLength() > EventReader.TYPE_CHARS_MAX) {
            throw Problem.invalid("event_type must be text of 1 to " + EventReader.TYPE_CHARS_MAX + " characters");
        }
        return parser.getText();
    }
}
