package dev.skein.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.fault.network.Namespaces;
import dev.skein.fault.network.NetworkCluster;
import dev.skein.fault.nodes.Api;
import dev.skein.fault.nodes.TestCluster;
import dev.skein.fault.turns.MachineTurns;
import dev.skein.store.EmbeddedServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The leader and one worker are cut off from the store and all others, on hosts of the kernel's namespaces. */
@Tag(MachineTurns.ALONE)
class PartitionIT {
    private static final Duration FOREVER = Duration.ofSeconds(60);
    private static final Duration REFUSAL = Duration.ofSeconds(12);
    private static final Duration FAILOVER = Duration.ofSeconds(30);
    private static final Duration HEALING = Duration.ofSeconds(30);
    private static final int WORKERS = 3;
    private static final int WRITES_PER_SECOND = 10;
    private static final String GROUPS = Api.CLUSTER + "/pipeline-groups";
    private static final String GROUP = """
            {"name": "parted",
             "pipelines": [
               {"name": "one", "source": "connector Seen = log()\\nstream A = X .to(Seen)",
                "worker_affinity": "worker-0"},
               {"name": "two", "source": "stream B = Y .emit(v: v)", "worker_affinity": "worker-1"}],
             "routes": [
               {"from_pipeline": "_external", "to_pipeline": "one", "event_types": ["X"]},
               {"from_pipeline": "_external", "to_pipeline": "two", "event_types": ["Y"]}]}""";
    private static final String WRITE = "{\"worker_id\": \"late\", \"address\": \"http://127.0.0.1:1\","
            + " \"api_key\": \"k\", \"capacity\": {\"cpu_cores\": 1, \"pipelines_running\": 0, \"max_pipelines\": 0}}";
    private static final String UNNAMED = "{\"event_type\": \"X\", \"fields\": {}}";
    private static final int CUT_WORKER = NetworkCluster.worker(0);
    private static final int SAFE_WORKER = NetworkCluster.worker(1);

    @TempDir
    Path folder;

    private NetworkCluster cluster;
    private int leader;
    private int survivor;
    private String group;
    private Effects effects;

    @BeforeEach
    void deploy() {
        var missing = Namespaces.missing();
        if (!missing.isEmpty()) {
            System.out.println("partitions are not tested: " + missing);
        }
        assumeTrue(missing.isEmpty(), missing);
        cluster = NetworkCluster.start(folder, WORKERS, EmbeddedServer.database());
        var ready = cluster.api(0).getUntil(FOREVER, "/ready", answer -> answer.status() == 200);
        leader = ready.body().path("leader").asText().equals(NetworkCluster.id(0)) ? 0 : 1;
        survivor = 1 - leader;
        var deployed = cluster.api(survivor).post(GROUPS, GROUP);
        assertThat(deployed.body().path("status").asText()).as(cluster.tails()).isEqualTo("running");
        group = GROUPS + "/" + deployed.body().path("id").asText();
        effects = new Effects(group + "/inject");
    }

    @AfterEach
    void stop() {
        if (cluster != null) { // it may never have started
            cluster.close();
        }
    }

    @Test
    void a_leader_and_a_worker_cut_off_for_half_a_minute_do_no_harm_and_come_back_by_themselves() throws Exception {
        survives(Duration.ofSeconds(30));
    }

    @Test
    @Tag("long")
    void a_leader_and_a_worker_cut_off_for_a_minute_and_a_half_do_no_harm_and_come_back_by_themselves()
            throws Exception {
        survives(Duration.ofSeconds(90));
    }

