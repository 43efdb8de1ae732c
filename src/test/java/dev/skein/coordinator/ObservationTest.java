package dev.skein.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.bus.NodeAddress;
import dev.skein.coordinator.alert.AlertDesk;
import dev.skein.coordinator.view.Counters;
import dev.skein.coordinator.view.Self;
import dev.skein.coordinator.view.Snapshots;
import dev.skein.coordinator.view.Topologies;
import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.GroupSpec.PipelineSpec;
import dev.skein.pipeline.GroupSpec.RouteSpec;
import dev.skein.pipeline.Observation.Snapshot;
import dev.skein.pipeline.Workers.Heartbeat;
import dev.skein.pipeline.Workers.Memory;
import dev.skein.pipeline.Workers.PipelineMetrics;
import dev.skein.pipeline.Workers.Pressure;
import dev.skein.store.Dialect;
import dev.skein.store.Store;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What people see. */
class ObservationTest {
    private final Rig rig = new Rig();
    private final Counters counters = new Counters(rig.plane.ledger(), rig.plane.fleet(), rig.clock);
    private final FakeStore store = new FakeStore();
    private final AlertDesk desk =
            new AlertDesk(rig.plane.ledger(), rig.plane.fleet(), counters, store::health, rig.clock);
    private final Snapshots snapshots = new Snapshots(
            new Self("c1", "skein", "1", 3, rig.clock.instant()),
            rig.plane.ledger(),
            rig.plane.fleet(),
            counters,
            new Snapshots.Told(desk::open, Map::of),
            rig.clock);

    @Test
    void events_per_second_are_those_of_the_last_ten_seconds() {
        rig.register("w0");
        for (int second = 1; second <= 20; second++) {
            rig.clock.advance(Duration.ofSeconds(1));
            report("w0", 100L * second, null);
        }
        assertThat(counters.summary().eventsPerSecond()).isEqualTo(100.0);
        assertThat(counters.summary().totalEventsProcessed()).isEqualTo(2_000);

        rig.clock.advance(Duration.ofSeconds(11));
        assertThat(counters.summary().eventsPerSecond()).isZero();
    }

    @Test
    void a_restarted_worker_counts_from_zero_and_nothing_is_counted_twice() {
        rig.register("w0");
        report("w0", 1_000, null);
        rig.register("w0", "2", 100, List.of());
        rig.plane.registry().heartbeat(heartbeat("w0", "2", 50, null));
        rig.clock.advance(Duration.ofSeconds(1));

        assertThat(counters.summary().eventsPerSecond()).isEqualTo(105.0);
    }

    @Test
    void metrics_of_gone_placements_and_dead_workers_vanish() {
        rig.register("w0");
        rig.register("w1");
        rig.deploy("a", "b");
        report("w0", 5, metrics("a", Pressure.HIGH));
        report("w1", 7, metrics("b", null));
        report("w1", 7, metrics("gone", null));
        assertThat(counters.metrics().pipelines()).singleElement().satisfies(load -> {
            assertThat(load.pipelineName()).isEqualTo("a");
            assertThat(load.pressure()).isEqualTo(Pressure.HIGH);
        });

        rig.workers.down.add("w0");
        rig.plane.registry().left(new NodeAddress("w0", "1"));
        rig.pass(Duration.ofSeconds(3), "w1");
        assertThat(counters.metrics().pipelines()).isEmpty();
    }

    @Test
    void health_has_a_word_for_each_condition() {
        assertThat(counters.health(null).status()).isEqualTo("no_workers");
        rig.register("w0");
        rig.register("w1");
        assertThat(counters.health(null).status()).isEqualTo("healthy");
        rig.workers.down.add("w0");
        rig.plane.registry().left(new NodeAddress("w0", "1"));
        rig.pass(Duration.ofSeconds(5), "w1");
        assertThat(counters.health(rig.plane.registry().lastSweep()).status()).isEqualTo("degraded");
        assertThat(rig.plane.registry().lastSweep().workersMarkedUnhealthy()).isEqualTo(1);
        rig.workers.down.add("w1");
        rig.plane.registry().left(new NodeAddress("w1", "1"));
        rig.pass(Duration.ofSeconds(5));
        assertThat(counters.health(null).status()).isEqualTo("critical");
    }

