package dev.skein.coordinator.job.serve;

import dev.skein.coordinator.job.JobPlane;
import dev.skein.coordinator.job.rows.JobReads;
import dev.skein.job.Job;
import dev.skein.job.Jobs.Cancel;
import dev.skein.job.Jobs.Clear;
import dev.skein.job.Jobs.Cleared;
import dev.skein.job.Jobs.Park;
import dev.skein.job.Jobs.Retry;
import dev.skein.job.life.JobIds;
import dev.skein.job.life.Live;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.store.Store;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/** What people do to jobs. */
final class Verbs {
    private static final int CLEAR_MAX = 10_000; // in one commit

    private final JobPlane plane;
    private final Store store;
    private final Lookup lookup;
    private final Overview overview;
    private final int queueMax;

    Verbs(JobPlane plane, Store store, Lookup lookup, Overview overview, int queueMax) {
        this.plane = plane;
        this.store = store;
        this.lookup = lookup;
        this.overview = overview;
        this.queueMax = queueMax;
    }

    Future<Job> cancel(Cancel request) {
        return change(request.id(), live -> plane.cancel(live, request.reason()));
    }

    Future<Job> park(Park request) {
        return change(request.id(), plane::park);
    }

    Future<Job> retry(Retry request) {
        long id = JobIds.parse(request.id());
        var live = plane.book().get(id);
        if (live != null && live.state().isTerminal()) {
            return plane.ledger().step(() -> true).compose(ended -> retry(request)); // once its end is committed
        }
        return live == null ? reopen(id, request) : change(request.id(), plane::retry);
    }

    private Future<Job> reopen(long id, Retry request) {
        if (plane.book().size() >= queueMax) {
            return Future.failedFuture(new Problem(
                    Kind.LIMITED, "queue_full", "the queue holds " + queueMax + " jobs: try again later", List.of()));
        }
        return store.read(tx -> JobReads.any(tx, id)).compose(found -> {
            var ended = found.orElseThrow(() -> JobIds.unknown(request.id()));
            if (plane.book().get(id) != null || !ended.state().isTerminal()) {
                return retry(request); // somebody was faster
            }
            return plane.ledger()
                    .step(() -> plane.retry(ended))
                    .onSuccess(live -> overview.reopened(ended))
                    .compose(live -> lookup.read(id));
        });
    }

    private Future<Job> change(String text, Function<Live, Live> verb) {
        long id = JobIds.parse(text);
        if (plane.book().get(id) == null) {
            return lookup.read(id).compose(job -> Future.failedFuture(Problem.conflict(
                    "job_ended", text + " has ended: it is " + job.state().word())));
        }
        return plane.ledger()
                .step(() -> {
                    var live = plane.book().get(id);
                    if (live == null) {
                        throw JobIds.unknown(text);
                    }
                    return verb.apply(live);
                })
                .compose(done -> lookup.read(id));
    }

    Future<Cleared> clear(Clear request) {
        var chosen = plane.book().all().stream()
                .filter(live -> request.states().contains(live.state()))
                .filter(live -> !live.state().isTerminal() && !live.cancelling())
                .filter(live -> request.type() == null
                        || request.type().equals(live.traits().type()))
                .limit(CLEAR_MAX)
                .toList();
        if (chosen.isEmpty()) {
            return Future.succeededFuture(new Cleared(0, 0));
        }
        int running = (int) chosen.stream().filter(Live::isRunning).count();
        return plane.ledger()
                .step(() -> {
                    chosen.forEach(live -> plane.cancel(live, "cleared"));
                    return new Cleared(chosen.size() - running, running);
                })
                .compose(part -> chosen.size() < CLEAR_MAX
                        ? Future.succeededFuture(part)
                        : clear(request).map(rest -> sum(part, rest)));
    }

    private static Cleared sum(Cleared one, Cleared other) {
        return new Cleared(one.cancelled() + other.cancelled(), one.cancelling() + other.cancelling());
    }
}
