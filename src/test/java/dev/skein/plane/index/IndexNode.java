package dev.skein.plane.index;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.skein.Contracts;
import dev.skein.audit.Deed;
import dev.skein.bus.Bus;
import dev.skein.bus.Endpoint;
import dev.skein.bus.NodeAddress;
import dev.skein.bus.seal.Credentials;
import dev.skein.bus.seal.Envelope;
import dev.skein.cluster.Membership;
import dev.skein.coordinator.CoordinatorConfig;
import dev.skein.coordinator.CoordinatorVerticle;
import dev.skein.coordinator.fleet.Detection;
import dev.skein.coordinator.leader.Term;
import dev.skein.git.GitConfig;
import dev.skein.index.IndexConfig;
import dev.skein.index.overlay.Documents;
import dev.skein.index.query.Queries;
import dev.skein.index.query.Queries.Answer;
import dev.skein.index.query.Queries.Wanted;
import dev.skein.index.search.SymbolQuery.Order;
import dev.skein.index.workspace.Workspaces;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.kernel.Problem;
import dev.skein.kernel.SteadyClock;
import dev.skein.memory.Budget;
import dev.skein.memory.Effective;
import dev.skein.memory.Memory;
import dev.skein.memory.Reservations;
import dev.skein.memory.Usage;
import dev.skein.pipeline.Migrations;
import dev.skein.pipeline.Workers;
import dev.skein.pipeline.Workers.Caller;
import dev.skein.pipeline.Workers.Capacity;
import dev.skein.pipeline.link.BusHostLink;
import dev.skein.router.index.IndexRouterVerticle;
import dev.skein.router.repository.RepositoryVerticle;
import dev.skein.store.SqliteStore;
import dev.skein.store.Store;
import dev.skein.store.StoreConfig;
import dev.skein.worker.index.IndexVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** One node that leads, reads directories and keeps shards. */
public final class IndexNode {
    static final Caller ANN = new Caller("ann", "admin", "r-1");
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final IndexConfig CONFIG = config(Duration.ofMillis(50));

