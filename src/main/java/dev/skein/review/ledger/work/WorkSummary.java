package dev.skein.review.ledger.work;

import java.time.Duration;

/**
 * What a worker did.
 *
 * @param failed attempts that did not do their task
 * @param late results that came after somebody else had taken the task, and were thrown away
 * @param raced claims that somebody else was faster at
 * @param overhead of all time, what was neither reviewing nor waiting for others
 */
public record WorkSummary(
        int completed, int failed, int released, int late, int raced, Duration runtime, Duration overhead) {
    /** For each task that was claimed; zero without one. */
    public Duration overheadOfTask() {
        int tasks = completed + failed + released + late;
        return tasks == 0 ? Duration.ZERO : overhead.dividedBy(tasks);
    }
}
