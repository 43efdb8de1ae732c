package dev.skein.connector.in;

import io.vertx.core.Future;
import java.util.function.Consumer;

/** One source. Used from one Vert.x context, on which its futures complete. */
public interface Inlet {
    /**
     * Subscribes; called again after it was lost.
     *
     * @param receiver gets each message, on any thread; must not block
     */
    Future<Void> open(Consumer<Incoming> receiver);

    boolean isOpen();

    /** What to do when it is lost. */
    void onLost(Runnable handler);

    /** Stops messages; it may be opened again. */
    void close();
}
