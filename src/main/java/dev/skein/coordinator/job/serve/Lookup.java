package dev.skein.coordinator.job.serve;

import dev.skein.coordinator.job.JobChange;
import dev.skein.coordinator.job.JobPlane;
import dev.skein.coordinator.job.rows.JobReads;
import dev.skein.job.Job;
import dev.skein.job.JobRuns;
import dev.skein.job.JobRuns.News;
import dev.skein.job.JobRuns.Ref;
import dev.skein.job.JobRuns.Report;
import dev.skein.job.JobRuns.Reported;
import dev.skein.job.JobRuns.Tail;
import dev.skein.job.JobRuns.Tailed;
import dev.skein.job.JobRuns.Verdict;
import dev.skein.job.Jobs;
import dev.skein.job.Jobs.Get;
import dev.skein.job.Jobs.ListAll;
import dev.skein.job.Jobs.Listed;
import dev.skein.job.Jobs.Logs;
import dev.skein.job.Jobs.LogsAsk;
import dev.skein.job.Remotes;
import dev.skein.job.life.JobIds;
import dev.skein.kernel.Check;
import dev.skein.kernel.Problem;
import dev.skein.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One job, many jobs, and those who wait for the end of one. */
final class Lookup {
    private static final int LIMIT_MAX = 1_000;
    private static final int WAITERS_MAX = 20_000;
    private static final long BEGIN_MILLIS = 1_000; // so late a reader may learn that the job has begun

    private final JobPlane plane;
    private final Store store;
    private final BusRunnerLink link;
    private final Map<Long, List<Promise<Boolean>>> waiters = new HashMap<>();
    private int waiting;

    Lookup(JobPlane plane, Store store, BusRunnerLink link) {
        this.plane = plane;
        this.store = store;
        this.link = link;
        plane.ledger().listen(this::ended);
    }

    private void ended(JobChange change) {
        var promises = change.live().state().isTerminal()
                ? waiters.remove(change.live().id())
                : null;
        if (promises != null) {
            promises.forEach(promise -> promise.tryComplete(true));
        }
    }

    Future<Job> get(Get ask) {
        long id = JobIds.parse(ask.id());
        if (ask.waitMillis() <= 0 || plane.book().get(id) == null || waiting >= WAITERS_MAX) {
            return read(id, ask.payload());
        }
        long wait = Math.min(ask.waitMillis(), Jobs.WAIT_MILLIS_MAX);
        Promise<Boolean> end = Promise.promise();
        waiters.computeIfAbsent(id, unused -> new ArrayList<>()).add(end);
        waiting++;
        return end.future()
                .timeout(wait, TimeUnit.MILLISECONDS)
                .otherwise(false)
                .compose(done -> {
                    waiting--;
                    leave(id, end);
                    return read(id, ask.payload());
                });
    }

    private void leave(long id, Promise<Boolean> end) {
        waiters.computeIfPresent(id, (key, promises) -> {
            promises.remove(end);
            return promises.isEmpty() ? null : promises;
        });
    }

    Future<Job> read(long id) {
        return read(id, false);
    }

    private Future<Job> read(long id, boolean payload) {
        return store.read(tx -> JobReads.job(tx, id, payload))
                .map(found -> found.orElseThrow(() -> JobIds.unknown(JobIds.text(id))))
                .map(job -> withProgress(id, job));
    }

    private Job withProgress(long id, Job job) {
        var said = plane.progress(id);
        return said == null || job.state().isTerminal()
                ? job
                : new Job(
                        job.id(),
                        job.state(),
                        job.spec(),
                        job.submitter(),
                        job.attempt(),
                        job.worker(),
                        said,
                        job.result(),
                        job.outcome(),
                        job.attempts(),
                        job.log(),
                        job.memoryBytes(),
                        job.scheduleId(),
                        job.times());
    }

    Future<Listed> list(ListAll ask) {
        try {
            Check.between("limit", ask.limit(), 1, LIMIT_MAX);
        } catch (IllegalArgumentException wrong) {
            return Future.failedFuture(Problem.invalid(String.valueOf(wrong.getMessage())));
        }
        long before = before(ask.cursor());
        return store.read(tx -> JobReads.page(tx, ask, before))
                .map(jobs -> new Listed(
                        jobs,
                        jobs.size() < ask.limit()
                                ? null
                                : jobs.get(jobs.size() - 1).id()));
    }

