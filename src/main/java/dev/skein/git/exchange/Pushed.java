package dev.skein.git.exchange;

/**
 * What became of a push.
 *
 * @param message of the remote; empty when all is done
 */
public record Pushed(Result result, String message) {
    static final Pushed DONE = new Pushed(Result.DONE, "");

    /** What to do next. */
    public enum Result {
        DONE,
        /** Nothing happened: something is not as expected. To be looked at anew. */
        CHANGED,
        /** Nothing happened, most likely because somebody else was at it. To be looked at anew. */
        BUSY,
        /** Nothing happened, and it never will: the remote does not want it. */
        REFUSED,
        /** The remote cannot change several refs at once. Nothing happened. */
        NOT_ATOMIC
    }

    public boolean isDone() {
        return result == Result.DONE;
    }
}
