package dev.skein.connector.out;

import java.util.concurrent.TimeoutException;

/** Why a message was not taken. */
public final class SendFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What to do about it. */
    public enum Blame {
        /** The target will never take this message. */
        MESSAGE,
        /** It did not take it this time; that happens to a message so many times only. */
        ATTEMPT,
        /** It cannot be reached; no message is to blame. */
        TARGET
    }

    private final Blame blame;

    public SendFailure(Blame blame, String reason) {
        super(reason, null, false, false); // an expected outcome carries no stack trace
        this.blame = blame;
    }

    public Blame blame() {
        return blame;
    }

    static Blame blame(Throwable cause) {
        if (cause instanceof SendFailure failure) {
            return failure.blame;
        }
        return cause instanceof TimeoutException ? Blame.ATTEMPT : Blame.TARGET;
    }
}
