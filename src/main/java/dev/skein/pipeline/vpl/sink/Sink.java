package dev.skein.pipeline.vpl.sink;

import dev.skein.pipeline.event.Event;
import java.util.List;

/**
 * Takes events in order, from the lane of one stream at a time; several lanes may share a sink. It may block, and then
 * holds up that lane only. What it throws is counted as an error of the stream.
 */
public interface Sink {
    void send(Event event);

    /** As {@link #send} for each; a sink that batches overrides this. */
    default void sendAll(List<Event> events) {
        events.forEach(this::send);
    }

    /** Called once, after the last event. */
    default void close() {}
}
