package dev.skein.review.report;

/** How a review ended, for scripts. */
public enum Outcome {
    /** All was reviewed and nothing is at or above the threshold. */
    CLEAN(0),
    /** All was reviewed and something is. */
    FINDINGS(1),
    /** Not all was reviewed, whatever was found. */
    INCOMPLETE(8);

    public final int exitCode;

    Outcome(int exitCode) {
        this.exitCode = exitCode;
    }

    /** @param failing findings at or above the threshold */
    public static Outcome of(boolean complete, long failing) {
        if (!complete) {
            return INCOMPLETE;
        }
        return failing > 0 ? FINDINGS : CLEAN;
    }
}
