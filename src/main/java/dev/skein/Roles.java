package dev.skein;

import dev.skein.auth.Authenticator;
import dev.skein.auth.Tokens;
import dev.skein.bus.Bus;
import dev.skein.cluster.Membership;
import dev.skein.connector.Connections;
import dev.skein.coordinator.CoordinatorVerticle;
import dev.skein.coordinator.alert.AbsenceVerticle;
import dev.skein.coordinator.alert.AlertWatch;
import dev.skein.coordinator.follower.StoredReadsVerticle;
import dev.skein.coordinator.leader.LeadershipVerticle;
import dev.skein.coordinator.remote.RemoteToken;
import dev.skein.dashboard.Dashboard;
import dev.skein.http.Edge;
import dev.skein.http.Mounts;
import dev.skein.http.NodeFacts;
import dev.skein.http.live.Live;
import dev.skein.http.live.gate.Viewer;
import dev.skein.job.NodeMemory.JobUse;
import dev.skein.job.host.Folders;
import dev.skein.job.host.Handlers;
import dev.skein.job.host.JobRuntime;
import dev.skein.job.host.MemoryDoor;
import dev.skein.job.run.JobSurroundings;
import dev.skein.memory.Memory;
import dev.skein.pipeline.Observation;
import dev.skein.pipeline.link.BusHostLink;
import dev.skein.pipeline.link.HostLink;
import dev.skein.pipeline.link.HostLinks;
import dev.skein.pipeline.link.HttpHostLink;
import dev.skein.pipeline.vpl.run.PipelineHost;
import dev.skein.pipeline.vpl.sink.LocalSinks;
import dev.skein.process.Processes;
import dev.skein.review.engine.Engines;
import dev.skein.router.RouterVerticle;
import dev.skein.router.index.IndexRouterVerticle;
import dev.skein.router.repository.RepositoryVerticle;
import dev.skein.router.review.ReviewRouterVerticle;
import dev.skein.router.review.copy.ReviewCopies.Means;
import dev.skein.store.Store;
import dev.skein.store.Stores;
import dev.skein.worker.Outside;
import dev.skein.worker.WorkerVerticle;
import dev.skein.worker.hosting.Lanes;
import dev.skein.worker.hosting.Lease;
import dev.skein.worker.hosting.VplEngine;
import dev.skein.worker.hosting.WorkerHost;
import dev.skein.worker.index.IndexVerticle;
import dev.skein.worker.job.JobVerticle;
import dev.skein.worker.review.ReviewHandler;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The roles of one node: what each is made of, in which order they start, and in which they stop. */
final class Roles {
    private static final Logger log = LoggerFactory.getLogger(Roles.class);
    private static final long KEYS_MILLIS = 10_000;
    private static final long PRESSURE_MILLIS = 5_000;

    private final Vertx vertx;
    private final Bus bus;
    private final Membership membership;
    private final NodeSettings settings;
    private final Node.Guards guards;
    private final Clocks clocks;
    private final HostLink links;
    private final Memory memory;
    private final Processes processes = new Processes();
    private final MemoryDoor memoryDoor;
    private final Engines engines;
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private @Nullable Store store;
    private @Nullable String leadership;
    private UnaryOperator<String> proof = worker -> "";
    private @Nullable RouterVerticle router;
    private @Nullable WorkerVerticle worker;
    private @Nullable WorkerHost host;
    private @Nullable Connections connections;
    private volatile @Nullable JobRuntime jobs;
    private @Nullable Edge edge;
    private @Nullable Live live;
    private volatile boolean registered;
    private final Promise<Void> done = Promise.promise();

    Roles(Vertx vertx, Bus bus, Membership membership, NodeSettings settings, Node.Guards guards) {
        this.vertx = vertx;
        this.bus = bus;
        this.membership = membership;
        this.settings = settings;
        this.guards = guards;
        this.clocks = guards.clocks();
        var ca = settings.worker().ca();
        this.memory = Memory.of(settings.memory());
        this.memoryDoor = new MemoryDoor(settings.node().id(), memory, this::uses, clocks.steady());
        this.engines = new Engines(vertx, settings.reviewEngines(), clocks.wall(), clocks.steady());
        this.links = new HostLinks(new BusHostLink(bus), new HttpHostLink(vertx, ca == null ? null : Path.of(ca)));
    }

    /**
     * The index begins to read what it kept before anybody asks. The edge opens before the worker registers, since a
     * worker says at which port it can be reached.
     */
    Future<?> start() {
        return serveTime()
                .onSuccess(done -> watchMemory())
                .compose(done -> memoryDoor.serve(vertx, bus))
                .compose(done -> followClusterKeys())
                .compose(done -> startIndex())
                .compose(done -> startCoordinator())
                .compose(done -> watchForLeader())
                .compose(done -> startRouter())
                .compose(done -> openEdge())
                .compose(done -> startWorker())
                .compose(done -> startJobs());
    }

