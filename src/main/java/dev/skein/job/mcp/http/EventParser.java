package dev.skein.job.mcp.http;

import dev.skein.job.mcp.McpFailure;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of server-sent events into events.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">the grammar</a>
 */
final class EventParser {
    /**
     * One event that carries data.
     *
     * @param id the last one given up to here, null when there was none
     */
    record Event(String type, @Nullable String id, byte[] data) {}

    private final int dataMax;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private boolean afterReturn; // the line feed of a CR LF is still to come
    private String type = "";
    private @Nullable String id;
    private long retryMillis;

    EventParser(int dataMax) {
        this.dataMax = dataMax;
    }

    /** The events that end in this chunk. */
    List<Event> feed(Buffer chunk) {
        var events = new ArrayList<Event>();
        for (byte b : chunk.getBytes()) {
            boolean completesPair = afterReturn && b == '\n';
            afterReturn = b == '\r';
            if (completesPair) {
                continue;
            }
            if (b == '\n' || b == '\r') {
                lineEnded(events);
            } else {
                line.write(b);
                requireRoom();
            }
        }
        return events;
    }

    /** How long the server asks to wait before the next connection, 0 when it does not say. */
    long retryMillis() {
        return retryMillis;
    }

    private void requireRoom() {
        if (line.size() + data.size() > dataMax) {
            throw McpFailure.tooLarge("an event of the server", dataMax);
        }
    }

    private void lineEnded(List<Event> events) {
        if (line.size() == 0) {
            dispatch(events);
            return;
        }
        var text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        int colon = text.indexOf(':');
        var field = colon < 0 ? text : text.substring(0, colon);
        var value = colon < 0 ? "" : text.substring(colon + 1);
        take(field, value.startsWith(" ") ? value.substring(1) : value);
    }

    private void take(String field, String value) {
        switch (field) {
            case "data" -> {
                data.writeBytes(value.getBytes(StandardCharsets.UTF_8));
                data.write('\n');
            }
            case "event" -> type = value;
            case "id" -> id = value;
            case "retry" -> retryMillis = value.matches("\\d{1,6}") ? Long.parseLong(value) : retryMillis;
            default -> {} // a comment, with an empty field name, or a field to be ignored
        }
    }

    private void dispatch(List<Event> events) {
        if (data.size() > 1) { // an empty data line only carries an id
            events.add(new Event(type.isEmpty() ? "message" : type, id, data.toByteArray()));
        }
        data.reset();
        type = "";
    }

    @Nullable
    String lastId() {
        return id;
    }
}
