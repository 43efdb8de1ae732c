package dev.skein.coordinator.follower;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.coordinator.CoordinatorConfig;
import dev.skein.coordinator.ledger.StoreJournal;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Group;
import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.PlacementId;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.kernel.SteadyClock;
import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.GroupSpec.PipelineSpec;
import dev.skein.pipeline.Groups;
import dev.skein.pipeline.Workers;
import dev.skein.pipeline.link.BusHostLink;
import dev.skein.store.SqliteStore;
import dev.skein.store.StoreConfig;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredReadsVerticleTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx, new NodeAddress("follower", "1"));
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

    @AfterEach
    void close() throws Exception {
        vertx.close().await(5, SECONDS);
    }

    private static ClusterState with(String groupId) {
        var pipeline = new PipelineSpec("p", "stream A = X .emit(v: v)", null, 1, null);
        var spec = new GroupSpec("led", List.of(pipeline), null, null);
        var placement = Placement.wanted(new PlacementId(groupId, "p"), "p", List.of())
                .assigned("w0")
                .running("id", List.of());
        return ClusterState.EMPTY.with(new Group(groupId, spec, Instant.EPOCH, false, List.of(placement)));
    }

    @Test
    void groups_are_shown_as_the_store_has_them_and_looked_up_again_after_two_seconds() throws Exception {
        bus.register(List.of(Groups.GET_STORED, Groups.LIST_STORED, Workers.GET_STORED, Workers.LIST_STORED));
        var store = SqliteStore.open(vertx, folder, StoreConfig.DEFAULTS, SteadyClock.system())
                .await(10, SECONDS);
        var journal = StoreJournal.open(store, now::get, 100).await(10, SECONDS).journal();
        var reads = new StoredReadsVerticle(bus, CoordinatorConfig.DEFAULTS, store, new BusHostLink(bus), now::get);
        vertx.deployVerticle(reads).await(10, SECONDS);
        assertThat(listed()).isZero();

        journal.write(ClusterState.EMPTY, with("g"), List.of()).await(10, SECONDS);
        assertThat(listed()).as("within two seconds").isZero();
        now.set(now.get().plusSeconds(3));
        assertThat(listed()).isEqualTo(1);

        var group = bus.ask(Groups.GET_STORED, new Groups.Get("g"), LONG).await(10, SECONDS);
        assertThat(group.placements()).extracting(Groups.Placement::workerId).containsExactly("w0");
        assertThatThrownBy(() ->
                        bus.ask(Workers.GET_STORED, new Workers.Get("w9"), LONG).await(10, SECONDS))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Kind.NOT_FOUND));
        store.close().await(10, SECONDS);
    }

    private int listed() throws Exception {
        return bus.ask(Groups.LIST_STORED, new Groups.ListAll(10, 0), LONG)
                .await(10, SECONDS)
                .total();
    }
}
