package dev.skein.connector;

/** Whether a link may still have effects. Asked before each; thread-safe. */
@FunctionalInterface
public interface Fence {
    /** What a link may do. */
    enum State {
        OPEN,
        /** Not now: the worker stood still and has to hear from its coordinator first. */
        PAUSED,
        /** Never again: the placement has a newer epoch. */
        CLOSED
    }

    State state();
}
