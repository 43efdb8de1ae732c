package dev.skein.coordinator;

import dev.skein.bus.Bus;
import dev.skein.cluster.Membership;
import dev.skein.coordinator.alert.AlertWatch;
import dev.skein.coordinator.connector.ConnectorLink;
import dev.skein.coordinator.connector.ConnectorRegistry;
import dev.skein.coordinator.connector.Shelf;
import dev.skein.coordinator.groups.ProgramCheck;
import dev.skein.coordinator.index.WorkspaceService;
import dev.skein.coordinator.job.JobPlane;
import dev.skein.coordinator.job.JobsConfig;
import dev.skein.coordinator.job.serve.JobService;
import dev.skein.coordinator.leader.Term;
import dev.skein.coordinator.ledger.StoreJournal;
import dev.skein.coordinator.ledger.StoreJournal.Opened;
import dev.skein.coordinator.remote.RemoteConfig;
import dev.skein.coordinator.remote.RemoteLink;
import dev.skein.coordinator.review.ReviewRunsConfig;
import dev.skein.coordinator.review.ReviewService;
import dev.skein.coordinator.signal.MemoryRounds;
import dev.skein.coordinator.state.Worker;
import dev.skein.coordinator.view.Self;
import dev.skein.pipeline.Observation;
import dev.skein.pipeline.Observation.Leads;
import dev.skein.pipeline.link.HostLink;
import dev.skein.pipeline.vpl.Diagnostic;
import dev.skein.pipeline.vpl.Vpl;
import dev.skein.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Leads the cluster for one term: loads what the store holds, serves its endpoints, and looks after workers and
 * placements. When the term is over it answers nothing but that.
 */
public final class CoordinatorVerticle extends VerticleBase {
    private static final long TICK_MILLIS = Duration.ofSeconds(1).toMillis();
    private static final long ROUND_MILLIS = Duration.ofSeconds(5).toMillis();

    private final Bus bus;
    private final CoordinatorConfig config;
    private final Term term;
    private final Store store;
    private final HostLink link;
    private final Membership membership;
    private final InstantSource clock;
    private AlertWatch alerts = AlertWatch.DEFAULTS;
    private MeterRegistry registry = new CompositeMeterRegistry(); // counts for nobody
    private CoordinatorMetrics metrics = new CoordinatorMetrics(registry);
    private JobsConfig queue = JobsConfig.DEFAULTS;
    private ReviewRunsConfig reviews = ReviewRunsConfig.DEFAULTS;
    private RemoteConfig remotes = RemoteConfig.DEFAULTS;
    private UnaryOperator<String> proof = worker -> "";

    /**
     * Everything is open already; the verticle closes none of it.
     *
     * @param link how workers are driven
     */
    public CoordinatorVerticle(
            Bus bus, CoordinatorConfig config, Term term, HostLink link, Membership membership, InstantSource clock) {
        this.bus = bus.guarded(term::refusal);
        this.config = config;
        this.term = term;
        this.store = term.store();
        this.link = link;
        this.membership = membership;
        this.clock = clock;
    }

    /** Whom to tell what, instead of nobody; to be called before it is deployed. */
    public CoordinatorVerticle alerting(AlertWatch watch) {
        alerts = watch;
        return this;
    }

    /** Where to count; to be called before the start. */
    public CoordinatorVerticle counting(MeterRegistry registry) {
        this.registry = registry;
        metrics = new CoordinatorMetrics(registry);
        return this;
    }

    /** How jobs are treated, instead of as usual; to be called before it is deployed. */
    public CoordinatorVerticle queueing(JobsConfig config) {
        queue = config;
        return this;
    }

    /** How runs of reviews are kept, instead of as usual; to be called before it is deployed. */
    public CoordinatorVerticle reviewing(ReviewRunsConfig config) {
        reviews = config;
        return this;
    }

    /** Workers over HTTP, instead of none; to be called before it is deployed. */
    public CoordinatorVerticle reaching(RemoteConfig config, UnaryOperator<String> token) {
        remotes = config;
        proof = token;
        return this;
    }

    @Override
    public Future<?> start() {
        return StoreJournal.open(store, clock, config.limits().auditRows())
                .compose(opened -> Shelf.open(store)
                        .compose(shelf -> JobService.open(bus, term, queue, new JobService.Node(clock, registry))
                                .compose(jobs -> lead(opened, shelf, jobs))));
    }

