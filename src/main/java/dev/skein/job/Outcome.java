package dev.skein.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * How one attempt ended.
 *
 * @param code symbol of the failure in snake case, {@code exit_code}, {@code signal_9}; empty after success
 * @param message one sentence for people; empty after success
 * @param retryable whether another attempt may end otherwise
 * @param details what is known about resources; null when nothing is
 */
public record Outcome(
        Kind kind,
        String code,
        String message,
        boolean retryable,
        @Nullable Details details) {
    /** Longest message that is kept. */
    public static final int MESSAGE_MAX = 4_000;

    /** The families of ends. */
    public enum Kind {
        SUCCEEDED,
        /** The work itself said so, or ended with another exit code than 0. */
        FAILED,
        /** The process ended by a signal or without a word. */
        CRASHED,
        OOM_KILLED,
        TIMED_OUT,
        CANCELLED,
        /** Another limit than memory: processes, CPU, file size, output. */
        LIMIT_HIT,
        /** The worker was lost, or did not begin. */
        LOST
    }

    /**
     * What is known about resources.
     *
     * @param evidence of running out of memory: {@code watchdog}, {@code cgroup}, {@code rlimit}, {@code java-heap};
     *     of a limit: its name; else empty
     * @param peakRssBytes of the job's own tree; null when none was seen, as it was gone too soon
     * @param capBytes under which it ran; 0 when none
     * @param process that exceeded it; empty when not known
     * @param exitCode null when it did not exit by itself
     * @param signal null when it was not ended by one
     * @param memorySuspect whether lack of memory is likely but not shown
     */
    public record Details(
            String evidence,
            @Nullable Long peakRssBytes,
            long capBytes,
            String process,
            @Nullable Integer exitCode,
            @Nullable Integer signal,
            boolean memorySuspect) {
        public Details {
            peakRssBytes = peakRssBytes == null || peakRssBytes <= 0 ? null : peakRssBytes;
        }
    }

    public Outcome {
        message = message.length() > MESSAGE_MAX ? message.substring(0, MESSAGE_MAX) : message;
    }

    public static final Outcome SUCCESS = new Outcome(Kind.SUCCEEDED, "", "", false, null);

    public static Outcome failed(String code, String message, boolean retryable) {
        return new Outcome(Kind.FAILED, code, message, retryable, null);
    }

    public static Outcome crashed(String code, String message, Details details) {
        return new Outcome(Kind.CRASHED, code, message, true, details);
    }

    /** The leader grants one more attempt with half as much again, if that fits anywhere. */
    public static Outcome oomKilled(String message, Details details) {
        return new Outcome(Kind.OOM_KILLED, "oom_killed", message, true, details);
    }

    /** @param limit {@code queue}, {@code run}, {@code heartbeat} or {@code total} */
    public static Outcome timedOut(String limit, String message, boolean retryable) {
        return new Outcome(Kind.TIMED_OUT, limit + "_timeout", message, retryable, null);
    }

    public static Outcome cancelled(String message) {
        return new Outcome(Kind.CANCELLED, "cancelled", message, false, null);
    }

    public static Outcome limitHit(String limit, String message, Details details) {
        return new Outcome(Kind.LIMIT_HIT, limit, message, false, details);
    }

    public static Outcome lost(String code, String message) {
        return new Outcome(Kind.LOST, code, message, true, null);
    }

    /** The same with what is known about resources. */
    public Outcome with(Details known) {
        return new Outcome(kind, code, message, retryable, known);
    }

    @JsonIgnore
    public boolean isSuccess() {
        return kind == Kind.SUCCEEDED;
    }
}
