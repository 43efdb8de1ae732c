package dev.skein.job.host;

import dev.skein.job.JobRuns.Ending;
import dev.skein.job.Outcome;

/** What it means for an attempt to have been told to end. */
final class Endings {
    /** Nobody waits for the end of such an attempt. */
    static final String STALE = "stale_attempt";

    private static final String CANCELLED = "cancelled";
    private static final String TIMEOUT = "timeout";

    private Endings() {}

    /** The reason's outcome with what is known about resources. */
    static Outcome outcome(Ending ending, Outcome ofHandler) {
        var outcome = switch (ending.reason()) {
            case CANCELLED -> Outcome.cancelled(ending.message());
            case TIMEOUT -> Outcome.timedOut("run", ending.message(), true);
            default -> Outcome.timedOut(ending.reason(), ending.message(), true);
        };
        var details = ofHandler.details();
        return details == null ? outcome : outcome.with(details);
    }
}
