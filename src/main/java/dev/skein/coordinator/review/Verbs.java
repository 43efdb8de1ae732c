package dev.skein.coordinator.review;

import dev.skein.coordinator.review.rows.RunRows;
import dev.skein.coordinator.review.rows.SealRows;
import dev.skein.coordinator.review.rows.TaskRows;
import dev.skein.coordinator.review.rows.TaskRows.Told;
import dev.skein.job.Jobs;
import dev.skein.job.life.JobIds;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Workers.Caller;
import dev.skein.review.run.Reviews.Cancel;
import dev.skein.review.run.Reviews.Done;
import dev.skein.review.run.Reviews.Prioritize;
import dev.skein.review.run.Reviews.Retried;
import dev.skein.review.run.Reviews.Retry;
import dev.skein.review.run.Reviews.TaskState;
import dev.skein.review.scope.Wanted.Priority;
import dev.skein.store.Transaction;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What people do to runs and tasks. What is begun anew gets another job, so that nothing of the last one counts. */
final class Verbs {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int AT_ONCE = 100;
    private static final String CANCELLED = "the run was cancelled";

    private final Means means;

    Verbs(Means means) {
        this.means = means;
    }

    Future<Retried> retry(Retry ask) {
        return means.store().write(tx -> {
            Means.known(tx, ask.run());
            var failed = TaskRows.in(tx, ask.run(), TaskState.FAILED, TaskState.FAILED).stream()
                    .map(told -> told.task().id())
                    .collect(Collectors.toSet());
            var open = new HashSet<>(failed);
            open.addAll(SealRows.changed(tx, ask.run()));
            for (var named : ask.tasks()) {
                requireOpen(tx, ask.run(), named, open);
            }
            int retried = 0;
            for (var task : ask.tasks().isEmpty() ? open : new HashSet<>(ask.tasks())) {
                retried += failed.contains(task)
                        ? TaskRows.begunAnew(tx, ask.run(), task)
                        : SealRows.opened(tx, ask.run(), task);
            }
            if (retried > 0) {
                RunRows.cancelled(tx, ask.run(), false);
                RunRows.finished(tx, ask.run(), null);
            }
            return new Retried(retried);
        });
    }

    private static void requireOpen(Transaction tx, String run, String task, Set<String> open) throws SQLException {
        if (open.contains(task)) {
            return;
        }
        if (!TaskRows.has(tx, run, task)) {
            throw Problem.notFound("review_not_found", "the review has no task " + task);
        }
        throw Problem.conflict("review_task_not_failed", "task " + task + " has not failed");
    }

    Future<Done> cancel(Cancel ask) {
        return means.store()
                .write(tx -> cancel(tx, ask.run()))
                .compose(live -> cancel(live, 0, ask.caller()))
                .map(done -> new Done(true));
    }

    /** Those that have a job which must be told. */
    private static List<Told> cancel(Transaction tx, String run) throws SQLException {
        Means.known(tx, run);
        RunRows.cancelled(tx, run, true);
        TaskRows.refuseWaiting(tx, run, CANCELLED);
        return TaskRows.in(tx, run, TaskState.PENDING, TaskState.RUNNING);
    }

    private Future<?> cancel(List<Told> live, int from, Caller caller) {
        if (from >= live.size()) {
            return Future.succeededFuture();
        }
        int to = Math.min(live.size(), from + AT_ONCE);
        var asked = live.subList(from, to).stream()
                .map(task -> cancel(task, caller).otherwiseEmpty()) // one that has ended need not be told
                .toList();
        return Future.join(asked).compose(done -> cancel(live, to, caller));
    }

    private Future<?> cancel(Told task, Caller caller) {
        var job = task.job();
        return job == null
                ? Future.succeededFuture()
                : means.bus().ask(Jobs.CANCEL, new Jobs.Cancel(JobIds.text(job), CANCELLED, caller), DEADLINE);
    }

    Future<Done> prioritize(Prioritize ask) {
        if (ask.priority() < 0 || ask.priority() > Priority.LEAST) {
            throw Problem.invalid("priority must be 0 to " + Priority.LEAST);
        }
        return means.store()
                .read(tx -> pending(tx, ask))
                .compose(task -> cancel(task, ask.caller())
                        .recover(ended -> Future.failedFuture(begun(ask)))
                        .map(task))
                .compose(task -> means.store().write(tx -> {
                    TaskRows.prioritized(tx, ask.run(), ask.task(), ask.priority());
                    if (task.job() != null) {
                        TaskRows.begunAnew(tx, ask.run(), ask.task());
                        RunRows.finished(tx, ask.run(), null);
                    }
                    return new Done(true);
                }));
    }

    private static Told pending(Transaction tx, Prioritize ask) throws SQLException {
        Means.known(tx, ask.run());
        var found = TaskRows.get(tx, ask.run(), ask.task());
        var told = found.orElseThrow(() -> Problem.notFound("review_not_found", "the review has no task of that id"));
        if (told.task().state() != TaskState.PENDING || told.task().attempt() > 0) {
            throw begun(ask);
        }
        return told;
    }

    private static Problem begun(Prioritize ask) {
        return Problem.conflict("review_task_begun", "task " + ask.task() + " has begun or ended");
    }
}
