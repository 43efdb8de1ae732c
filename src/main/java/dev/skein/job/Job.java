package dev.skein.job;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as people see it.
 *
 * @param spec what was asked for; its payload is empty unless it was asked for too
 * @param attempt the number of the latest attempt, 0 before the first
 * @param worker that has it, or had it last; null before the first attempt
 * @param result JSON text; null unless it succeeded, and in lists
 * @param outcome of the latest attempt that ended; null before
 * @param attempts that ended, the oldest first; only the latest {@value #ATTEMPTS_KEPT}; empty in lists
 * @param log the last lines of the latest attempt that ended; null when there were none, and in lists
 * @param memoryBytes reserved for an attempt
 * @param scheduleId by which it was made; null when somebody submitted it
 */
public record Job(
        String id,
        JobState state,
        JobSpec spec,
        String submitter,
        int attempt,
        @Nullable String worker,
        @Nullable Progress progress,
        @Nullable String result,
        @Nullable Outcome outcome,
        List<Attempt> attempts,
        @Nullable String log,
        long memoryBytes,
        @Nullable String scheduleId,
        Times times) {
    public static final int ATTEMPTS_KEPT = 10;

    /**
     * When what happened.
     *
     * @param dueAt from when it may run
     * @param startedAt of the latest attempt; null before the first
     * @param finishedAt null before its end
     * @param expiresAt when its end is forgotten; null before its end
     */
    public record Times(
            Instant createdAt,
            Instant dueAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Instant expiresAt) {}

    /** An attempt that ended. */
    public record Attempt(int number, String worker, Instant startedAt, Instant finishedAt, Outcome outcome) {}

    /**
     * How far it is.
     *
     * @param fraction 0 to 1; negative when not known
     * @param note one line for people
     * @param partial result so far, JSON text of at most {@value #PARTIAL_MAX} characters; the next attempt is given it
     */
    public record Progress(
            double fraction, String note, @Nullable String partial) {
        public static final int NOTE_MAX = 500;
        public static final int PARTIAL_MAX = 64 << 10;

        public Progress {
            note = note.length() > NOTE_MAX ? note.substring(0, NOTE_MAX) : note;
            if (partial != null && partial.length() > PARTIAL_MAX) {
                throw new IllegalArgumentException("a partial result has more than " + PARTIAL_MAX + " characters");
            }
        }
    }

    public Job {
        attempts = List.copyOf(attempts);
    }
}