    private void survives(Duration length) throws Exception {
        var everywhere = List.of(cluster.api(leader), cluster.api(survivor), cluster.api(CUT_WORKER));
        try (var writers = new Writers(WRITES_PER_SECOND, everywhere)) {
            effects.startThrough(cluster.api(CUT_WORKER), "a");
            effects.startThrough(cluster.api(SAFE_WORKER), "b");
            cluster.api(survivor)
                    .getUntil(
                            FOREVER, "/ready", answer -> writers.acknowledged().size() > 2 * WRITES_PER_SECOND);

            cluster.cut(leader, CUT_WORKER);
            var cut = Instant.now();
            awaitTakeover(cut);
            cluster.api(survivor)
                    .getUntil(length, "/health", answer -> Instant.now().isAfter(cut.plus(length)));
            var late = cluster.api(leader).post(Api.CLUSTER + "/workers/register", WRITE);
            assertThat(late.status()).as("%s", late).isEqualTo(503);

            cluster.heal(leader, CUT_WORKER);
            awaitOneCluster(Instant.now());
            writers.stop(Duration.ofSeconds(20));
            effects.close();
            verify(writers);
        } finally {
            effects.close();
        }
    }

    private void awaitTakeover(Instant cut) {
        CompletableFuture.allOf(
                        CompletableFuture.runAsync(() -> awaitRefusal(cut)),
                        CompletableFuture.runAsync(() -> awaitLeader(cut)))
                .join();
        cluster.api(SAFE_WORKER)
                .postUntil(
                        FAILOVER,
                        group + "/inject",
                        UNNAMED,
                        answer -> answer.status() == 200
                                && !answer.body().path("worker_id").asText().equals("worker-0"));
        report("the cut worker's pipeline answers elsewhere", cut);
    }

    private void awaitRefusal(Instant cut) {
        var refused = cluster.api(leader)
                .postUntil(
                        REFUSAL,
                        Api.CLUSTER + "/workers/register",
                        WRITE,
                        answer -> answer.body().path("code").asText().equals("no_leader"));
        report("writes refused by the side that is cut off", cut);
        assertThat(refused.retryAfter()).isNotEmpty();
        assertThat(Instant.now()).as("refusal").isBefore(cut.plus(REFUSAL));
    }

    private void awaitLeader(Instant cut) {
        cluster.api(survivor).getUntil(FOREVER, "/ready", this::isLedBySurvivor);
        report("led by the other side", cut);
        assertThat(Instant.now()).as("takeover").isBefore(cut.plus(FAILOVER));
    }

    private void awaitOneCluster(Instant healed) {
        cluster.api(leader).getUntil(HEALING, "/ready", this::isLedBySurvivor);
        IntStream.range(0, NetworkCluster.COORDINATORS + WORKERS).forEach(node -> {
            var api = cluster.api(node);
            api.getUntil(
                    HEALING,
                    Api.CLUSTER + "/workers?limit=1000",
                    answer -> TestCluster.ready(answer.body()) == WORKERS);
            api.postUntil(HEALING, group + "/inject", UNNAMED, answer -> answer.status() == 200);
        });
        cluster.api(leader).getUntil(HEALING, Api.CLUSTER + "/workers?limit=1000", answer -> copies() == 2);
        report("one cluster after healing", healed);
        assertThat(Instant.now()).as("healing").isBefore(healed.plus(HEALING));
    }

    /** Running on all workers together, as each of them says itself. */
    private int copies() {
        return IntStream.range(0, WORKERS)
                .map(number -> cluster.api(NetworkCluster.worker(number))
                        .get("/api/v1/pipelines")
                        .body()
                        .path("pipelines")
                        .size())
                .sum();
    }

    private void verify(Writers writers) {
        assertThat(LeaderIT.workersOf(cluster.api(survivor)))
                .as("acknowledged writes, refused: %s", writers.refused())
                .containsAll(writers.acknowledged());
        IntStream.range(0, WORKERS)
                .map(NetworkCluster::worker)
                .forEach(node ->
                        effects.read(NetworkCluster.id(node), cluster.node(node).output()));
        System.out.println(effects + ", writes refused: " + writers.refused());
        assertThat(effects.findings()).isEmpty();
        assertThat(effects.count()).isPositive();
    }

    private boolean isLedBySurvivor(Api.Answer ready) {
        return ready.body().path("leader").asText().equals(NetworkCluster.id(survivor));
    }

    private static void report(String what, Instant since) {
        System.out.printf(
                "%s: %d ms%n", what, Duration.between(since, Instant.now()).toMillis());
    }
}
