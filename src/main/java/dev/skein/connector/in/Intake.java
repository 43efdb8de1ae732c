package dev.skein.connector.in;

import dev.skein.pipeline.event.Event;
import io.vertx.core.Future;
import java.util.List;

/** Where read events go: the pipeline whose link it is. Thread-safe. */
@FunctionalInterface
public interface Intake {
    /** Completes when the pipeline is done with all of them; a BUSY problem says that none was taken. */
    Future<Void> take(List<Event> events);
}
