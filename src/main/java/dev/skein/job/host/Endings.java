package dev.skein.job.host;

import dev.skein.job.JobRuns.Ending;
import dev.skein.job.Outcome;
import dev.skein.job.run.JobResult;
import dev.skein.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What it means for an attempt to have been told to end. */
final class Endings {
    private static final Logger log = LoggerFactory.getLogger(Endings.class);

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

    /** The result of a handler that gave none. */
    static JobResult failure(String job, @Nullable Throwable cause) {
        if (cause instanceof Problem problem) {
            return JobResult.failed(problem.code(), problem.sentence(), problem.kind() != Problem.Kind.INVALID);
        }
        if (cause instanceof OutOfMemoryError) {
            return JobResult.failed("out_of_memory", "the node itself ran out of memory for this job", true);
        }
        log.warn("job {} failed", job, cause);
        var said = cause == null
                ? "the handler gave no result"
                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return JobResult.failed("handler_failed", said, true);
    }
}
