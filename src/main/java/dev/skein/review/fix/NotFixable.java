package dev.skein.review.fix;

/** Why a finding cannot be fixed by replacing text. */
public final class NotFixable extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    NotFixable(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    /** What stands in the way. */
    public enum Reason {
        /** Nothing says what should stand there. */
        NO_REPLACEMENT("no-replacement"),
        /** The quoted code is not there any more. */
        QUOTE_GONE("quote-gone"),
        /** The quoted code is at several places, and at none where it was. */
        AMBIGUOUS("ambiguous"),
        /** Another fix has changed these lines. */
        OVERLAPS("overlaps"),
        /** It would not be safe, or would change nothing. */
        UNSAFE("unsafe"),
        /** What looks like a secret would be written. */
        SECRET("secret");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        /** As it is written. */
        public String word() {
            return word;
        }
    }

    public Reason reason() {
        return reason;
    }

    /** One sentence for people. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
