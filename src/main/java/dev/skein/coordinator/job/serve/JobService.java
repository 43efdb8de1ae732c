package dev.skein.coordinator.job.serve;

import dev.skein.bus.Bus;
import dev.skein.coordinator.job.JobJournal.Found;
import dev.skein.coordinator.job.JobPlane;
import dev.skein.coordinator.job.JobPlane.Ground;
import dev.skein.coordinator.job.JobsConfig;
import dev.skein.coordinator.job.rows.JobReads;
import dev.skein.coordinator.job.rows.StoreJobJournal;
import dev.skein.coordinator.leader.Term;
import dev.skein.coordinator.remote.RemoteLink;
import dev.skein.coordinator.remote.RemotePool;
import dev.skein.coordinator.signal.Load;
import dev.skein.job.JobRuns;
import dev.skein.job.JobRuns.Renew;
import dev.skein.job.JobRuns.Renewed;
import dev.skein.job.JobRuns.Report;
import dev.skein.job.Jobs;
import dev.skein.job.Jobs.Runners;
import dev.skein.job.Jobs.Why;
import dev.skein.job.Jobs.WhyAsk;
import dev.skein.job.NodeMemory.View;
import dev.skein.job.Schedules;
import dev.skein.job.life.JobIds;
import dev.skein.kernel.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Jobs in one term of the leader: its parts, its endpoints and its clockwork. Confined to one event loop. */
public final class JobService {
    private static final int FORGET_MAX = 1_000; // in one commit

    private final Term term;
    private final JobsConfig config;
    private final StoreJobJournal journal;
    private final JobPlane plane;
    private final Intake intake;
    private final Lookup lookup;
    private final Overview overview;
    private final Verbs verbs;
    private final Timetable timetable;
    private final JobMetrics metrics;
    private final RemoteLink links;
    private boolean forgetting;

    private JobService(Bus bus, Term term, JobsConfig config, StoreJobJournal journal, Opening opening) {
        this.term = term;
        this.config = config;
        this.journal = journal;
        var link = new BusRunnerLink(bus);
        this.links = new RemoteLink(link);
        var ground = new Ground(journal, links, opening.node.clock, RandomGenerator.getDefault());
        var store = term.store();
        this.plane = new JobPlane(
                term.epoch(), config, opening.found, ground, ids -> store.read(tx -> JobReads.payloads(tx, ids)));
        this.intake = new Intake(plane, config, store, term.epoch());
        this.lookup = new Lookup(plane, store, link);
        this.overview = new Overview(plane, opening.found.ended());
        this.verbs = new Verbs(plane, store, lookup, overview, config.sizes().queueMax());
        this.timetable = new Timetable(plane, intake);
        this.metrics = new JobMetrics(opening.node.registry);
        plane.ledger().listen(metrics::committed);
    }

    /** What the service is given by its node. */
    public record Node(InstantSource clock, MeterRegistry registry) {}

    private record Opening(Found found, Node node) {}

    /** Loads what the store holds. */
    public static Future<JobService> open(Bus bus, Term term, JobsConfig config, Node node) {
        var journal = new StoreJobJournal(term.store(), config.retention());
        return journal.open().map(found -> new JobService(bus, term, config, journal, new Opening(found, node)));
    }

    /** Which workers keep what they have and get nothing new. */
    public JobService cordoning(Predicate<String> workers) {
        plane.cordoning(workers);
        return this;
    }

    /** Uses workers over HTTP too. */
    public Future<?> reach(Bus bus, RemoteLink.Ground ground) {
        return links.open(
                bus,
                new RemotePool.Door() {
                    @Override
                    public Renewed renew(Renew renew) {
                        return plane.renew(renew);
                    }

                    @Override
                    public Future<?> report(Report report) {
                        return lookup.report(report);
                    }

                    @Override
                    public void left(String node) {
                        plane.left(node);
                    }
                },
                ground);
    }

    public Future<?> mount(Bus bus) {
        return Future.all(List.of(mountJobs(bus), mountVerbs(bus), mountRuns(bus), mountSchedules(bus)));
    }

