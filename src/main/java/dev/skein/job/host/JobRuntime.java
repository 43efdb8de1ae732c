package dev.skein.job.host;

import dev.skein.bus.Bus;
import dev.skein.job.Job.Progress;
import dev.skein.job.JobRuns;
import dev.skein.job.JobRuns.Assignment;
import dev.skein.job.JobRuns.Ending;
import dev.skein.job.JobRuns.News;
import dev.skein.job.JobRuns.Ref;
import dev.skein.job.JobRuns.Refused;
import dev.skein.job.JobRuns.Renewed;
import dev.skein.job.JobRuns.Runner;
import dev.skein.job.JobRuns.Taken;
import dev.skein.job.JobRuns.Verdict;
import dev.skein.job.JobRuns.What;
import dev.skein.job.NodeMemory.JobUse;
import dev.skein.job.run.JobResult;
import dev.skein.kernel.Problem;
import dev.skein.memory.Memory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of one node. Handlers run on threads of their own, at most as many as there are slots; a clockwork thread
 * that no handler can hold up renews leases, presses those who must end and reports. Thread-safe.
 */
public final class JobRuntime implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JobRuntime.class);
    private static final long TICK_MILLIS = 100;
    private static final Duration FIRST_RENEWAL = Duration.ofSeconds(1);
    private static final Duration ASK_MAX = Duration.ofSeconds(5);
    private static final Duration LEAVE_MAX = Duration.ofSeconds(2);
    private static final int UNHEARD_MAX = 1_000; // ends that may wait to be heard
    private static final long TIMEOUT_GRACE_MILLIS = 2_000;

    private final Bus bus;
    private final HostConfig config;
    private final Handlers handlers;
    private final Memory memory;
    private final Surroundings around;
    private final ExecutorService threads = Executors.newCachedThreadPool(daemons("skein-job"));
    private final ScheduledExecutorService clockwork = new ScheduledThreadPoolExecutor(
            1, daemons("skein-job-clockwork"), new DiscardPolicy()); // what comes after the end is of no use
    private final Reports reports;
    private final Rival rival; // heard of on the clockwork
    private final Quota quota;
    private final Map<Ref, Attempt> held = new ConcurrentHashMap<>();
    private final Map<Ref, BoundedLog> logs =
            new LinkedHashMap<>(); // guarded by itself, as are those kept after an end
    private final AtomicInteger active = new AtomicInteger(); // that have not ended, told or not
    private long epoch; // guarded by this, as is the next
    private boolean isLeaving;
    private volatile Duration renewal = FIRST_RENEWAL; // written and read by the clockwork, as are the next two
    private Instant renewed = Instant.MIN;
    private boolean isRenewing;

    /**
     * Who this node is to the leader.
     *
     * @param worker its id
     * @param directory for the folders of calls
     * @param clock steady
     */
    public record Surroundings(String worker, List<String> labels, Path directory, InstantSource clock) {}

    public JobRuntime(Bus bus, HostConfig config, Handlers handlers, Memory memory, Surroundings around) {
        this.bus = bus;
        this.config = config;
        this.handlers = handlers;
        this.memory = memory;
        this.around = around;
        this.rival = new Rival(around.worker());
        this.quota = new Quota(config.jobsMax());
        this.reports = new Reports(bus, around.worker(), clockwork, this::heard);
    }

    private static ThreadFactory daemons(String name) {
        return work -> {
            var thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Begins to make itself known. */
    public void start() {
        clockwork.scheduleWithFixedDelay(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Takes what it has room for; what it has already counts as taken. */
    public synchronized Taken take(JobRuns.Run run) {
        follow(run.epoch());
        var leaseUntil = now().plusMillis(run.leaseMillis());
        var refused = new ArrayList<Refused>();
        for (var assignment : run.assignments()) {
            if (!held.containsKey(assignment.ref())) {
                var refusal = begin(assignment, leaseUntil);
                if (refusal != null) {
                    refused.add(refusal);
                }
            }
        }
        return new Taken(refused);
    }

    private void follow(long given) {
        if (given < epoch) {
            throw Problem.conflict("stale_epoch", "epoch %d is over, %d leads".formatted(given, epoch));
        }
        epoch = given;
    }

    private @Nullable Refused begin(Assignment assignment, Instant leaseUntil) {
        var ref = assignment.ref();
        held.keySet().stream()
                .filter(other -> other.job().equals(ref.job()) && other.attempt() < ref.attempt())
                .forEach(this::drop);
        var handler = handlers.of(assignment.type());
        if (isLeaving || quota.isUsedUp()) {
            return new Refused(ref, "draining", "this node is about to stop");
        } else if (handler == null) {
            return new Refused(ref, "unknown_type", "there is no handler for " + assignment.type());
        } else if (active.get() >= config.slots() || held.size() >= 2 * config.slots() + UNHEARD_MAX) {
            return new Refused(ref, "no_slot", "all %d slots are taken".formatted(config.slots()));
        }
        var lacking = memory.reservations().reserve(name(ref), assignment.memoryBytes());
        if (lacking.isPresent()) {
            return new Refused(ref, "no_memory", lacking.get().sentence());
        }
        var folder = around.directory().resolve(ref.job() + "-" + ref.attempt());
        var written = new BoundedLog(config.logBytes());
        var told = new Attempt.Told(now(), progress -> progressed(ref, progress));
        var attempt = new Attempt(assignment, handler, folder, written, told);
        attempt.renew(leaseUntil);
        held.put(ref, attempt);
        quota.take(); // once it is held, see Quota.look
        active.incrementAndGet();
        keep(ref, written);
        threads.execute(() -> run(attempt));
        return null;
    }

    private static String name(Ref ref) {
        return ref.job() + "/" + ref.attempt();
    }

    private void keep(Ref ref, BoundedLog written) {
        synchronized (logs) {
            logs.put(ref, written);
            var oldest = logs.keySet().iterator();
            for (int more = logs.size() - config.slots() - config.logsKept(); more > 0 && oldest.hasNext(); more--) {
                if (held.containsKey(oldest.next())) {
                    continue;
                }
                oldest.remove();
            }
        }
    }

    private void run(Attempt attempt) {
        if (!attempt.begin()) {
            return;
        }
        reports.tell(News.started(attempt.ref()));
        Future<JobResult> result;
        try {
            result = attempt.handler.run(attempt);
        } catch (Throwable failed) { // a handler's worst must not take the thread's pool with it
            result = Future.failedFuture(failed);
        } finally {
            attempt.leaveThread();
        }
        result.onComplete(done -> {
            var ended = done.succeeded() && done.result() != null
                    ? done.result()
                    : Endings.failure(attempt.jobId(), done.cause());
            finish(attempt, ended);
        });
    }

    /** An attempt that was told to end has ended for that reason, whatever its handler says. */
    private void finish(Attempt attempt, JobResult result) {
        if (!attempt.finish()) {
            return;
        }
        attempt.log.end();
        active.decrementAndGet();
        memory.reservations().release(name(attempt.ref()));
        if (attempt.hasFolder()) {
            threads.execute(() -> clean(attempt));
        }
        var ending = attempt.ending();
        if (ending != null && ending.reason().equals(Endings.STALE)) {
            held.remove(attempt.ref());
            reports.forget(attempt.ref());
            return;
        }
        var outcome = ending == null ? result.outcome() : Endings.outcome(ending, result.outcome());
        quota.ended(outcome.isSuccess());
        var value = outcome.isSuccess() ? result.value() : null;
        var end = attempt.log.end(JobRuns.LOG_MAX);
        reports.tell(News.finished(attempt.ref(), outcome, value, end.isEmpty() ? null : end));
    }

    private static void clean(Attempt attempt) {
        try {
            attempt.clean();
        } catch (IOException | RuntimeException left) {
            log.warn("the folder of job {} is left over: {}", attempt.jobId(), left.getMessage());
        }
    }

    private void progressed(Ref ref, Progress progress) {
        var attempt = held.get(ref);
        if (attempt != null) {
            attempt.signed(now());
            reports.tell(News.progress(ref, progress));
        }
    }

    private void heard(News news, Verdict verdict) {
        if (verdict == Verdict.STALE_ATTEMPT) {
            log.info("stale_attempt: {} of {} was refused", news.what(), name(news.ref()));
        }
        if (news.what() == What.FINISHED) {
            held.remove(news.ref());
        } else if (verdict == Verdict.STALE_ATTEMPT || verdict == Verdict.UNKNOWN_JOB) {
            drop(news.ref());
        }
    }

    /** Ends attempts as the leader wishes. */
    public synchronized void stop(JobRuns.Stop stop) {
        follow(stop.epoch());
        stop.endings().forEach(this::end);
    }

    private void end(Ending ending) {
        var attempt = held.get(ending.ref());
        if (attempt != null) {
            attempt.stop(ending, now());
        }
    }

    private void drop(Ref ref) {
        end(new Ending(ref, Endings.STALE, "another attempt has the job", 0));
    }

    /** Part of a log, after the wait when there is nothing yet. */
    public Future<JobRuns.Tailed> tail(JobRuns.Tail ask) {
        BoundedLog written;
        synchronized (logs) {
            written = logs.get(ask.ref());
        }
        if (written == null) {
            return Future.failedFuture(Problem.notFound("job_not_found", "there is no log of this attempt here"));
        }
        int most = Math.max(1, Math.min(JobRuns.TAIL_MAX, ask.bytesMax()));
        if (ask.waitMillis() <= 0 || ask.offset() < 0) {
            return Future.succeededFuture(written.tail(ask.offset(), most));
        }
        Promise<JobRuns.Tailed> answer = Promise.promise();
        Runnable now = () -> answer.tryComplete(written.tail(ask.offset(), most));
        clockwork.schedule(now, ask.waitMillis(), TimeUnit.MILLISECONDS);
        written.whenMore(ask.offset(), now);
        return answer.future();
    }

    private void tick() {
        try {
            var now = now();
            quota.look(held::isEmpty);
            for (var attempt : held.values()) {
                if (attempt.isLeaseOver(now)) {
                    log.info("stale_attempt: the lease of {} is over", name(attempt.ref()));
                    drop(attempt.ref()); // it may run elsewhere by now
                }
                var overdue = attempt.overdue(now);
                if (overdue != null) {
                    var said = "the attempt passed its limit (%s)".formatted(overdue);
                    attempt.stop(new Ending(attempt.ref(), overdue, said, TIMEOUT_GRACE_MILLIS), now);
                }
                if (attempt.press(now, config.abandonAfter())) {
                    finish(attempt, JobResult.failed("abandoned", "the handler went on after it was stopped", true));
                }
            }
            if (!isRenewing && !now.isBefore(renewed.equals(Instant.MIN) ? now : renewed.plus(renewal))) {
                renew(now);
            }
        } catch (RuntimeException failed) {
            log.error("the clockwork of jobs stumbled", failed);
        }
    }

    private void renew(Instant now) {
        isRenewing = true;
        renewed = now;
        var known = known();
        bus.ask(JobRuns.RENEW, known, min(ASK_MAX, renewal.multipliedBy(2)))
                .onComplete(done -> clockwork.execute(() -> {
                    isRenewing = false;
                    if (done.succeeded()) {
                        renewed(known.held(), done.result(), now);
                    }
                    rival.heard(done.cause());
                }));
    }

    private JobRuns.Renew known() {
        var runner = new Runner(
                around.worker(), bus.here().toString(), handlers.types(), config.capabilities(), around.labels());
        var room = quota.room(config.slots(), active.get(), memory);
        synchronized (this) { // what the leader of this epoch finds missing is never taken any more
            return new JobRuns.Renew(runner, room, List.copyOf(held.keySet()), isLeaving, epoch);
        }
    }

    private void renewed(List<Ref> refs, Renewed answer, Instant sentAt) {
        synchronized (this) {
            if (answer.epoch() < epoch) {
                return;
            }
            renewed = answer.epoch() > epoch ? Instant.MIN : renewed; // a new leader soon hears what was never begun
            epoch = answer.epoch();
        }
        refs.stream()
                .map(held::get)
                .filter(Objects::nonNull)
                .forEach(attempt -> attempt.renew(sentAt.plusMillis(answer.leaseMillis())));
        renewal = Duration.ofMillis(Math.max(TICK_MILLIS, answer.leaseMillis() / 3));
        answer.endings().forEach(this::end);
    }

    /** What it does right now. */
    public List<JobUse> uses() {
        return held.values().stream()
                .filter(one -> !one.isFinished())
                .map(Attempt::use)
                .toList();
    }

    /** How many attempts it holds. */
    public int running() {
        return held.size();
    }

    /** Completes when it has done all jobs that it takes, and that was heard. */
    public Future<?> done() {
        return quota.done();
    }

    /** Tells the leader that it takes nothing new; completes when what it holds has ended, or had its time to. */
    public Future<?> leave() {
        synchronized (this) {
            isLeaving = true;
        }
        return bus.ask(JobRuns.RENEW, known(), LEAVE_MAX)
                .onSuccess(answer -> answer.endings().forEach(this::end))
                .otherwiseEmpty()
                .compose(told -> quota.end(clockwork, config.finishWithin(), held::isEmpty));
    }

    @Override
    public void close() {
        held.keySet().forEach(this::drop);
        clockwork.shutdownNow();
        threads.shutdownNow();
        handlers.close();
    }

    private Instant now() {
        return around.clock().instant();
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
