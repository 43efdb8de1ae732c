package dev.skein.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.EventError;
import dev.skein.pipeline.event.EventJson;
import java.io.IOException;
import java.util.List;

/** Writes events into answers. */
public final class EventWriter {
    private EventWriter() {}

    /** The field {@code output_events}, each event with nested fields. */
    public static void outputs(List<Event> events, boolean withTime, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("output_events");
        for (var event : events) {
            json.writeStartObject();
            parts(event, withTime, json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The fields that make up one event. */
    public static void parts(Event event, boolean withTime, JsonGenerator json) throws IOException {
        json.writeStringField("event_type", event.type());
        json.writeFieldName("fields");
        EventJson.writeFields(event, json);
        if (withTime && event.timeNanos() != 0) {
            json.writeStringField("timestamp", Stamps.text(Stamps.of(event.timeNanos())));
        }
    }

    /** The field {@code errors}, left out when there are none. */
    public static void errors(List<EventError> errors, JsonGenerator json) throws IOException {
        if (errors.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("errors");
        for (var error : errors) {
            Json.write(error, json);
        }
        json.writeEndArray();
    }
}
