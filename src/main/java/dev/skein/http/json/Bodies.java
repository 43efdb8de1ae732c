package dev.skein.http.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.skein.http.contract.Faults;
import dev.skein.http.contract.Schema.Type;
import dev.skein.http.exchange.Refusal;
import dev.skein.pipeline.event.Event;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the bodies that carry events. Each method fails with a {@link Refusal} that names every fault. */
public final class Bodies {
    private Bodies() {}

    /** One event and what its sender wants to know about it. */
    public record Single(Event event, boolean isAwaited, boolean isCountOnly) {}

    /**
     * Many events.
     *
     * @param places where each event stood, such as {@code line 3}, for errors about it
     * @param unreadable what could not be read, each with its place
     */
    public record Many(List<Event> events, List<String> places, List<String> unreadable) {
        static Many empty() {
            return new Many(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        void add(Event event, String place) {
            events.add(event);
            places.add(place);
        }
    }

    /** Reads the body of an inject. */
    public static Single single(Buffer body, long arrivalNanos) {
        var faults = new Faults();
        try (var parser = Json.parser(body.getBytes())) {
            requireObject(parser);
            var reader = new EventReader("", arrivalNanos, faults);
            var event = reader.read(parser);
            Json.requireEnd(parser);
            if (event == null) {
                throw Refusal.faulty("invalid_request", faults.all());
            }
            return new Single(event, reader.isAwaited(), reader.isCountOnly());
        } catch (IOException e) {
            throw Json.refused(e);
        }
    }

    private static void requireObject(JsonParser parser) throws IOException {
        var token = parser.nextToken();
        if (token == null) {
            throw new Refusal(400, "invalid_json", "the body is empty; it must be a JSON object");
        }
        if (token != JsonToken.START_OBJECT) {
            parser.skipChildren();
            parser.finishToken();
            Json.requireEnd(parser);
            var faults = new Faults();
            faults.wrong("the body", Type.OBJECT.words(), EventReader.words(token));
            throw Refusal.faulty("invalid_request", faults.all());
        }
    }

    /**
     * Reads the body of a batch: {@code events}, or {@code events_text} where it is allowed. Events that cannot
     * be read are reported and left out.
     */
    public static Many many(Buffer body, long arrivalNanos, boolean textAllowed) {
        var faults = new Faults();
        try (var parser = Json.parser(body.getBytes())) {
            requireObject(parser);
            var many = batch(parser, arrivalNanos, textAllowed, faults);
            Json.requireEnd(parser);
            if (many == null || !faults.isEmpty()) {
                throw Refusal.faulty("invalid_request", faults.all());
            }
            return many;
        } catch (IOException e) {
            throw Json.refused(e);
        }
    }

    private static @Nullable Many batch(JsonParser parser, long arrivalNanos, boolean textAllowed, Faults faults)
            throws IOException {
        Many events = null;
        Many lines = null;
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            var token = parser.nextToken();
            if (name.equals("events") && token == JsonToken.START_ARRAY) {
                events = events(parser, arrivalNanos);
            } else if (name.equals("events_text") && textAllowed && token == JsonToken.VALUE_STRING) {
                lines = EventLines.read(parser.getText(), arrivalNanos);
            } else {
                other(name, token, textAllowed, faults);
                parser.skipChildren();
            }
        }
        if (faults.isEmpty() && (events == null) == (lines == null)) {
            faults.add(textAllowed ? "give either events or events_text" : "events is missing");
        }
        return events == null ? lines : events;
    }

    private static void other(String name, JsonToken token, boolean textAllowed, Faults faults) {
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (name.equals("events")) {
            faults.wrong(name, Type.ARRAY.words(), EventReader.words(token));
        } else if (name.equals("events_text") && textAllowed) {
            faults.wrong(name, Type.STRING.words(), EventReader.words(token));
        }
    }

    private static Many events(JsonParser parser, long arrivalNanos) throws IOException {
        var many = Many.empty();
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            var place = "events[" + i + "]";
            var faults = new Faults();
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                faults.wrong(place, Type.OBJECT.words(), EventReader.words(parser.currentToken()));
                parser.skipChildren();
            }
            var event = faults.isEmpty() ? new EventReader(place + ".", arrivalNanos, faults).read(parser) : null;
            if (event == null) {
                many.unreadable.add(String.join("; ", faults.all()));
            } else {
                many.add(event, place);
            }
        }
        return many;
    }
}
