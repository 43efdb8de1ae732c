package dev.skein.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.fault.nodes.Api;
import dev.skein.fault.nodes.TestCluster;
import dev.skein.fault.turns.MachineTurns;
import dev.skein.store.EmbeddedServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two coordinators on one PostgreSQL: what becomes of writes and placements when the leader dies or sleeps. */
@Tag(MachineTurns.ALONE)
class LeaderIT {
    private static final Duration TAKEOVER = Duration.ofSeconds(12);
    private static final Duration CHANGE = Duration.ofSeconds(10); // an unanswered change fails after that
    private static final Duration WAKING = Duration.ofSeconds(1);
    private static final Duration FOREVER = Duration.ofSeconds(60);
    private static final int WRITES_PER_SECOND = 200;
    private static final String GROUPS = Api.CLUSTER + "/pipeline-groups";
    private static final String GROUP = """
            {"name": "led", "pipelines": [{"name": "one", "source": "stream A = X .emit(v: v)"}],
             "routes": [{"from_pipeline": "_external", "to_pipeline": "one", "event_types": ["X"]}]}""";
    private static final String EVENT = "{\"event_type\": \"X\", \"fields\": {\"v\": 1}}";

    @TempDir
    Path folder;

    private TestCluster cluster;
    private int leader;
    private Api survivor;
    private String group;

    @BeforeEach
    void deploy() {
        cluster = TestCluster.startPair(folder, 1, EmbeddedServer.database());
        var ready = cluster.apiOfCoordinator(1).getUntil(FOREVER, "/ready", answer -> answer.status() == 200);
        leader = ready.body().path("leader").asText().equals(TestCluster.coordinatorId(0)) ? 0 : 1;
        survivor = cluster.apiOfCoordinator(1 - leader);
        group = GROUPS + "/" + survivor.post(GROUPS, GROUP).body().path("id").asText();
        assertThat(survivor.post(group + "/inject", EVENT).status())
                .as(cluster.tails())
                .isEqualTo(200);
    }

    @AfterEach
    void stop() {
        if (cluster != null) { // it may never have started
            cluster.close();
        }
    }

    @Test
    void a_leader_killed_under_load_is_replaced_in_time_and_nothing_acknowledged_is_lost() throws Exception {
        try (var writers = new Writers(WRITES_PER_SECOND, List.of(survivor, cluster.apiOfWorker(0)))) {
            survivor.getUntil(
                    FOREVER, "/ready", answer -> writers.acknowledged().size() > 2 * WRITES_PER_SECOND);
            cluster.coordinator(leader).kill();
            var killed = Instant.now();
            var stored = survivor.getUntil(TAKEOVER, group, Api.Answer::isStale);
            System.out.printf("read from the store %d ms after the kill%n", since(killed));
            assertThat(stored.body().path("placements").findValuesAsText("epoch"))
                    .containsOnly("1");

            survivor.getUntil(FOREVER, "/ready", answer -> isLedBySurvivor(answer) && wroteAfter(writers, killed));
            var goOnUntil = Instant.now().plusSeconds(2);
            survivor.getUntil(FOREVER, "/ready", answer -> Instant.now().isAfter(goOnUntil));
            writers.stop(Duration.ofSeconds(20));

            var takeover = Duration.between(killed, writers.firstAfter(killed.plusSeconds(1)));
            System.out.printf(
                    "first write %d ms after the kill; %,d acknowledged, refused: %s, the slowest after %d ms%n",
                    takeover.toMillis(),
                    writers.acknowledged().size(),
                    writers.refused(),
                    writers.slowestRefusal().toMillis());
            assertThat(takeover).as("until the next acknowledged write").isLessThan(TAKEOVER);
            assertThat(writers.refused().keySet())
                    .as("answers: %s", writers.refused())
                    .isSubsetOf("503 no_leader");
            assertThat(writers.slowestRefusal()).as("nobody waits for the dead").isLessThan(CHANGE);
            assertThat(workersOf(survivor)).as(cluster.tails()).containsAll(writers.acknowledged());
            assertThat(survivor.get(group).body().path("placements").findValuesAsText("epoch"))
                    .as("adopted, not deployed again")
                    .containsOnly("1");
            assertThat(survivor.post(group + "/inject", EVENT).status()).isEqualTo(200);
        }
    }

    @Test
    @Tag("long")
    void a_leader_that_slept_for_a_minute_refuses_writes_and_steps_down_at_once() throws Exception {
        var sleeper = cluster.coordinator(leader);
        sleeper.signal("STOP");
        var stopped = Instant.now();
        survivor.getUntil(TAKEOVER, "/ready", this::isLedBySurvivor);
        survivor.getUntil(
                Duration.ofSeconds(70), "/ready", answer -> Instant.now().isAfter(stopped.plusSeconds(60)));
        sleeper.signal("CONT");

        cluster.apiOfCoordinator(leader)
                .getUntil(WAKING, "/health", answer -> sleeper.output().contains("leads no more in epoch"));
        var late = cluster.apiOfCoordinator(leader)
                .postUntil(FOREVER, GROUPS, GROUP, answer -> answer.status() == 201 || answer.status() == 503);
        assertThat(late.status() == 503 || isKnownToSurvivor(late))
                .as(late + cluster.tails())
                .isTrue();
        cluster.apiOfCoordinator(leader).getUntil(FOREVER, "/ready", this::isLedBySurvivor);
    }

    private static long since(Instant time) {
        return Duration.between(time, Instant.now()).toMillis();
    }

    private boolean isLedBySurvivor(Api.Answer ready) {
        return ready.body().path("leader").asText().equals(TestCluster.coordinatorId(1 - leader));
    }

    private static boolean wroteAfter(Writers writers, Instant time) {
        return writers.firstAfter(time.plusSeconds(1)).isBefore(Instant.MAX);
    }

    private boolean isKnownToSurvivor(Api.Answer deployed) {
        return survivor.get(GROUPS + "/" + deployed.body().path("id").asText()).status() == 200;
    }

    /** Every worker that a node knows of, page by page. */
    static Set<String> workersOf(Api node) {
        var ids = new HashSet<String>();
        for (int offset = 0; ; offset += 1_000) {
            var page = node.get(Api.CLUSTER + "/workers?limit=1000&offset=" + offset)
                    .body();
            page.path("workers").forEach(worker -> ids.add(worker.path("id").asText()));
            if (!page.path("pagination").path("has_more").asBoolean()) {
                return ids;
            }
        }
    }
}