    private final Vertx vertx = Vertx.vertx();
    private final NodeAddress here = NodeAddress.of("node");
    final List<Deed> deeds = new CopyOnWriteArrayList<>(); // noted in the audit
    public final Bus bus = new Bus(vertx, here, Credentials.NONE, deeds::add);
    final Traffic traffic = new Traffic(vertx);
    private final SteadyClock clock = SteadyClock.system();
    volatile long resident; // bytes of this process, as its memory believes
    final Memory memory = new Memory(
            new Effective(1L << 30, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), 1L << 30),
            Budget.of(1L << 30),
            new Reservations(1L << 20),
            () -> new Usage(OptionalLong.of(resident), 0, 0, 0, 0, 0));
    private final Path data;
    private Store store;
    private String router = "";
    private String worker = "";
    private String secondWorker = "";
    private String leader = "";
    private String repositories = "";
    volatile Duration ahead = Duration.ZERO; // the clock of those who copy repositories
    private long epoch;
    private NodeAddress asked = here; // whose router
    private volatile NodeAddress second; // null without

    private IndexConfig its = CONFIG;
    private CoordinatorConfig watch = CoordinatorConfig.DEFAULTS;
    private long secondBeats; // a timer

    public IndexNode(Path data) {
        this.data = data;
    }

    private static IndexConfig config(Duration poll) {
        return new IndexConfig(
                poll,
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                32 << 20,
                256 << 10,
                64 << 20,
                1 << 20,
                Duration.ofMinutes(5),
                false, // so that contents are sent
                Duration.ofHours(1));
    }

    /** One that looks at directories so seldom that nothing is found by that. */
    IndexNode seldom() {
        its = config(Duration.ofHours(1));
        return this;
    }

    /** One whose leader gives workers up as soon as it can and whose router waits for none of them. */
    IndexNode impatient() {
        var all = CoordinatorConfig.DEFAULTS;
        watch = new CoordinatorConfig(
                all.clusterName(),
                all.heartbeats(),
                new Detection(all.detection().restTimeout(), Duration.ofMillis(2_500), Duration.ofSeconds(4)),
                all.sweepInterval(),
                all.leaveDeadline(),
                all.limits(),
                all.moves());
        its = new IndexConfig(
                its.pollInterval(),
                its.staleAfter(),
                Duration.ofMillis(250),
                its.shardBytes(),
                its.creditBytes(),
                its.overlayBytes(),
                its.overlayMemoryBytes(),
                its.sessionLease(),
                its.readLocal(),
                its.cacheKeep());
        return this;
    }

    public IndexNode start() throws Exception {
        bus.register(Contracts.ALL);
        store = SqliteStore.open(vertx, data, StoreConfig.DEFAULTS, clock).await(20, SECONDS);
        lead();
        var register = new Workers.Register(
                "worker-0",
                "http://localhost:1",
                "",
                "i-1",
                new Capacity(1, 0, 100),
                List.of(),
                here.toString(),
                List.of("worker"),
                true);
        bus.ask(Workers.REGISTER, register, DEADLINE).await(20, SECONDS);
        vertx.setPeriodic(1_000, tick -> beat("worker-0", "i-1"));
        startWorker();
        startRouter();
        return this;
    }

    /** The next term of the leader, after the end of the one before. */
    void lead() throws Exception {
        if (!leader.isEmpty()) {
            vertx.undeploy(leader).await(20, SECONDS);
        }
        var term = Term.sole(++epoch, store);
        var links = new BusHostLink(bus);
        var verticle = new CoordinatorVerticle(bus, watch, term, links, Membership.alone(here), clock);
        leader = vertx.deployVerticle(verticle).await(20, SECONDS);
    }

    private void beat(String id, String incarnation) {
        var beat = new Workers.Heartbeat(id, incarnation, 0, 0, null, List.of(), null, 0, null, true);
        bus.ask(Workers.HEARTBEAT, beat, DEADLINE);
    }

    void startWorker() throws Exception {
        worker = vertx.deployVerticle(
                        new IndexVerticle(bus, CONFIG, data.resolve("index"), memory, InstantSource.system(), clock))
                .await(20, SECONDS);
    }

    /** Another node with a worker, who is given shards that are added from now on. */
    public void startSecondWorker() throws Exception {
        var other = secondBus();
        secondWorker = vertx.deployVerticle(new IndexVerticle(
                        other, CONFIG, data.resolve("index-2"), memory, InstantSource.system(), clock))
                .await(20, SECONDS);
        registerSecond(other);
    }

    /** One that answers every search in its own way, and nothing else. */
    void startLiar(Function<Queries.Search, Queries.Part> lie) throws Exception {
        var other = secondBus();
        other.serveHere(Queries.SEARCH, ask -> Future.succeededFuture(lie.apply(ask)));
        registerSecond(other);
    }

    private Bus secondBus() {
        return new Bus(vertx, NodeAddress.of("second"));
    }

    private void registerSecond(Bus other) throws Exception {
        bus.ask(Workers.REGISTER, second(other.here().toString()), DEADLINE).await(20, SECONDS);
        secondBeats = vertx.setPeriodic(1_000, tick -> beat("worker-1", "i-2"));
    }

    static Workers.Register second(String life) {
        return new Workers.Register(
                "worker-1",
                "http://localhost:2",
                "",
                "i-2",
                new Capacity(1, 0, 100),
                List.of(),
                life,
                List.of("worker"),
                true);
    }

    /** Asks as another node would that has been let in; fails with what it is told. */
    void askAs(String life, String address, Record question) throws Exception {
        var origin = new Envelope.Origin(NodeAddress.parse(life), 1, null);
        vertx.eventBus()
                .request(address, new Envelope(address, question, origin))
                .await(20, SECONDS);
    }

    /** Its leader hears nothing of it any more. */
    void silenceSecondWorker() {
        vertx.cancelTimer(secondBeats);
    }

    void stopSecondWorker() throws Exception {
        vertx.undeploy(secondWorker).await(20, SECONDS);
    }

    /** Has the leader give its shards to others. */
    void drainFirstWorker() throws Exception {
        bus.ask(Migrations.DRAIN, new Migrations.Drain("worker-0", null, false, null, ANN), DEADLINE)
                .await(20, SECONDS);
    }

    void stopWorker() throws Exception {
        vertx.undeploy(worker).await(20, SECONDS);
    }

    void startRouter() throws Exception {
        router = deploy(bus);
        asked = here;
    }

    /** One of another node, which has no directories of its own. */
    void startOtherRouter() throws Exception {
        var other = new Bus(vertx, NodeAddress.of("other"));
        router = deploy(other);
        asked = other.here();
    }

    /** One more, which is asked by nobody but the first. */
    void startSecondRouter() throws Exception {
        second = second == null ? NodeAddress.of("second") : second;
        deploy(new Bus(vertx, second));
    }

    /** It is present, but takes nothing until it is started. */
    MessageConsumer<?> announceSecondRouter(Runnable refused) {
        second = NodeAddress.of("second");
        return new Bus(vertx, second).serveHere(Documents.COPY, copy -> {
            refused.run();
            return Future.failedFuture(Problem.busy("it starts"));
        });
    }

    /** Waits until the second router has copies of these documents and no others. */
    void awaitCopies(String workspace, List<String> paths) throws Exception {
        var id = askLeader(Workspaces.GET, new Workspaces.Get(workspace)).id();
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        List<String> copied = List.of();
        while (!copied.equals(paths)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not copied in time: " + copied);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos()); // copies are made when there is time
            var found = bus.askAt(second, Documents.COPIES, new Documents.AskCopies(id, ""), DEADLINE)
                    .await(20, SECONDS);
            copied = found.documents().stream().map(Documents.Copy::path).toList();
        }
    }

    private Membership both(Bus of) {
        return new Membership() {
            @Override
            public Set<NodeAddress> present() {
                return second == null ? Set.of(of.here()) : Set.of(here, second);
            }

            @Override
            public void onJoined(Consumer<NodeAddress> listener) {} // looked at again and again

            @Override
            public void onLeft(Consumer<NodeAddress> listener) {} // as above
        };
    }

    private String deploy(Bus bus) throws Exception {
        return vertx.deployVerticle(new IndexRouterVerticle(
                        bus, its, data.resolve(bus.here().node()), both(bus), InstantSource.system(), clock))
                .await(20, SECONDS);
    }

    /** Copies of repositories. */
    void startRepositories(GitConfig git) throws Exception {
        var verticle = new RepositoryVerticle(
                bus,
                git,
                clones(),
                Membership.alone(here),
                () -> clock.instant().plus(ahead));
        repositories = vertx.deployVerticle(verticle).await(20, SECONDS);
    }

    void stopRepositories() throws Exception {
        vertx.undeploy(repositories).await(20, SECONDS);
    }

    /** Where these are. */
    Path clones() {
        return data.resolve("clones");
    }

    void stopRouter() throws Exception {
        vertx.undeploy(router).await(20, SECONDS);
    }

    public void close() throws Exception {
        store.close().await(20, SECONDS);
        vertx.close().await(20, SECONDS);
    }

    public View add(String name, Path root, String... sourceRoots) throws Exception {
        return ask(Workspaces.CREATE, new Workspaces.Create(name, root.toString(), List.of(sourceRoots), ANN));
    }

    List<Queries.ShardStatus> shards(String workspace) throws Exception {
        return ask(Queries.STATUS, new Queries.Status(workspace)).shards();
    }

    /** Asks the router. */
    <Q extends Record, R extends Record> R ask(Endpoint<Q, R> endpoint, Q question) throws Exception {
        return bus.askAt(asked, endpoint, question, DEADLINE).await(20, SECONDS);
    }

    /** Asks the leader. */
    <Q extends Record, R extends Record> R askLeader(Endpoint<Q, R> endpoint, Q question) throws Exception {
        return bus.ask(endpoint, question, DEADLINE).await(20, SECONDS);
    }

    Answer find(String workspace, String query) throws Exception {
        return ask(Queries.SYMBOLS, new Queries.Symbols(workspace, new Wanted(query, Set.of(), 100, Order.SKEIN)));
    }

    /** Asks until the answer is right; fails with the last one. */
    public Answer findUntil(String workspace, String query, Predicate<Answer> right) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            var answer = find(workspace, query);
            if (right.test(answer)) {
                return answer;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("not right in time: " + answer);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos()); // the router polls, and tells nobody
        }
    }

    public static boolean isWhole(Answer answer) {
        var coverage = answer.coverage();
        return coverage.shardsAnswered() == coverage.shardsTotal() && !coverage.stale();
    }
}
