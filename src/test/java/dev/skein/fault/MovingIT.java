package dev.skein.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.fault.nodes.Api;
import dev.skein.fault.nodes.Api.Answer;
import dev.skein.fault.nodes.NodeProcess;
import dev.skein.fault.nodes.TestCluster;
import dev.skein.fault.nodes.TestCluster.Setup;
import dev.skein.fault.turns.MachineTurns;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines that move while a thousand numbered events arrive each second, through a route and a partition key. */
@Tag(MachineTurns.ALONE)
class MovingIT {
    private static final int WORKERS = 3;
    private static final int KEYS = 10;
    private static final Duration MOVE = Duration.ofSeconds(20);
    private static final Duration START = Duration.ofSeconds(30);
    private static final String GROUPS = Api.CLUSTER + "/pipeline-groups";
    private static final String GROUP = """
            {"name": "moving",
             "pipelines": [
               {"name": "shape", "source": "stream Shaped = Tick .emit(k: k, n: n)",
                "replicas": 2, "partition_key": "k"},
               {"name": "last", "source": "connector Seen = log()\\nstream Done = Shaped .to(Seen)"}],
             "routes": [
               {"from_pipeline": "_external", "to_pipeline": "shape", "event_types": ["Tick"]},
               {"from_pipeline": "shape", "to_pipeline": "last", "event_types": ["Shaped"]}]}""";

    @TempDir
    Path folder;

    private TestCluster cluster;
    private Api api;
    private String groupId;

    @BeforeEach
    void deploy() {
        var settings = "coordinator: {rebalance-delay: 2s}";
        cluster = TestCluster.start(folder, WORKERS, new Setup(NodeProcess.SMALL, NodeProcess.SMALL, settings));
        api = cluster.api;
        var group = api.post(GROUPS, GROUP);
        assertThat(group.body().path("status").asText()).as(cluster.tails()).isEqualTo("running");
        groupId = group.body().path("id").asText();
    }

    @AfterEach
    void stop() {
        if (cluster != null) { // it may never have started
            cluster.close();
        }
    }

    @Test
    void no_event_is_lost_doubled_or_reordered_while_pipelines_move_and_workers_restart() throws Exception {
        try (var watch = new Watch(api);
                var load = NumberedLoad.start(api, GROUPS + "/" + groupId, KEYS)) {
            api.postUntil(START, group("/inject"), "{\"event_type\": \"Warm\"}", answer -> answer.status() == 200);
            migrate("last");
            migrate("shape%230");
            drain(0);
            drain(1);
            restart(0);
            restart(1);
            rebalance();
            load.close();

            verify(load);
            assertThat(watch.slowest()).as("slowest list meanwhile").isLessThan(Duration.ofSeconds(1));
            assertThat(load.slowest()).as("slowest inject meanwhile").isLessThan(Duration.ofSeconds(1));
        }
    }

    private String group(String rest) {
        return GROUPS + "/" + groupId + rest;
    }

    /** To whichever worker it is not on. */
    private void migrate(String pipeline) {
        var from = workerOf(pipeline.replace("%23", "#"));
        var target = from.equals("worker-2") ? "worker-0" : "worker-2";
        var started = api.post(
                Api.CLUSTER + "/pipelines/" + groupId + "/" + pipeline + "/migrate",
                "{\"target_worker_id\": \"" + target + "\"}");
        assertThat(started.status()).as(started + cluster.tails()).isEqualTo(202);
        var path = Api.CLUSTER + "/migrations/"
                + started.body().path("migration_id").asText();
        var ended = api.getUntil(MOVE, path, MovingIT::hasEnded).body();
        assertThat(ended.path("status").asText()).as(cluster.tails()).isEqualTo("completed");
        assertThat(ended.path("state_moved").asBoolean()).isTrue();
        assertThat(workerOf(pipeline.replace("%23", "#"))).isEqualTo(target);
    }

    private static boolean hasEnded(Answer answer) {
        var status = answer.body().path("status").asText();
        return status.equals("completed") || status.startsWith("failed");
    }

    private String workerOf(String pipeline) {
        for (JsonNode placement : api.get(group("")).body().path("placements")) {
            if (placement.path("pipeline_name").asText().equals(pipeline)) {
                return placement.path("worker_id").asText();
            }
        }
        throw new AssertionError("no placement " + pipeline);
    }

    private void drain(int worker) {
        var path = Api.CLUSTER + "/workers/worker-" + worker;
        int held = api.get(path).body().path("assigned_pipelines").size();
        var drained = api.post(path + "/drain", "{\"timeout_secs\": 20}").body();
        assertThat(drained.path("status").asText())
                .as(drained + cluster.tails())
                .isEqualTo("drained");
        assertThat(drained.path("pipelines_migrated").asInt()).isEqualTo(held);
        assertThat(api.get(path).body().path("status").asText()).isEqualTo("draining");
        assertThat(api.post(path + "/drain", "")
                        .body()
                        .path("pipelines_migrated")
                        .asInt())
                .isZero();
        assertThat(api.post(path + "/uncordon", "").status()).isEqualTo(200);
    }

    private void restart(int worker) throws InterruptedException {
        cluster.worker(worker).signal("TERM");
        assertThat(cluster.worker(worker).exitCode(Duration.ofSeconds(35))).isZero();
        cluster.startWorker(worker);
        cluster.awaitReady(WORKERS);
    }

    /** Each worker has one of three placements in the end, whether that was asked for or came by itself. */
    private void rebalance() {
        assertThat(api.post(Api.CLUSTER + "/rebalance", "").status()).isEqualTo(200);
        api.getUntil(
                MOVE,
                Api.CLUSTER + "/workers",
                answer -> answer.body().path("workers").findValues("assigned_pipelines").stream()
                        .allMatch(assigned -> assigned.size() == 1));
        assertThat(api.post(Api.CLUSTER + "/rebalance", "")
                        .body()
                        .path("migrations_started")
                        .asInt())
                .isZero();
    }

    private void verify(NumberedLoad load) {
        assertThat(load.findings()).as(cluster.tails()).isEmpty();
        long expected =
                LongStream.range(0, KEYS).map(key -> load.sent((int) key)).sum();
        var seen = arrivals();
        for (int round = 0; round < 50 && seen.count() < expected; round++) {
            api.get(Api.CLUSTER + "/summary"); // what is on its way needs a moment
            seen = arrivals();
        }
        assertThat(seen.findings()).isEmpty();
        var byKey = seen.byKey();
        for (int key = 0; key < KEYS; key++) {
            assertThat(byKey.get("k" + key))
                    .as("numbers of key " + key)
                    .isEqualTo(LongStream.rangeClosed(1, load.sent(key)).boxed().toList());
        }
    }

    private Arrivals arrivals() {
        var arrivals = new Arrivals();
        for (int worker = 0; worker < WORKERS; worker++) {
            arrivals.read("worker-" + worker, cluster.worker(worker).output());
        }
        return arrivals;
    }
}
