package dev.skein.pipeline.vpl.sink;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.EventJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;

/** An event as connectors publish it: {@code {"event_type", "timestamp", …fields}}; a field may hide neither. */
public final class FlatJson {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private FlatJson() {}

    public static String text(Event event) {
        var text = new StringWriter();
        try (var generator = EventJson.FACTORY.createGenerator(text)) {
            write(event, generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    public static void write(Event event, JsonGenerator generator) throws IOException {
        var shape = event.shape();
        generator.writeStartObject();
        generator.writeStringField("event_type", event.type());
        generator.writeStringField("timestamp", time(event.timeNanos()).toString());
        for (int i = 0; i < shape.size(); i++) {
            if (!shape.name(i).equals("event_type") && !shape.name(i).equals("timestamp")) {
                generator.writeFieldName(shape.name(i));
                EventJson.writeValue(event.at(i), generator);
            }
        }
        generator.writeEndObject();
    }

    private static Instant time(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
    }
}
