package dev.skein.coordinator.job;

import dev.skein.coordinator.job.Attempts.Policy;
import dev.skein.coordinator.job.Dispatch.Terms;
import dev.skein.coordinator.job.JobChange.Accepted;
import dev.skein.coordinator.job.JobChange.Ending;
import dev.skein.coordinator.job.JobJournal.Found;
import dev.skein.job.Job.Progress;
import dev.skein.job.JobRuns.Renew;
import dev.skein.job.JobRuns.Renewed;
import dev.skein.job.JobRuns.Report;
import dev.skein.job.JobRuns.Verdict;
import dev.skein.job.JobState;
import dev.skein.job.Jobs.RunnerView;
import dev.skein.job.Outcome;
import dev.skein.job.life.Live;
import dev.skein.job.queue.Book;
import dev.skein.job.queue.Reasons;
import dev.skein.job.queue.Stations;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** All of the leader's side of jobs in one term. Whoever owns it calls it from one thread and moves its time. */
public final class JobPlane {
    private static final int ALARMS_MAX = 2_000;

    private final JobLedger ledger;
    private final Stations stations;
    private final Payloads payloads;
    private final Dispatch dispatch;
    private final Attempts attempts;
    private final Presence presence;
    private final Leases leases = new Leases();
    private final Reasons reasons;

    /** What it stands on. */
    public record Ground(JobJournal journal, RunnerLink link, InstantSource clock, RandomGenerator random) {}

    /**
     * Begins a term.
     *
     * @param found what the journal holds
     * @param source of payloads
     */
    public JobPlane(
            long epoch,
            JobsConfig config,
            Found found,
            Ground ground,
            Function<Collection<Long>, Future<Map<Long, String>>> source) {
        var book = new Book(config.limits());
        this.ledger = new JobLedger(ground.journal(), book, found.schedules(), ground.clock());
        found.live().forEach(live -> book.put(live, ledger.now()));
        this.stations = new Stations(book);
        var terms = new Terms(epoch, config.lease().toMillis());
        var policy =
                new Policy(config.rules(), ground.random(), (int) config.sizes().resultMax());
        this.payloads = new Payloads(config.sizes().payloadCache(), source);
        this.dispatch = new Dispatch(ledger, stations, leases, payloads, ground.link(), terms);
        this.attempts = new Attempts(ledger, stations, leases, ground.link(), terms, policy);
        this.presence = new Presence(ledger, stations, leases, attempts, ground.link(), terms);
        this.reasons = new Reasons(book, stations);
        ledger.listen(new Cleaning());
    }

    /** Nothing is kept of what has ended or never was. */
    private final class Cleaning implements JobLedger.Listener {
        @Override
        public void committed(JobChange change) {
            if (change.live().state().isTerminal()) {
                forget(change.live().id());
            }
        }

        @Override
        public void undone(JobChange change) {
            if (change.accepted() != null) {
                forget(change.live().id());
            }
        }

        private void forget(long id) {
            leases.forget(id);
            payloads.forget(id);
        }
    }

    public JobLedger ledger() {
        return ledger;
    }

    public Book book() {
        return ledger.book();
    }

    public Stations stations() {
        return stations;
    }

    public Reasons reasons() {
        return reasons;
    }

    /** Types that some runtime of this term can do. */
    public Set<String> types() {
        return presence.types();
    }

    /** Whether what no worker has offered in this term is offered by none. */
    public boolean hasHeardAll() {
        return presence.hasHeardAll();
    }

    public List<RunnerView> runners() {
        return presence.views();
    }

    public @Nullable Progress progress(long id) {
        return leases.lastOf(id);
    }

    public void cordoning(Predicate<String> workers) {
        presence.cordoning(workers);
    }

    /** To be called within a step: these are new. */
    public void accept(Collection<Accepting> all) {
        for (var each : all) {
            ledger.put(new JobChange(each.live, each.accepted, List.of(), false));
            payloads.remember(each.live.id(), each.accepted.spec().payload());
        }
        dispatch.claim();
    }

    /** A job and what is kept of how it was asked for. */
    public record Accepting(Live live, Accepted accepted) {}

    /** What became of each piece of news; null for jobs that are not in the book. */
    public Future<List<@Nullable Verdict>> hear(Report report) {
        return ledger.step(() -> {
            var verdicts = new ArrayList<@Nullable Verdict>();
            report.news().forEach(news -> verdicts.add(attempts.hear(report.worker(), news)));
            dispatch.claim();
            return verdicts;
        });
    }

    public Renewed renew(Renew renew) {
        var renewed = presence.renewed(renew);
        dispatch.go();
        return renewed;
    }

    /** A node was seen to leave the cluster. */
    public void left(String node) {
        presence.left(node);
    }

    /** To be called within a step: what waits is cancelled, what runs is told to end. */
    public Live cancel(Live live, String reason) {
        var next = live.cancelled();
        if (next.state() == JobState.CANCELLED) {
            var text = reason.isBlank() ? "cancelled before it began" : reason;
            ledger.end(next, Ending.of(live, ledger.now(), Outcome.cancelled(text)));
        } else {
            ledger.put(next);
            ledger.afterwards(() -> attempts.stop(next, "cancelled", reason));
        }
        return next;
    }

    /** To be called within a step: it is as if it were new. */
    public Live retry(Live live) {
        var next = live.retried(ledger.now());
        ledger.put(new JobChange(next, null, List.of(), live.state().isTerminal()));
        dispatch.claim();
        return next;
    }

    /** To be called within a step. */
    public Live park(Live live) {
        var next = live.parked();
        ledger.put(next);
        return next;
    }

    /** To be called many times each second. */
    public void tick() {
        var late = ledger.book().wake(ledger.now(), ALARMS_MAX);
        if (!late.isEmpty()) {
            ledger.step(() -> {
                late.forEach(attempts::late);
                return true;
            });
        }
        dispatch.go();
    }

    /** To be called each second. */
    public void look() {
        presence.look();
        stations.save(ledger.now());
        dispatch.go();
    }

    /** How often {@link #tick} should be called. */
    public static final Duration TICK = Duration.ofMillis(25);
}
