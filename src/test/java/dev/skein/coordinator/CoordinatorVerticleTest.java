package dev.skein.coordinator;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.bus.Bus;
import dev.skein.bus.Endpoint;
import dev.skein.bus.NodeAddress;
import dev.skein.cluster.Membership;
import dev.skein.coordinator.leader.Term;
import dev.skein.kernel.Problem;
import dev.skein.kernel.SteadyClock;
import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.Groups;
import dev.skein.pipeline.Observation;
import dev.skein.pipeline.Routing;
import dev.skein.pipeline.Workers;
import dev.skein.pipeline.Workers.Memory;
import dev.skein.store.SqliteStore;
import dev.skein.store.Store;
import dev.skein.store.StoreConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole coordinator on a real store and a real bus, with workers behind the port. */
class CoordinatorVerticleTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String PROGRAM = "stream S = A .emit(x: 1)";

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setBlockedThreadCheckInterval(200));
    private final SteadyClock clock = SteadyClock.system();
    private final FakeWorkers workers = new FakeWorkers();
    private final Bus bus = new Bus(vertx, new NodeAddress("coordinator-1", "1"));
    private long epoch;
    private Store store;
    private String deployed;

    @BeforeEach
    void start() throws Exception {
        bus.register(
                List.of(Workers.REGISTER, Workers.HEARTBEAT, Workers.LEAVE, Workers.DELETE, Workers.GET, Workers.LIST));
        bus.register(List.of(Groups.DEPLOY, Groups.GET, Groups.LIST, Groups.DELETE));
        bus.register(List.of(Routing.TABLES, Routing.CHANGED, Observation.SNAPSHOT));
        open();
    }

    @AfterEach
    void stop() throws Exception {
        store.close().await(10, SECONDS);
        vertx.close().await(10, SECONDS);
    }

    @Test
    void a_deployed_group_runs_is_shown_and_is_routed() throws Exception {
        register("w0");
        var changed = new CompletableFuture<Routing.Changed>();
        bus.subscribe(Routing.CHANGED, news -> {
            if (news.version() > 0) { // that it has begun is announced as version 0
                changed.complete(news);
            }
        });
        var view = deploy("ingest");

        assertThat(view.status()).isEqualTo("running");
        assertThat(view.placements().get(0).workerAddress()).isEqualTo("http://localhost:9000");
        assertThat(ask(Groups.GET, new Groups.Get(view.id()))).isEqualTo(view);
        assertThat(changed.get(5, SECONDS).version()).isPositive();
        var target = ask(Routing.TABLES, new Routing.Since("", 0))
                .changed()
                .get(0)
                .destinations()
                .get(0)
                .targets()
                .get(0);
        assertThat(target.running()).isTrue();
        assertThat(target.node()).isEqualTo("w0@1");
    }

    @Test
    void after_a_restart_groups_workers_and_placements_are_the_same_and_adopted() throws Exception {
        register("w0");
        register("w1");
        var view = deploy("a", "b", "c");
        workers.orders.clear();
        reopen();

        assertThat(ask(Groups.GET, new Groups.Get(view.id()))).isEqualTo(view);
        beat("w0");
        beat("w1");
        assertThat(ask(Workers.GET, new Workers.Get("w0")).status()).isEqualTo("ready");
        assertThat(workers.orders).isEmpty();
        assertThat(deploy("d").placements().get(0).workerId())
                .as("round robin goes on")
                .isEqualTo("w1");
        assertThat(snapshot().epoch()).isEqualTo(2);
    }

    @Test
    void a_full_store_refuses_changes_while_reads_and_heartbeats_go_on() throws Exception {
        register("w0");
        deploy("a");
        store.write(tx -> tx.query("PRAGMA max_page_count=1", row -> row.getInt(1)))
                .await(5, SECONDS);
        var large = new Groups.Deploy(spec(" ".repeat(500_000), "big"), Rig.CALLER);

        assertThatThrownBy(() -> ask(Groups.DEPLOY, large))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("storage_full"));
        assertThat(snapshot().alerts()).containsKey("store-not-writable");
        assertThat(beat("w0").acknowledged()).isTrue();
        assertThat(ask(Groups.LIST, new Groups.ListAll(50, 0)).total()).isEqualTo(1);
        assertThat(deploy("b").status()).isEqualTo("running");
        assertThat(snapshot().alerts()).isEmpty();
    }

    @Test
    void changes_are_audited_with_who_and_why() throws Exception {
        register("w0");
        var view = deploy("a");
        ask(Groups.DELETE, new Groups.Delete(view.id(), Rig.CALLER));

        var lines = store.read(tx -> tx.query(
                        "SELECT who, role, what, target, outcome, request_id FROM audit ORDER BY seq",
                        row -> String.join(
                                " ", row.getString(1), row.getString(2), row.getString(3), row.getString(6))))
                .await(5, SECONDS);
        assertThat(lines)
                .containsExactly(
                        "coordinator system worker.register ",
                        "tester admin group.deploy r-1",
                        "tester admin group.delete r-1");
    }

    @Test
    void a_thousand_pipelines_deploy_while_reads_are_answered() throws Exception {
        IntStream.range(0, 4).forEach(i -> register("w" + i));
        var names = IntStream.range(0, 10).mapToObj(i -> "p" + i).toArray(String[]::new);
        var start = clock.instant();
        var groups = new ArrayList<Future<Groups.View>>();
        for (int i = 0; i < 100; i++) {
            groups.add(bus.ask(Groups.DEPLOY, new Groups.Deploy(spec(PROGRAM, names), Rig.CALLER), LONG));
        }
        var asked = clock.instant();
        ask(Workers.LIST, new Workers.ListAll(50, 0));
        var read = Duration.between(asked, clock.instant());
        Future.all(groups).await(30, SECONDS);

        print("1,000 pipelines in 100 groups on 4 workers", start);
        System.out.println("a read meanwhile took " + read.toMillis() + " ms");
        assertThat(groups).allMatch(group -> group.result().status().equals("running"));
        assertThat(IntStream.range(0, 4).mapToObj(i -> workers.on("w" + i).size()))
                .containsOnly(250);
    }

    private void print(String what, Instant start) {
        System.out.println(
                what + ": " + Duration.between(start, clock.instant()).toMillis() + " ms");
    }

    private void open() throws Exception {
        store = SqliteStore.open(vertx, directory, StoreConfig.DEFAULTS, clock).await(20, SECONDS);
        var verticle = new CoordinatorVerticle(
                bus,
                CoordinatorConfig.DEFAULTS,
                Term.sole(++epoch, store),
                workers,
                Membership.alone(bus.here()),
                clock);
        deployed = vertx.deployVerticle(verticle).await(10, SECONDS);
    }

    private void reopen() throws Exception {
        vertx.undeploy(deployed).await(5, SECONDS);
        store.close().await(10, SECONDS);
        open();
    }

    private void register(String id) {
        var capacity = new Workers.Capacity(4, 0, 1_000);
        var request = new Workers.Register(
                id, "http://localhost:9000", "key", "1", capacity, List.of(), id + "@1", List.of("worker"), false);
        try {
            ask(Workers.REGISTER, request);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Workers.HeartbeatAck beat(String id) throws Exception {
        var running = workers.on(id);
        return ask(
                Workers.HEARTBEAT,
                new Workers.Heartbeat(id, "1", 0, running.size(), List.of(), running, Memory.UNKNOWN, 0, null, true));
    }

    private Groups.View deploy(String... names) throws Exception {
        return ask(Groups.DEPLOY, new Groups.Deploy(spec(PROGRAM, names), Rig.CALLER));
    }

    private static GroupSpec spec(String program, String... names) {
        var pipelines = Stream.of(names)
                .map(name -> new GroupSpec.PipelineSpec(name, program, null, null, null))
                .toList();
        return new GroupSpec("g", pipelines, null, null);
    }

    private Observation.Snapshot snapshot() throws Exception {
        return ask(Observation.SNAPSHOT, new Observation.Ask());
    }

    private <Q extends Record, R extends Record> R ask(Endpoint<Q, R> endpoint, Q request) throws Exception {
        return bus.ask(endpoint, request, LONG).await(30, SECONDS);
    }
}
