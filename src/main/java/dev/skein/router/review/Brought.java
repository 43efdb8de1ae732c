package dev.skein.router.review;

import dev.skein.review.Engine;
import dev.skein.review.ledger.Task;
import dev.skein.review.ledger.result.Result;
import dev.skein.review.run.Delivery;
import dev.skein.review.run.ReviewParts.Attempt;
import dev.skein.review.run.ReviewParts.Part;
import dev.skein.review.run.ReviewParts.Seal;
import dev.skein.review.run.ReviewParts.Summary;
import dev.skein.review.unit.Reviewed;
import java.util.List;

/**
 * What a task of a ledger found, on its way into a run.
 *
 * @param unit id of the run's task
 */
record Brought(String run, String unit, Task task) {
    private static final double MILLIS = 1e3;

    /** In the form of an attempt that no job made. */
    record Made(List<Part> parts, Seal seal) {
        Made {
            parts = List.copyOf(parts);
        }
    }

    Made made(Result result) {
        var by = result.by();
        var attempt = new Attempt(run, unit, "", Math.max(1, by.attempt()));
        var parts = Delivery.parts(attempt, result.findings());
        var counts = Reviewed.counts(result.findings());
        long open = counts.values().stream().mapToLong(each -> each).sum();
        var summary = new Summary(
                by.model(),
                Engine.Usage.NONE,
                result.tally(),
                Delivery.rules(result.rules()),
                Delivery.gaps(result.gaps()));
        double seconds = Math.max(0, task.issue().metadata("seconds").asDouble(0));
        return new Made(
                parts,
                new Seal(
                        attempt,
                        true,
                        parts.size(),
                        by.worker(),
                        Math.round(seconds * MILLIS),
                        result.reviewed(),
                        counts,
                        result.findings().size() - open,
                        by.fingerprint(),
                        summary));
    }
}
