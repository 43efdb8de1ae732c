package dev.skein.dashboard;

import dev.skein.http.live.state.States;
import dev.skein.pipeline.Observation.Alert;
import dev.skein.pipeline.Observation.GroupView;
import dev.skein.pipeline.Observation.NodeView;
import dev.skein.pipeline.Observation.Snapshot;
import dev.skein.pipeline.Workers.Memory;
import dev.skein.pipeline.Workers.Pressure;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Clusters worth looking at. */
final class Scenes {
    private static final long MIB = 1L << 20;

    private record Load(int usedMib, double cpu) {}

    private Scenes() {}

    /** Everything that may be on the screen at once, begun at that time. */
    static Snapshot busy(Instant now) {
        Map<String, NodeView> nodes = new LinkedHashMap<>();
        put(nodes, node("coordinator-1", "READY", new Load(180, 0.04), "coordinator", "router", "http"));
        put(nodes, node("worker-1", "READY", new Load(612, 0.71), "worker"));
        put(nodes, node("worker-2", "BUSY", new Load(1490, 0.97), "worker"));
        put(nodes, node("worker-3", "UNHEALTHY", new Load(540, 0), "worker"));
        put(nodes, node("worker-4", "DRAINING", new Load(400, 0.33), "worker"));
        put(nodes, node("heavy-1", "CORDONED", new Load(1700, 0.5), "heavy-worker"));
        var groups = Map.of(
                "g1", group("g1", "mandelbrot", 124_000, Pressure.LOW),
                "g2", group("g2", "orders", 2_310, Pressure.OK),
                "g3", group("g3", "review-events", 48.2, Pressure.HIGH));
        var alerts = Map.of(
                "a1", new Alert("a1", "critical", "worker-3 has sent no heartbeat", now.minusSeconds(75)),
                "a2", new Alert("a2", "warning", "review-events has been under HIGH pressure", now.minusSeconds(720)));
        return States.of(nodes, groups, alerts);
    }

    /** So many nodes, every seventh of them in trouble. */
    static Snapshot wide(int count) {
        Map<String, NodeView> nodes = new LinkedHashMap<>();
        for (int i = 1; i <= count; i++) {
            var status = i % 7 == 0 ? "UNHEALTHY" : i % 5 == 0 ? "BUSY" : "READY";
            put(nodes, node("worker-" + i, status, new Load(200 + 13 * i % 1800, i % 10 / 10.0), "worker"));
        }
        return States.of(nodes, Map.of(), Map.of());
    }

    /** The same cluster with one node in another state. */
    static Snapshot with(Snapshot before, String id, String status) {
        var nodes = new LinkedHashMap<>(before.nodes());
        var node = nodes.get(id);
        nodes.put(id, node(id, status, new Load((int) (node.memory().used() / MIB), node.cpu()), "worker"));
        return States.of(nodes, before.groups(), before.alerts());
    }

    /** The same cluster without one node. */
    static Snapshot without(Snapshot before, String id) {
        var nodes = new LinkedHashMap<>(before.nodes());
        nodes.remove(id);
        return States.of(nodes, before.groups(), before.alerts());
    }

    static NodeView node(String id, String status, String role) {
        return node(id, status, new Load(100, 0), role);
    }

    private static NodeView node(String id, String status, Load load, String... roles) {
        var memory = new Memory(load.usedMib * MIB, 1_200 * MIB, 2_048 * MIB);
        boolean isSilent = status.equals("UNHEALTHY");
        var since = Instant.now().minusSeconds(isSilent ? 18 : 600);
        int heartbeatAge = isSilent ? 18_000 : 300;
        return new NodeView(id, List.of(roles), status, since, memory, load.cpu, 12, 100, heartbeatAge);
    }

    static GroupView group(String id, String name, double rate, Pressure pressure) {
        return new GroupView(id, name, "running", 4, rate, rate * 0.98, pressure == Pressure.HIGH ? 17 : 0, pressure);
    }

    private static void put(Map<String, NodeView> nodes, NodeView node) {
        nodes.put(node.id(), node);
    }
}