    private static long before(@Nullable String cursor) {
        try {
            return cursor == null ? Long.MAX_VALUE : JobIds.parse(cursor);
        } catch (Problem noId) {
            throw new Problem(Problem.Kind.INVALID, "invalid_cursor", "no page ends at " + cursor, List.of());
        }
    }

    /** News of jobs that have ended is only news when it is not what is known already. */
    Future<Reported> report(Report report) {
        return plane.hear(report).compose(verdicts -> {
            var settled = new ArrayList<Future<Verdict>>();
            for (int i = 0; i < verdicts.size(); i++) {
                var verdict = verdicts.get(i);
                settled.add(
                        verdict == null
                                ? late(report.worker(), report.news().get(i))
                                : Future.succeededFuture(verdict));
            }
            return Future.all(settled).map(all -> new Reported(all.list()));
        });
    }

    private Future<Verdict> late(String worker, News news) {
        long id;
        try {
            id = JobIds.parse(news.ref().job());
        } catch (Problem noId) {
            return Future.succeededFuture(Verdict.UNKNOWN_JOB);
        }
        return store.read(tx -> JobReads.job(tx, id, false))
                .map(found -> found.map(job -> isSame(job, worker, news) ? Verdict.ACCEPTED : Verdict.STALE_ATTEMPT)
                        .orElse(Verdict.UNKNOWN_JOB));
    }

    private static boolean isSame(Job job, String worker, News news) {
        var outcome = job.outcome();
        var said = news.outcome();
        return job.attempt() == news.ref().attempt()
                && worker.equals(job.worker())
                && outcome != null
                && said != null
                && outcome.kind() == said.kind()
                && outcome.code().equals(said.code());
    }

    Future<Logs> logs(LogsAsk ask) {
        long id = JobIds.parse(ask.id());
        return read(id, false).compose(job -> {
            var station = plane.stations().get(String.valueOf(job.worker()));
            if (station == null || station.runner().labels().contains("remote")) {
                return held(job, ask, station != null);
            }
            var tail = new Tail(
                    new Ref(job.id(), job.attempt()),
                    ask.offset(),
                    Math.max(1, Math.min(ask.bytesMax(), JobRuns.TAIL_MAX)),
                    Math.max(0, ask.waitMillis()));
            return link.tail(station.runner().node(), tail)
                    .map(part -> new Logs(job.attempt(), part))
                    .otherwise(failure -> new Logs(job.attempt(), kept(job, ask)));
        });
    }

    /** What cannot be asked of a worker; whoever waits for more is held back, or would ask again at once. */
    private Future<Logs> held(Job job, LogsAsk ask, boolean isRemote) {
        var part = isRemote ? told(job, ask) : kept(job, ask);
        if (ask.waitMillis() <= 0 || part.ended() || !part.text().isEmpty()) {
            return Future.succeededFuture(new Logs(job.attempt(), part));
        }
        long wait = isRemote ? ask.waitMillis() : Math.min(ask.waitMillis(), BEGIN_MILLIS);
        return get(new Get(ask.id(), wait, false))
                .map(later -> new Logs(later.attempt(), isRemote ? told(later, ask) : kept(later, ask)));
    }

    /** A worker over HTTP shows no log; the few lines about it are there from the beginning. */
    private static Tailed told(Job job, LogsAsk ask) {
        var text = job.log() == null ? Remotes.place(String.valueOf(job.worker())) : job.log();
        int from = (int) Math.min(text.length(), Math.max(0, ask.offset()));
        return new Tailed(text.substring(from), text.length(), 0, job.state().isTerminal());
    }

    /** The end of the log as the last report brought it. */
    private static Tailed kept(Job job, LogsAsk ask) {
        var text = job.log() == null ? "" : job.log();
        boolean isRest = ask.offset() <= 0;
        return new Tailed(
                isRest ? text : "",
                Math.max(ask.offset(), text.length()),
                0,
                job.state().isTerminal());
    }
}