    @Test
    void topology_lists_replicas_and_the_routes_between_them() {
        rig.register("w0");
        rig.register("w1");
        var routes = List.of(
                new RouteSpec("_external", "a", List.of("*"), null), new RouteSpec("a", "b", List.of("X*"), null));
        rig.deployLater(new GroupSpec(
                "g",
                List.of(new PipelineSpec("a", "ok", null, null, null), new PipelineSpec("b", "ok", null, 2, null)),
                routes,
                null));

        var topology = Topologies.of(rig.state(), rig.plane.fleet());
        assertThat(topology.groups().get(0).routes()).isEqualTo(routes);
        assertThat(topology.groups().get(0).pipelines())
                .extracting(node -> node.name())
                .containsExactly("a", "b#0", "b#1");
        assertThat(topology.routes())
                .extracting(route -> route.sourcePipeline() + ">" + route.targetPipeline() + " " + route.routeType())
                .containsExactly("a>b#0 inter-pipeline", "a>b#1 inter-pipeline");
        assertThat(topology.workers())
                .allSatisfy(worker -> assertThat(worker.pipelineGroups()).containsExactly("g"));
    }

    @Test
    void the_snapshot_shows_the_coordinator_its_workers_and_what_is_wrong() {
        assertThat(snapshots.now().alerts()).containsOnlyKeys("no-workers");
        rig.register("w0");
        rig.register("w1", "1", 0, List.of());
        var group = rig.deploy("a", "bad").id();
        report("w0", 5, metrics("a", Pressure.HIGH));
        store.health = new Store.Health(false, "the disk is full");
        rig.workers.down.add("w1");
        rig.plane.registry().left(new NodeAddress("w1", "1"));
        rig.pass(Duration.ofSeconds(2));
        report("w0", 5, metrics("a", Pressure.HIGH));

        var now = snapshots.now();
        assertThat(now.nodes()).containsOnlyKeys("c1", "w0", "w1");
        assertThat(now.nodes().get("c1").roles()).containsExactly("coordinator");
        assertThat(now.nodes().get("w1").status()).isEqualTo("UNHEALTHY");
        assertThat(now.groups().get(group).pressure()).isEqualTo(Pressure.HIGH);
        assertThat(now.alerts())
                .containsOnlyKeys(
                        "worker-unhealthy:w1",
                        "placements-failed:" + group,
                        "pressure-high:" + group,
                        "store-not-writable");
    }

    @Test
    void an_alert_keeps_the_time_at_which_it_began() {
        var first = snapshots.now().alerts().get("no-workers").since();
        rig.clock.advance(Duration.ofMinutes(1));

        assertThat(snapshots.now().alerts().get("no-workers").since()).isEqualTo(first);
    }

    @Test
    void a_process_that_is_coordinator_and_worker_is_one_node_with_both_roles() {
        rig.register("c1");

        Snapshot now = snapshots.now();
        assertThat(now.nodes()).containsOnlyKeys("c1");
        assertThat(now.nodes().get("c1").roles()).containsExactly("coordinator", "worker");
    }

    private void report(String id, long processed, @Nullable PipelineMetrics metrics) {
        rig.plane.registry().heartbeat(heartbeat(id, "1", processed, metrics));
    }

    private Heartbeat heartbeat(String id, String instance, long processed, @Nullable PipelineMetrics metrics) {
        var list = metrics == null ? List.<PipelineMetrics>of() : List.of(metrics);
        return new Heartbeat(id, instance, processed, 0, list, rig.workers.on(id), Memory.UNKNOWN, 0, null, true);
    }

    private static PipelineMetrics metrics(String name, @Nullable Pressure pressure) {
        return new PipelineMetrics(name, null, 10, 5, 0, pressure, null);
    }

    private static final class FakeStore implements Store {
        @Override
        public Dialect dialect() {
            return Dialect.SQLITE;
        }

        @Override
        public Session session(Duration deadline) {
            throw new UnsupportedOperationException();
        }

        private Health health = new Health(true, "");

        @Override
        public <T extends @Nullable Object> Future<T> write(Work<T> transition) {
            throw new AssertionError("a view writes nothing");
        }

        @Override
        public <T extends @Nullable Object> Future<T> read(Work<T> query) {
            throw new AssertionError("a view reads memory");
        }

        @Override
        public Health health() {
            return health;
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }
}
