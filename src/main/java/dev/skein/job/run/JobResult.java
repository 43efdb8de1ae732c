package dev.skein.job.run;

import dev.skein.job.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param value JSON text for the submitter; null for nothing
 */
public record JobResult(Outcome outcome, @Nullable String value) {
    /** @param value JSON text, or null for nothing */
    public static JobResult succeeded(@Nullable String value) {
        return new JobResult(Outcome.SUCCESS, value);
    }

    /**
     * It failed.
     *
     * @param code symbol in snake case
     * @param retryable whether another attempt may end otherwise
     */
    public static JobResult failed(String code, String message, boolean retryable) {
        return new JobResult(Outcome.failed(code, message, retryable), null);
    }

    public static JobResult of(Outcome outcome) {
        return new JobResult(outcome, null);
    }
}
