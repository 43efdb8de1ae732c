package dev.skein.worker.review;

import dev.skein.job.Job.Progress;
import dev.skein.job.run.JobCall;
import dev.skein.review.Engine;
import dev.skein.review.Engine.Call;
import dev.skein.review.Engine.Look;
import dev.skein.review.Persona;
import dev.skein.review.run.Delivery;
import dev.skein.review.run.ReviewParts.Attempt;
import dev.skein.review.run.ReviewParts.Part;
import dev.skein.review.run.ReviewParts.Seal;
import dev.skein.review.run.ReviewParts.Summary;
import dev.skein.review.run.ReviewParts.TaskOrder;
import dev.skein.review.unit.Reviewed;
import dev.skein.review.unit.UnitReview;
import java.util.List;
import java.util.Map;

/** One attempt of a job at one unit, without its waiting. Confined to one thread at a time. */
final class TaskReview {
    private final TaskOrder order;
    private final JobCall job;
    private final UnitReview review;

    TaskReview(TaskOrder order, JobCall job, Sources.Found found) {
        this.order = order;
        this.job = job;
        this.review = new UnitReview(order.unit(), found.files(), found.gaps());
    }

    TaskOrder order() {
        return order;
    }

    Call call(Persona persona, Map<String, String> notes) {
        return review.call(persona, notes, this::progress, job.stopped());
    }

    private void progress(int done) {
        double all = Math.max(1, review.pieces());
        job.progress(new Progress(Math.min(1, done / all), done + " of " + review.pieces() + " pieces", null));
    }

    /** What came of it, as it is told. */
    record Told(Attempt attempt, Reviewed reviewed, List<Part> parts, String fingerprint, Summary summary) {
        boolean isWhole() {
            return reviewed.isWhole();
        }

        String missing() {
            return reviewed.missing();
        }

        Seal seal(String worker, long millis) {
            var counts = reviewed.counts();
            long shown = counts.values().stream().mapToLong(each -> each).sum();
            return new Seal(
                    attempt,
                    isWhole(),
                    parts.size(),
                    worker,
                    millis,
                    reviewed.seen(),
                    counts,
                    reviewed.findings().size() - shown,
                    fingerprint,
                    summary);
        }
    }

    /** Believes what is in the text, and counts the lines. */
    Told reviewed(Engine engine, Look look, Persona persona) {
        var reviewed = review.reviewed(order.task(), engine, look);
        var attempt = new Attempt(order.run(), order.task(), job.jobId(), job.attempt());
        var summary = new Summary(
                look.model(),
                look.usage(),
                reviewed.verified().tally(),
                Delivery.rules(look.rules()),
                Delivery.gaps(reviewed.gaps()));
        return new Told(
                attempt, reviewed, Delivery.parts(attempt, reviewed.findings()), engine.fingerprint(persona), summary);
    }
}
