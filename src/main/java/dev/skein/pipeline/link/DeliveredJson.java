package dev.skein.pipeline.link;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.skein.pipeline.Events.Delivered;
import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.EventError;
import dev.skein.pipeline.event.EventJson;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a worker answers to events, token by token, for it may hold a million outputs. */
final class DeliveredJson {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final Result NOTHING = new Result(List.of(), 0, List.of(), List.of());

    private final List<Event> outputs = new ArrayList<>();
    private final List<EventError> errors = new ArrayList<>();

    private DeliveredJson() {}

    static Delivered read(Buffer body, int events) throws IOException {
        var answer = new DeliveredJson();
        try (var parser = EventJson.FACTORY.createParser(body.getBytes())) {
            require(parser.nextToken(), JsonToken.START_OBJECT);
            for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                answer.field(name, parser);
            }
        }
        var results = new ArrayList<>(Collections.nCopies(events, NOTHING));
        results.set(0, new Result(answer.outputs, answer.outputs.size(), answer.errors, List.of()));
        return new Delivered(results);
    }

    private void field(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        switch (name) {
            case "output_events" -> events(parser);
            case "errors" -> errors(parser);
            default -> parser.skipChildren();
        }
    }

    private void events(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            require(parser.currentToken(), JsonToken.START_OBJECT);
            outputs.add(event(parser));
        }
    }

    private static Event event(JsonParser parser) throws IOException {
        var type = "";
        var fields = Event.empty(type, 0);
        long time = 0;
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            var token = parser.nextToken();
            switch (name) {
                case "event_type" -> type = parser.getText();
                case "timestamp" -> time = token == JsonToken.VALUE_STRING ? nanos(parser.getText()) : 0;
                case "fields" -> fields = EventJson.read(type, 0, parser);
                default -> parser.skipChildren();
            }
        }
        return new Event(type, fields.shape(), time, fields.values());
    }

    private static long nanos(String timestamp) {
        try {
            var at = Instant.parse(timestamp);
            return at.getEpochSecond() * NANOS_PER_SECOND + at.getNano();
        } catch (DateTimeException unknownForm) {
            return 0;
        }
    }

    /** Errors are texts in a batch and objects otherwise. */
    private void errors(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            errors.add(
                    parser.currentToken() == JsonToken.START_OBJECT
                            ? error(parser)
                            : new EventError("event_failed", parser.getText(), null, 0));
        }
    }

    private static EventError error(JsonParser parser) throws IOException {
        var code = "event_failed";
        var message = "";
        @Nullable String stream = null;
        int line = 0;
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "code" -> code = parser.getText();
                case "message" -> message = parser.getText();
                case "stream" -> stream = parser.getValueAsString();
                case "line" -> line = parser.getValueAsInt();
                default -> parser.skipChildren();
            }
        }
        return new EventError(code, message, stream, line);
    }

    private static void require(@Nullable JsonToken found, JsonToken expected) throws IOException {
        if (found != expected) {
            throw new IOException("expected " + expected + ", got " + found);
        }
    }
}