    private Future<?> startIndex() {
        var index = settings.index();
        var git = settings.git();
        var at = settings.node().dataDir().resolve("index");
        var copies = at.resolveSibling("clones");
        var wall = clocks.wall();
        var steady = clocks.steady();
        var reviews = settings.reviewEngines();
        var copying = new Means(git, settings.reviewCopies(), at.resolveSibling("reviews"), steady);
        return deployed("router", () -> new IndexRouterVerticle(bus, index, at, membership, wall, steady))
                .compose(kept -> deployed("router", () -> new RepositoryVerticle(bus, git, copies, membership, steady)))
                .compose(kept -> deployed("worker", () -> new IndexVerticle(bus, index, at, memory, wall, steady)))
                .compose(kept ->
                        deployed("router", () -> new ReviewRouterVerticle(bus, reviews, engines, membership, copying)));
    }

    private Future<?> deployed(String role, Supplier<Deployable> verticle) {
        boolean isWanted = settings.asksLeader() && settings.node().has(role);
        return isWanted ? vertx.deployVerticle(verticle.get()) : Future.succeededFuture();
    }

    /** Jobs come over the bus, so a node that knows its coordinator by REST alone does none. */
    private Future<?> startJobs() {
        boolean does = settings.node().has("worker") || settings.node().has("heavy-worker");
        if (!does || !settings.asksLeader()) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(this::jobRuntime)
                .onSuccess(made -> jobs = made)
                .onSuccess(made -> made.done().onSuccess(all -> done.tryComplete()))
                .compose(made -> vertx.deployVerticle(new JobVerticle(bus, made)));
    }

    private JobRuntime jobRuntime() {
        var directory = settings.node().dataDir().resolve("jobs");
        Folders.clear(directory.resolve("calls"));
        boolean isHeavy = settings.node().has("heavy-worker");
        boolean isLight = settings.node().has("worker");
        var wanted = settings.jobHost().wants(isLight, isHeavy);
        var found = Handlers.found(wanted);
        if (wanted.test("review")) {
            found.add(new ReviewHandler(
                    bus, membership, engines, settings.reviewEngines().personaDir()));
        }
        var handlers = new Handlers(
                found,
                type -> new JobSurroundings(
                        vertx,
                        settings.jobHost().forHandler(type),
                        directory.resolve("of-" + type),
                        clocks.steady(),
                        processes));
        memoryDoor.count(metrics, handlers.types());
        handlers.count(metrics);
        var labels = settings.worker().labels();
        var around =
                new JobRuntime.Surroundings(settings.node().id(), labels, directory.resolve("calls"), clocks.steady());
        return new JobRuntime(bus, settings.jobHost(), handlers, memory, around);
    }

    private Future<?> serveTime() {
        return bus.serveHere(
                        Observation.TIME,
                        ask -> Future.succeededFuture(
                                new Observation.Time(clocks.wall().instant())))
                .completion();
    }

    /** Lets caches give way in time, and shows what is used, promised and there. */
    private void watchMemory() {
        settings.memory().warnings().forEach(log::warn);
        memoryDoor.count(metrics);
        each(PRESSURE_MILLIS, memoryDoor::enforce);
    }

    private List<JobUse> uses() {
        var runtime = jobs;
        return runtime == null ? List.of() : runtime.uses();
    }

    private Future<?> startCoordinator() {
        if (!settings.node().has("coordinator")) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(
                        () -> new RemoteToken(tokens(), settings.node().id(), clocks.wall()))
                .onSuccess(made -> proof = made)
                .compose(made -> Stores.open(vertx, settings.node().dataDir(), settings.store(), clocks.steady()))
                .onSuccess(opened -> store = opened)
                .compose(opened -> vertx.deployVerticle(leadership(opened)))
                .onSuccess(id -> leadership = id)
                .compose(id -> serveStored());
    }

    /** A store of one coordinator is asked by nobody while that one does not lead. */
    private Future<?> serveStored() {
        var opened = store;
        return opened == null || opened.dialect().isExclusive()
                ? Future.succeededFuture()
                : vertx.deployVerticle(
                        new StoredReadsVerticle(bus, settings.coordinator(), opened, links, clocks.steady()));
    }

    private LeadershipVerticle leadership(Store opened) {
        return new LeadershipVerticle(
                bus,
                settings.leader(),
                opened,
                membership,
                clocks.steady(),
                (term, news) -> new CoordinatorVerticle(bus, settings.coordinator(), term, links, news, clocks.steady())
                        .counting(metrics)
                        .queueing(settings.jobs())
                        .reviewing(settings.reviewRuns())
                        .reaching(settings.remote(), proof)
                        .alerting(new AlertWatch(settings.alert(), settings.connector())));
    }

    /** On every node that somebody looks at, since no leader can say that there is none. */
    private Future<?> watchForLeader() {
        var node = settings.node();
        boolean isLookedAt = node.has("coordinator")
                || node.has("http") && settings.cluster().enabled();
        var alerts = new AlertWatch(settings.alert(), settings.connector());
        var cluster = settings.coordinator().clusterName();
        return isLookedAt
                ? vertx.deployVerticle(new AbsenceVerticle(bus, alerts, cluster, membership, clocks.steady()))
                : Future.succeededFuture();
    }

