package dev.skein.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.fault.nodes.Api;
import dev.skein.fault.nodes.TestCluster;
import dev.skein.fault.turns.MachineTurns;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a running group when processes are killed, stopped and started again. */
@Tag(MachineTurns.ALONE)
class FaultsIT {
    private static final String PIPELINES = Api.CLUSTER + "/pipeline-groups";
    private static final Duration FAILOVER = Duration.ofSeconds(10);
    private static final String EVENT = "{\"event_type\": \"X\", \"fields\": {\"v\": 1}}";
    private static final String GROUP = """
            {"name": "faults",
             "pipelines": [
               {"name": "one", "source": "stream A = X .emit(v: v)", "worker_affinity": "worker-0"},
               {"name": "two", "source": "stream B = Y .emit(v: v)", "worker_affinity": "worker-1"}],
             "routes": [
               {"from_pipeline": "_external", "to_pipeline": "one", "event_types": ["X"]},
               {"from_pipeline": "_external", "to_pipeline": "two", "event_types": ["Y"]}]}""";

    @TempDir
    Path folder;

    private TestCluster cluster;
    private String group;

    @BeforeEach
    void deploy() {
        cluster = TestCluster.start(folder, 2);
        var answer = cluster.api.post(PIPELINES, GROUP);
        assertThat(answer.body().path("status").asText()).as(cluster.tails()).isEqualTo("running");
        group = PIPELINES + "/" + answer.body().path("id").asText();
        assertThat(injectedInto("worker-0")).isTrue();
    }

    @AfterEach
    void stop() {
        if (cluster != null) { // it may never have started
            cluster.close();
        }
    }

    @Test
    void the_pipelines_of_a_killed_worker_answer_elsewhere_and_the_api_never_stalls() throws Exception {
        try (var watch = new Watch(cluster.api)) {
            cluster.worker(0).kill();

            cluster.api.getUntil(
                    Duration.ofSeconds(3),
                    Api.CLUSTER + "/workers/worker-0",
                    answer -> answer.body().path("status").asText().equals("unhealthy"));
            cluster.api.postUntil(
                    FAILOVER,
                    group + "/inject",
                    EVENT,
                    answer -> answer.body().path("worker_id").asText().equals("worker-1"));

            assertThat(watch.slowest()).as("slowest answer meanwhile").isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void a_coordinator_killed_and_started_again_has_lost_nothing() throws Exception {
        cluster.coordinator().kill();
        cluster.startCoordinator();
        cluster.awaitReady(2);

        var answer = cluster.api.postUntil(Duration.ofSeconds(20), group + "/inject", EVENT, a -> a.status() == 200);
        assertThat(answer.body().path("worker_id").asText()).isEqualTo("worker-0");
        var placements = cluster.api.get(group).body().path("placements");
        assertThat(placements.findValuesAsText("epoch"))
                .as("adopted, not deployed again")
                .containsOnly("1");
    }

    @Test
    void a_worker_that_sleeps_for_half_a_minute_is_replaced_and_fenced_when_it_wakes() throws Exception {
        long stopped = System.nanoTime();
        cluster.worker(0).signal("STOP");
        cluster.api.postUntil(
                Duration.ofSeconds(25),
                group + "/inject",
                EVENT,
                a -> a.body().path("worker_id").asText().equals("worker-1"));
        cluster.api.getUntil(Duration.ofSeconds(40), "/health", answer -> secondsSince(stopped) >= 30);
        cluster.worker(0).signal("CONT");

        cluster.awaitReady(2);
        cluster.api.getUntil(
                Duration.ofSeconds(20),
                Api.CLUSTER + "/workers/worker-0",
                answer -> answer.body().path("pipelines_running").asInt() == 0);
        assertThat(injectedInto("worker-1")).isTrue();
    }

    @Test
    void a_second_coordinator_with_a_file_of_its_own_is_refused_with_a_sentence() throws Exception {
        var late = cluster.startLateCoordinator();

        assertThat(late.exitCode(Duration.ofSeconds(60))).isEqualTo(1);
        assertThat(late.output()).contains("is a coordinator already and with SQLite there is one coordinator");
        assertThat(injectedInto("worker-0")).isTrue();
    }

    private static long secondsSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toSeconds();
    }

    private boolean injectedInto(String worker) {
        var answer = cluster.api.post(group + "/inject", EVENT);
        return answer.body().path("worker_id").asText().equals(worker);
    }
}
