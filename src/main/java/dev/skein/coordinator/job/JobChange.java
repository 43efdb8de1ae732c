package dev.skein.coordinator.job;

import dev.skein.job.Job.Progress;
import dev.skein.job.JobSpec;
import dev.skein.job.Outcome;
import dev.skein.job.life.Live;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a commit makes of one job.
 *
 * @param accepted when it is new
 * @param endings of attempts, the oldest first
 * @param reopened whether it had ended before
 */
public record JobChange(Live live, @Nullable Accepted accepted, List<Ending> endings, boolean reopened) {
    /**
     * What is kept of a submission.
     *
     * @param fingerprint of all that was asked for, when it came under an idempotency key
     * @param scheduleId by which it was made, or null
     */
    public record Accepted(
            JobSpec spec, String submitter, long createdAt, @Nullable String fingerprint, @Nullable String scheduleId) {}

    /** How an attempt ended, or how a job ended without one. */
    public record Ending(
            Live before,
            long finishedAt,
            Outcome outcome,
            @Nullable Progress progress,
            @Nullable String result,
            @Nullable String log) {
        static Ending of(Live before, long now, Outcome outcome) {
            return new Ending(before, now, outcome, null, null, null);
        }
    }

    JobChange then(JobChange next) {
        var all = new ArrayList<>(endings);
        all.addAll(next.endings);
        return new JobChange(next.live, accepted, List.copyOf(all), reopened || next.reopened);
    }

    /** What it ended with; null when it was not told. */
    public @Nullable Ending last() {
        return endings.isEmpty() ? null : endings.get(endings.size() - 1);
    }
}
