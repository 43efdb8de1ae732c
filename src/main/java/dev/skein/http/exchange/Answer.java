package dev.skein.http.exchange;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/** What an operation answers. */
public sealed interface Answer {
    /** A record or a map, written as JSON in snake_case. */
    record Json(int status, Object body) implements Answer {}

    /** Bytes as they are. */
    record Raw(int status, String contentType, Buffer body) implements Answer {}

    /**
     * JSON written piece by piece.
     *
     * @param items about how many values it holds, so that many are written away from the event loop
     */
    record Written(int status, long items, Writer writer) implements Answer {}

    /** What was found though nobody leads, so that it may be out of date; the caller is told by a header. */
    record Stale(Answer found) implements Answer {}

    /** Writes one JSON value; may be called on any thread. */
    @FunctionalInterface
    interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    static Answer ok(Object body) {
        return new Json(200, body);
    }

    static Answer created(Object body) {
        return new Json(201, body);
    }
}
