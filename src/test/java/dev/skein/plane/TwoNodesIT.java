package dev.skein.plane;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.cluster.Cluster;
import dev.skein.cluster.ClusterConfig;
import dev.skein.pipeline.Events;
import dev.skein.pipeline.Events.Forwarded;
import dev.skein.pipeline.Events.RecentAsk;
import dev.skein.pipeline.GroupSpec.RouteSpec;
import dev.skein.pipeline.Routing;
import dev.skein.pipeline.Routing.Destination;
import dev.skein.pipeline.Routing.GroupTable;
import dev.skein.pipeline.Routing.Target;
import dev.skein.pipeline.event.Event;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes over loopback: events of one reach pipelines of the other, packed, and outputs go on along routes. */
class TwoNodesIT {
    private static final String BURST = """
            event Go:
                n: int
            fn burst(n: int):
                for i in 0..n:
                    emit Pixel(i: i, half: i * 0.5, name: "pixel")
            stream Pixels = Go .process(burst(n))
            """;
    private static final String COUNT = "stream Counted = Pixels .where(i >= 0) .emit(i: i)\n";

    @TempDir
    Path directory;

    private final List<Cluster> clusters = new ArrayList<>();
    private final List<PlaneNode> nodes = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        nodes.forEach(PlaneNode::close);
        for (var cluster : clusters) {
            cluster.vertx().close().await(30, SECONDS);
        }
    }

    @Test
    void a_huge_burst_comes_back_whole_from_another_node_and_goes_on_along_its_route() throws Exception {
        var edge = node("edge", true);
        var worker = node("worker", false);
        var burst = worker.deploy(edge.bus, "burst", BURST);
        var count = edge.deploy(edge.bus, "count", COUNT);
        serveTables(edge.bus, burst, count);

        var injected =
                edge.inject(Event.builder("Go").with("n", 100_000L).build()).await(30, SECONDS);

        assertThat(injected.workerId()).isEqualTo("worker");
        assertThat(injected.errors()).isEmpty();
        assertThat(injected.outputCount()).isEqualTo(100_000);
        var seen = new HashSet<Object>();
        injected.outputs().forEach(pixel -> seen.add(pixel.get("i")));
        assertThat(seen).hasSize(100_000);
        assertThat(injected.forwarded()).extracting(Forwarded::toPipeline).containsExactly("count");
        assertThat(injected.forwarded()).extracting(Forwarded::count).containsExactly(100_000L);
        awaitCounted(edge);
        var recent = edge.bus
                .askAt(edge.bus.here(), Events.RECENT, new RecentAsk("g", 1_000, 0, null), Duration.ofSeconds(5))
                .await(5, SECONDS);
        assertThat(recent.outputs()).hasSize(1_000);
    }

    private static void awaitCounted(PlaneNode edge) throws Exception {
        for (int i = 0; i < 200 && edge.host.eventsProcessed() < 100_000; i++) {
            edge.inject(Event.empty("Ping", 0)).await(10, SECONDS);
        }
        assertThat(edge.host.eventsProcessed()).isGreaterThanOrEqualTo(100_000);
    }

    private static void serveTables(Bus bus, Target burst, Target count) throws Exception {
        var table = new GroupTable(
                "g",
                "group",
                List.of(new RouteSpec("burst", "count", List.of("Pix*"), null)),
                List.of(
                        new Destination("burst", null, List.of(burst)),
                        new Destination("count", null, List.of(count))));
        bus.serve(
                        Routing.TABLES,
                        since -> Future.succeededFuture(new Routing.Tables("life", 1, true, List.of(table), List.of())))
                .completion()
                .await(5, SECONDS);
    }

    private PlaneNode node(String name, boolean withData) throws Exception {
        var config = new ClusterConfig(true, "plane-it", "127.0.0.1", 5841, 6, List.of());
        var here = NodeAddress.of(name);
        var cluster = Cluster.join(new VertxOptions(), config, here, withData).await(40, SECONDS);
        clusters.add(cluster);
        var bus = new Bus(cluster.vertx(), here);
        bus.register(PlaneNode.CONTRACTS);
        var node = new PlaneNode(cluster.vertx(), bus, cluster, directory.resolve(name), PlaneNode::vpl);
        nodes.add(node);
        return node;
    }
}