    private Future<?> startRouter() {
        if (!settings.node().has("router")) {
            return Future.succeededFuture();
        }
        var directory = settings.node().dataDir().resolve("router");
        var made = new RouterVerticle(bus, settings.router(), directory, links, membership, clocks.steady());
        router = made;
        FunctionCounter.builder("skein.cluster.dead.letters.total", made, RouterVerticle::deadLetters)
                .tag("of", "router")
                .description("Outputs and messages that reached nobody and were kept or given up on this node")
                .register(metrics);
        return vertx.deployVerticle(made);
    }

    private Future<?> openEdge() {
        if (!settings.node().has("http")) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(this::authenticator).compose(authenticator -> {
            edge = new Edge(bus, settings.http(), authenticator, facts(), links, mounts());
            return edge.open(vertx);
        });
    }

    private Tokens tokens() {
        var http = settings.http();
        var tokens = Tokens.open(settings.node().dataDir(), http.tokenAlgorithm(), http.trustedKeys(), clocks.wall());
        each(KEYS_MILLIS, tokens::look); // so that a key that was removed is not believed for long
        return tokens;
    }

    private Authenticator authenticator() {
        var tokens = tokens().receiving(settings.names(() -> edge == null ? 0 : edge.actualPort()));
        var joinKeys = new AtomicReference<>(settings.joinKeys());
        each(KEYS_MILLIS, settings.followJoinKeys(joinKeys::set, guards.audit()));
        return new Authenticator(settings.http().keys(), joinKeys::get, tokens);
    }

    private Future<?> followClusterKeys() {
        each(KEYS_MILLIS, settings.followClusterKeys(guards.audit()));
        return Future.succeededFuture();
    }

    /** Looks at files again and again, away from event loops, one look after the other. */
    private void each(long millis, Runnable look) {
        vertx.setPeriodic(millis, tick -> vertx.executeBlocking(Executors.callable(look)));
    }

    private Mounts mounts() {
        var live = new Live(vertx, bus, settings.live(), clocks.ofLive(), Viewer::of);
        this.live = live;
        return new Mounts(Live::prepare, List.of(live::openRoutes, live::routes, new Dashboard()::routes));
    }

    private NodeFacts facts() {
        return new NodeFacts(
                settings.node().id(),
                Set.copyOf(settings.node().verticles()),
                settings.cluster().enabled(),
                Version.TEXT,
                () -> registered,
                clocks.wall(),
                clocks.steady(),
                metrics,
                guards.audit());
    }

    private Future<?> startWorker() {
        if (!settings.node().has("worker")) {
            return Future.succeededFuture();
        }
        var made = workerHost();
        host = made;
        if (router != null && settings.worker().coordinator() == null) {
            made.forwardThrough(router.forwarder()); // over REST, the router that delivers also sends on
        }
        var identity = settings.identity(bus.here(), edge == null ? 0 : edge.actualPort());
        var verticle = new WorkerVerticle(bus, settings.worker(), made, identity, membership, clocks.steady());
        worker = verticle;
        return vertx.deployVerticle(verticle)
                .onSuccess(id -> verticle.registered().onSuccess(done -> registered = true));
    }

    private WorkerHost workerHost() {
        var lanes = Lanes.upTo(settings.worker().threadsMax());
        var sinks = new LocalSinks(System.out::println, new TopicSinks());
        var surroundings = new PipelineHost(
                lanes, clocks.steady(), sinks, settings.vpl().stepBudget(), PipelineHost.HAND_OVER_MAX);
        var lease = settings.standsAlone() ? Lease.forEver() : new Lease(clocks.steady());
        var time = new Connections.Clocks(clocks.steady(), clocks.wall());
        var outside = new Outside(vertx, settings.connector(), settings.node().dataDir(), time)
                .connections(sinks, lease, metrics);
        connections = outside;
        var engine = new VplEngine(surroundings, outside);
        return new WorkerHost(
                settings.node().id(), settings.worker().hostLimits(), engine, lanes, clocks.steady(), lease);
    }

    /** Completes when it has done all the jobs that it may take. */
    Future<?> done() {
        return done.future();
    }

    /** Hands over pipelines and lets jobs end at the same time, then lets go of threads and files. */
    Future<?> stop() {
        Future<?> ended = jobs == null ? Future.succeededFuture() : jobs.leave();
        Future<?> moved = worker == null ? Future.succeededFuture() : worker.leave();
        return Future.join(ended, moved)
                .eventually(() -> jobs == null ? Future.succeededFuture() : vertx.executeBlocking(this::closeJobs))
                .eventually(this::closeQuietly)
                .eventually(() -> connections == null ? Future.succeededFuture() : connections.settled())
                .eventually(() -> leadership == null ? Future.succeededFuture() : vertx.undeploy(leadership))
                .eventually(() -> store == null ? Future.succeededFuture() : store.close());
    }

    private boolean closeJobs() {
        if (jobs != null) {
            jobs.close();
        }
        processes.close();
        engines.close();
        return true;
    }

    private Future<Void> closeQuietly() {
        if (live != null) {
            live.close();
        }
        if (edge != null) {
            edge.close();
        }
        if (host != null) {
            host.close();
        }
        return Future.succeededFuture();
    }
}