    private Future<?> mountJobs(Bus bus) {
        return Future.all(List.of(
                bus.serve(Jobs.SUBMIT, ask -> guarded(() -> intake.submit(ask))).completion(),
                bus.serve(Jobs.SUBMIT_MANY, ask -> guarded(() -> intake.submitMany(ask)))
                        .completion(),
                bus.serve(Jobs.GET, ask -> guarded(() -> lookup.get(ask))).completion(),
                bus.serve(Jobs.LIST, ask -> guarded(() -> lookup.list(ask))).completion(),
                bus.serve(Jobs.STATS, ask -> guarded(() -> Future.succeededFuture(overview.stats())))
                        .completion(),
                bus.serve(Jobs.RUNNERS, ask -> Future.succeededFuture(new Runners(plane.runners())))
                        .completion()));
    }

    private Future<?> mountVerbs(Bus bus) {
        return Future.all(List.of(
                bus.serve(Jobs.CANCEL, ask -> guarded(() -> verbs.cancel(ask))).completion(),
                bus.serve(Jobs.RETRY, ask -> guarded(() -> verbs.retry(ask))).completion(),
                bus.serve(Jobs.PARK, ask -> guarded(() -> verbs.park(ask))).completion(),
                bus.serve(Jobs.CLEAR, ask -> guarded(() -> verbs.clear(ask))).completion(),
                bus.serve(Jobs.LOGS, ask -> guarded(() -> lookup.logs(ask))).completion(),
                bus.serve(Jobs.WHY, ask -> guarded(() -> why(ask))).completion()));
    }

    private Future<?> mountRuns(Bus bus) {
        return Future.all(List.of(
                bus.serve(JobRuns.REPORT, ask -> guarded(() -> lookup.report(ask)))
                        .completion(),
                bus.serve(JobRuns.RENEW, ask -> guarded(() -> Future.succeededFuture(plane.renew(ask))))
                        .completion()));
    }

    private Future<?> mountSchedules(Bus bus) {
        return Future.all(List.of(
                bus.serve(Schedules.PUT, ask -> guarded(() -> timetable.put(ask)))
                        .completion(),
                bus.serve(Schedules.GET, ask -> guarded(() -> timetable.get(ask)))
                        .completion(),
                bus.serve(Schedules.LIST, ask -> timetable.list()).completion(),
                bus.serve(Schedules.DELETE, ask -> guarded(() -> timetable.delete(ask)))
                        .completion(),
                bus.serve(Schedules.PAUSE, ask -> guarded(() -> timetable.pause(ask)))
                        .completion()));
    }

    /** What refuses at once refuses by its future. */
    private static <T> Future<T> guarded(Callable<Future<T>> answer) {
        try {
            return answer.call();
        } catch (Problem refused) {
            return Future.failedFuture(refused);
        } catch (Exception bug) {
            return Future.failedFuture(bug);
        }
    }

    private Future<Why> why(WhyAsk ask) {
        long id = JobIds.parse(ask.id());
        var live = plane.book().get(id);
        return live == null ? lookup.read(id).map(Overview::why) : Future.succeededFuture(overview.why(live));
    }

    /** How much there is to do; of nodes, those that do jobs. */
    public Load load(List<View> nodes) {
        var runners =
                plane.runners().stream().map(view -> view.runner().worker()).toList();
        return overview.load(
                nodes.stream().filter(node -> runners.contains(node.node())).toList());
    }

    /** A node was seen to leave the cluster. */
    public void left(String node) {
        plane.left(node);
    }

    /** To be called every {@link JobPlane#TICK}. */
    public void tick() {
        if (term.holds().getAsBoolean()) {
            plane.tick();
        }
    }

    /** To be called each second. */
    public void look() {
        if (term.holds().getAsBoolean()) {
            plane.look();
            timetable.tick();
            links.tick();
            metrics.measure(overview.counts());
            forget();
        }
    }

    /** What ended long ago, and the oldest of what is too much. */
    private void forget() {
        if (forgetting) {
            return;
        }
        long surplus = overview.endedInAll() - config.sizes().finishedMax();
        long until = surplus > 0 ? Long.MAX_VALUE : plane.ledger().now();
        int most = (int) (surplus > 0 ? Math.min(surplus, FORGET_MAX) : FORGET_MAX);
        forgetting = true;
        journal.forget(until, most)
                .onSuccess(forgotten -> overview.forgotten(forgotten.byType()))
                .onComplete(done -> forgetting = false);
    }
}