    private Future<?> lead(Opened opened, Shelf shelf, JobService jobs) {
        var through = new ConnectorLink(link, shelf);
        var plane = new ControlPlane(config, opened.state(), opened.journal(), through, programs(shelf), clock);
        plane.moves().counting(metrics);
        watch(plane, opened.journal());
        run(jobs, plane);
        var index = WorkspaceService.open(bus, term, plane.ledger(), plane.fleet());
        var reviewing = new ReviewService(bus, term, reviews, new ReviewService.Node(vertx, clock));
        var observation = new ObservationEndpoints(plane, store, self(), reviewing, clock);
        var rounds = new MemoryRounds(bus, membership::present, clock);
        var ground = new AlertWatch.Ground(
                vertx, bus, store, clock, () -> jobs.load(rounds.last().nodes()));
        every(ROUND_MILLIS, rounds::now);
        return Future.all(List.of(
                        alerts.begin(observation.desk(), config.clusterName(), ground),
                        new WorkersEndpoints(plane.registry()).mount(bus),
                        new GroupsEndpoints(plane.deployments(), plane.updates()).mount(bus),
                        new ConnectorRegistry(shelf, plane.ledger()).mount(bus),
                        jobs.mount(bus),
                        jobs.reach(bus, new RemoteLink.Ground(vertx, store, clock, remotes, proof, this::isMember)),
                        new MovesEndpoints(plane.moves()).mount(bus),
                        new RoutingEndpoints(bus, vertx, term.epoch()).mount(plane.ledger()),
                        rounds.mount(bus),
                        observation.mount(bus),
                        review(reviewing),
                        index.compose(this::runIndex)))
                .onSuccess(served -> announce());
    }

    private boolean isMember(String mark) {
        return membership.present().stream().anyMatch(node -> node.mark().equals(mark));
    }

    private void watch(ControlPlane plane, StoreJournal journal) {
        var here = vertx.getOrCreateContext();
        membership.onLeft(node -> here.runOnContext(ignored -> plane.registry().left(node)));
        every(TICK_MILLIS, plane::tick);
        every(config.sweepInterval().toMillis(), () -> {
            var began = clock.instant();
            plane.sweep();
            announce(); // whoever came since
            metrics.swept(Duration.between(began, clock.instant()));
            if (!store.health().writable()) {
                journal.probe();
            }
        });
    }

    private void run(JobService jobs, ControlPlane plane) {
        var here = vertx.getOrCreateContext();
        jobs.cordoning(id -> {
            var worker = plane.ledger().committed().workers().get(id);
            return worker != null && worker.isListed() && worker.state() != Worker.State.ACTIVE;
        });
        membership.onLeft(node -> here.runOnContext(ignored -> jobs.left(node.toString())));
        every(JobPlane.TICK.toMillis(), jobs::tick);
        every(TICK_MILLIS, jobs::look);
    }

    private Future<?> runIndex(WorkspaceService index) {
        every(TICK_MILLIS, index::look);
        return index.mount();
    }

    private Future<?> review(ReviewService service) {
        every(TICK_MILLIS, service::look);
        return service.mount();
    }

    /** One that has slept through the end of its term must not conclude that everybody else is gone. */
    private void every(long millis, Runnable work) {
        vertx.setPeriodic(millis, timer -> {
            if (term.holds().getAsBoolean()) {
                work.run();
            }
        });
    }

    private void announce() {
        bus.announce(Observation.LEADS, new Leads(bus.here().toString(), term.epoch()));
    }

    private Self self() {
        var version = CoordinatorVerticle.class.getPackage().getImplementationVersion();
        return new Self(
                bus.here().node(),
                config.clusterName(),
                Objects.requireNonNullElse(version, "dev"),
                term.epoch(),
                clock.instant());
    }

    private ProgramCheck programs(Shelf shelf) {
        return sources -> {
            var connectors = shelf.types();
            return vertx.executeBlocking(() -> check(sources, connectors), false);
        };
    }

    private static Map<String, List<Diagnostic>> check(Set<String> sources, Map<String, String> connectors) {
        var found = new HashMap<String, List<Diagnostic>>();
        sources.forEach(
                source -> found.put(source, Vpl.check(source, connectors).diagnostics()));
        return found;
    }
}
