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

    private Scenes() {}

    /** Everything that may be on the screen at once, begun at that time. */
    static Snapshot busy(Instant now) {
        Map<String, NodeView> nodes = new LinkedHashMap<>();
        put(nodes, node("coordinator-1", "READY", List.of("coordinator", "router", "http"), 180, 0.04));
        put(nodes, node("worker-1", "READY", List.of("worker"), 612, 0.71));
        put(nodes, node("worker-2", "BUSY", List.of("worker"), 1490, 0.97));
        put(nodes, node("worker-3", "UNHEALTHY", List.of("worker"), 540, 0));
        put(nodes, node("worker-4", "DRAINING", List.of("worker"), 400, 0.33));
        put(nodes, node("heavy-1", "CORDONED", List.of("heavy-worker"), 1700, 0.5));
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
            put(nodes, node("worker-" + i, status, List.of("worker"), 200 + 13 * i % 1800, i % 10 / 10.0));
        }
        return States.of(nodes, Map.of(), Map.of());
    }

    /** The same cluster with one node in another state. */
    static Snapshot with(Snapshot before, String id, String status) {
        var nodes = new LinkedHashMap<>(before.nodes());
        var node = nodes.get(id);
        nodes.put(id, node(id, status, node.roles(), (int) (node.memory().used() / MIB), node.cpu()));
        return States.of(nodes, before.groups(), before.alerts());
    }

    /** The same cluster without one node. */
    static Snapshot without(Snapshot before, String id) {
        var nodes = new LinkedHashMap<>(before.nodes());
        nodes.remove(id);
        return States.of(nodes, before.groups(), before.alerts());
    }

    static NodeView node(String id, String status, List<String> roles, int usedMib, double cpu) {
        var memory = new Memory(usedMib * MIB, 1_200 * MIB, 2_048 * MIB);
        var since = Instant.now().minusSeconds(status.equals("UNHEALTHY") ? 18 : 600);
        return new NodeView(id, roles, status, since, memory, cpu, 12, 100, status.equals("UNHEALTHY") ? 18_000 : 300);
    }

    static GroupView group(String id, String name, double rate, Pressure pressure) {
        return new GroupView(id, name, "running", 4, rate, rate * 0.98, pressure == Pressure.HIGH ? 17 : 0, pressure);
    }

    private static void put(Map<String, NodeView> nodes, NodeView node) {
        nodes.put(node.id(), node);
    }
}
