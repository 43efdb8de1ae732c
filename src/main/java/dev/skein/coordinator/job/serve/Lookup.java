package dev.skein.coordinator.job.serve;

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
import dev.skein.job.JobState;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One job, many jobs, and those who wait for the end of one. */
final class Lookup {
    private static final int LIMIT_MAX = 1_000;
    private static final long REPORT_WAIT_MILLIS = 2_000; // from the end of an attempt to the commit of it

    private final JobPlane plane;
    private final Store store;
    private final BusRunnerLink link;
    private final Waiters waiters = new Waiters();

    Lookup(JobPlane plane, Store store, BusRunnerLink link) {
        this.plane = plane;
        this.store = store;
        this.link = link;
        plane.ledger().listen(waiters::committed);
    }

    Future<Job> get(Get ask) {
        long id = JobIds.parse(ask.id());
        var live = plane.book().get(id);
        if (ask.waitMillis() <= 0 || live == null || live.state().isSettled() || waiters.isFull()) {
            return read(id, ask.payload());
        }
        long wait = Math.min(ask.waitMillis(), Jobs.WAIT_MILLIS_MAX);
        return waiters.await(id, JobState::isSettled, wait).compose(done -> read(id, ask.payload()));
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
        return read(id, false)
                .compose(job -> part(job, ask).compose(found -> {
                    boolean isMore =
                            found.part().ended() || !found.part().text().isEmpty();
                    return isMore || ask.waitMillis() <= 0 || waiters.isFull()
                            ? Future.succeededFuture(found)
                            : later(job, ask);
                }));
    }

    /** After the job has changed, or the time is over. */
    private Future<Logs> later(Job before, LogsAsk ask) {
        long id = JobIds.parse(ask.id());
        var live = plane.book().get(id);
        boolean isSame = live != null && live.state() == before.state() && live.attempt() == before.attempt();
        boolean isSoon = !isSame || before.state() == JobState.RUNNING && isWatched(before); // its commit is under way
        long wait = Math.min(ask.waitMillis(), isSoon ? REPORT_WAIT_MILLIS : Jobs.WAIT_MILLIS_MAX);
        var changed = live == null ? Future.succeededFuture() : waiters.await(id, any -> true, wait);
        var again = new LogsAsk(ask.id(), ask.offset(), ask.bytesMax(), 0, Math.max(ask.attempt(), before.attempt()));
        return changed.compose(done -> read(id, false)).compose(job -> part(job, again));
    }

    /** Whether its worker shows the log while it grows; one over HTTP does not. */
    private boolean isWatched(Job job) {
        var station = plane.stations().get(String.valueOf(job.worker()));
        return station != null && !station.runner().labels().contains("remote");
    }

    private Future<Logs> part(Job job, LogsAsk ask) {
        boolean isLater = ask.attempt() > 0 && job.attempt() > ask.attempt();
        long offset = isLater ? 0 : ask.offset();
        var station = plane.stations().get(String.valueOf(job.worker()));
        boolean isRemote = station != null && !isWatched(job);
        var kept = new Logs(job.attempt(), isRemote ? told(job, offset) : kept(job, offset));
        if (station == null || isRemote) {
            return Future.succeededFuture(kept);
        }
        var tail = new Tail(
                new Ref(job.id(), job.attempt()),
                offset,
                Math.max(1, Math.min(ask.bytesMax(), JobRuns.TAIL_MAX)),
                job.state() == JobState.RUNNING ? Math.max(0, ask.waitMillis()) : 0);
        return link.tail(station.runner().node(), tail)
                .map(part -> new Logs(job.attempt(), whole(job, part)))
                .otherwise(kept);
    }

    /** The end of an attempt is not yet the end of its job. */
    private static Tailed whole(Job job, Tailed part) {
        boolean isEnd = part.ended() && job.state().isSettled();
        return new Tailed(part.text(), part.next(), part.dropped(), isEnd);
    }

    /** A worker over HTTP shows no log; the few lines about it are there from the beginning. */
    private static Tailed told(Job job, long offset) {
        var log = job.state() == JobState.RUNNING ? null : job.log();
        var text = log == null ? Remotes.place(String.valueOf(job.worker())) : log;
        int from = (int) Math.min(text.length(), Math.max(0, offset));
        return new Tailed(text.substring(from), text.length(), 0, job.state().isSettled());
    }

    /** The end of the log as the last report brought it, which is of an earlier attempt while one is under way. */
    private static Tailed kept(Job job, long offset) {
        var text = job.log() == null || job.state() == JobState.RUNNING ? "" : job.log();
        boolean isRest = offset <= 0;
        return new Tailed(
                isRest ? text : "",
                Math.max(offset, text.length()),
                0,
                job.state().isSettled());
    }
}
