package dev.skein.plane.review;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.skein.Contracts;
import dev.skein.bus.Bus;
import dev.skein.bus.Endpoint;
import dev.skein.bus.NodeAddress;
import dev.skein.cluster.Membership;
import dev.skein.coordinator.CoordinatorConfig;
import dev.skein.coordinator.CoordinatorVerticle;
import dev.skein.coordinator.leader.Term;
import dev.skein.git.GitConfig;
import dev.skein.job.host.Handlers;
import dev.skein.job.host.HostConfig;
import dev.skein.job.host.JobRuntime;
import dev.skein.job.run.JobSurroundings;
import dev.skein.kernel.SteadyClock;
import dev.skein.memory.Memory;
import dev.skein.memory.MemoryConfig;
import dev.skein.pipeline.Observation;
import dev.skein.pipeline.Observation.ReviewView;
import dev.skein.pipeline.Workers.Caller;
import dev.skein.pipeline.link.BusHostLink;
import dev.skein.process.Processes;
import dev.skein.review.engine.Engines;
import dev.skein.review.engine.ReviewEnginesConfig;
import dev.skein.review.run.Reviews;
import dev.skein.review.run.Reviews.Choice;
import dev.skein.review.run.Reviews.Created;
import dev.skein.review.run.Reviews.FindingPage;
import dev.skein.review.run.Reviews.Place;
import dev.skein.review.run.Reviews.View;
import dev.skein.router.review.ReviewRouterVerticle;
import dev.skein.router.review.copy.ReviewCopies.Means;
import dev.skein.router.review.copy.ReviewCopiesConfig;
import dev.skein.store.SqliteStore;
import dev.skein.store.Store;
import dev.skein.store.StoreConfig;
import dev.skein.worker.job.JobVerticle;
import dev.skein.worker.review.ReviewHandler;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One node that leads, reads directories and reviews. */
final class ReviewNode {
    static final Caller ANN = new Caller("ann", "admin", "r-1");
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final NodeAddress here = NodeAddress.of("node");
    final Bus bus = new Bus(vertx, here);
    private final SteadyClock clock = SteadyClock.system();
    private final Processes processes = new Processes();
    private final Path data;
    private final Engines engines = new Engines(vertx, ReviewEnginesConfig.DEFAULTS, InstantSource.system(), clock);
    GitConfig git = GitConfig.DEFAULTS;
    int copiesMax = ReviewCopiesConfig.DEFAULTS.copiesMax();
    Duration patience = DEADLINE;
    private final Set<NodeAddress> present = new CopyOnWriteArraySet<>(Set.of(here));
    private String router = "";
    private Store store;
    private JobRuntime runtime;

    ReviewNode(Path data) {
        this.data = data;
    }

    ReviewNode start() throws Exception {
        bus.register(Contracts.ALL);
        store = SqliteStore.open(vertx, data, StoreConfig.DEFAULTS, clock).await(60, SECONDS);
        var leader = new CoordinatorVerticle(
                bus,
                CoordinatorConfig.DEFAULTS,
                Term.sole(1, store),
                new BusHostLink(bus),
                Membership.alone(here),
                clock);
        vertx.deployVerticle(leader).await(60, SECONDS);
        startRouter();
        return this;
    }

    void startRouter() throws Exception {
        var copying = new Means(git, new ReviewCopiesConfig(copiesMax), copies(), clock, patience);
        router = vertx.deployVerticle(
                        new ReviewRouterVerticle(bus, ReviewEnginesConfig.DEFAULTS, engines, membership(), copying))
                .await(60, SECONDS);
    }

    void stopRouter() throws Exception {
        vertx.undeploy(router).await(60, SECONDS);
    }

    /** Keeps those busy who copy, until the latch is down. */
    CountDownLatch occupyGit() {
        var free = new CountDownLatch(1);
        var pool = vertx.createSharedWorkerExecutor("skein-git");
        for (int i = 0; i < 2; i++) {
            pool.executeBlocking(() -> free.await(60, SECONDS), false);
        }
        return free;
    }

    /** Another node, which serves nothing yet. */
    Bus joins(String node) {
        var its = new Bus(vertx, NodeAddress.of(node));
        present.add(its.here());
        return its;
    }

    private Membership membership() {
        var alone = Membership.alone(here);
        return new Membership() {
            @Override
            public Set<NodeAddress> present() {
                return present;
            }

            @Override
            public void onJoined(Consumer<NodeAddress> listener) {
                alone.onJoined(listener);
            }

            @Override
            public void onLeft(Consumer<NodeAddress> listener) {
                alone.onLeft(listener);
            }
        };
    }

    Path copies() {
        return data.resolve("reviews");
    }

    /** From now on somebody does jobs. */
    void startWorker() throws Exception {
        var handlers = new Handlers(
                List.of(new ReviewHandler(bus, Membership.alone(here), engines, null)),
                type -> new JobSurroundings(vertx, Map.of(), data, clock, processes));
        var around = new JobRuntime.Surroundings("node", List.of(), data.resolve("jobs"), clock);
        runtime = new JobRuntime(bus, HostConfig.DEFAULTS, handlers, Memory.of(MemoryConfig.DEFAULTS), around);
        vertx.deployVerticle(new JobVerticle(bus, runtime)).await(60, SECONDS);
    }

    void close() throws Exception {
        if (runtime != null) {
            runtime.close();
        }
        processes.close();
        engines.close();
        store.close().await(60, SECONDS);
        vertx.close().await(60, SECONDS);
    }

    Created create(Path root, String name) throws Exception {
        return create(Place.directory(root.toString()), name);
    }

    Created create(Place place, String name) throws Exception {
        var choice = new Choice("", List.of(), List.of(), 0, Map.of(), List.of(), 2);
        return askRouter(Reviews.CREATE, new Reviews.Create(place, name, choice, "", null, ANN));
    }

    <Q extends Record, R extends Record> R askRouter(Endpoint<Q, R> endpoint, Q question) throws Exception {
        return bus.askAt(here, endpoint, question, DEADLINE).await(60, SECONDS);
    }

    <Q extends Record, R extends Record> R ask(Endpoint<Q, R> endpoint, Q question) throws Exception {
        return bus.ask(endpoint, question, DEADLINE).await(60, SECONDS);
    }

    FindingPage findings(String run) throws Exception {
        return ask(Reviews.FINDINGS, new Reviews.Findings(run, null, null, 1_000));
    }

    /** The run as the live feed has it, once it is as it should be. */
    ReviewView watched(String run, Predicate<ReviewView> right) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            var view =
                    ask(Observation.SNAPSHOT, new Observation.Ask()).reviews().get(run);
            if (view != null && right.test(view)) {
                return view;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("not seen in time: " + view);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos()); // nobody tells
        }
    }

    View until(String run, Predicate<View> right) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (true) {
            var view = ask(Reviews.GET, new Reviews.Get(run));
            if (right.test(view)) {
                return view;
            }
            if (System.nanoTime() > end) {
                var tasks = ask(Reviews.TASKS, new Reviews.Tasks(run, null, 10, 0));
                throw new AssertionError("not right in time: " + view + " " + tasks);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos()); // nobody tells
        }
    }
}
