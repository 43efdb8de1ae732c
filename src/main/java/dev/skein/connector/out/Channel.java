package dev.skein.connector.out;

import io.vertx.core.Future;

/** One target. Used from one Vert.x context, on which its futures complete. */
public interface Channel {
    /** Makes it ready to send; called again after it was lost. */
    Future<Void> open();

    boolean isOpen();

    /** How many messages may be under way at once without changing their order. */
    int window();

    /** Completes when the target has it. A {@link SendFailure} says whose fault it is; else it is the target's. */
    Future<Void> send(Message message);

    /** What to do when it is lost while nothing is being sent. */
    void onLost(Runnable handler);

    /** Lets go of it; it may be opened again. */
    void close();
}
