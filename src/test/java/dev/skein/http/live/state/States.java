package dev.skein.http.live.state;

import dev.skein.pipeline.Observation.Alert;
import dev.skein.pipeline.Observation.GroupView;
import dev.skein.pipeline.Observation.NodeView;
import dev.skein.pipeline.Observation.ReviewView;
import dev.skein.pipeline.Observation.Snapshot;
import dev.skein.pipeline.Workers.Memory;
import dev.skein.pipeline.Workers.Pressure;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Clusters as a coordinator might show them. */
public final class States {
    public static final Instant START = Instant.parse("2026-01-15T10:42:07.310Z");
    private static final long GIB = 1L << 30;

    private States() {}

    /** A cluster of these parts and an ordinary leader. */
    public static Snapshot of(Map<String, NodeView> nodes, Map<String, GroupView> groups, Map<String, Alert> alerts) {
        return new Snapshot("skein", "coordinator-1", 7, "0.1.0", nodes, groups, alerts, Map.of());
    }

    public static NodeView node(String id, String status) {
        var memory = new Memory(GIB / 2, GIB, 2 * GIB);
        return new NodeView(id, List.of("worker"), status, START, memory, 0.25, 3, 100, 400);
    }

    public static GroupView group(String id, String name, Pressure pressure) {
        return new GroupView(id, name, "running", 4, 12_500, 12_400, 0, pressure);
    }

    /** Something a cluster could look like after this roll of the dice; every part may come, change and go. */
    public static Snapshot random(Random dice) {
        Map<String, NodeView> nodes = new LinkedHashMap<>();
        Map<String, GroupView> groups = new LinkedHashMap<>();
        Map<String, Alert> alerts = new LinkedHashMap<>();
        for (int i = 0; i < 6; i++) {
            if (dice.nextBoolean()) {
                nodes.put("worker-" + i, randomNode("worker-" + i, dice));
            }
            if (dice.nextBoolean()) {
                groups.put("g" + i, randomGroup("g" + i, dice));
            }
            if (dice.nextInt(4) == 0) {
                alerts.put("a" + i, new Alert("a" + i, "warning", "text " + dice.nextInt(3), START));
            }
        }
        var leader = "c" + dice.nextInt(2);
        return new Snapshot("skein", leader, dice.nextInt(3), "0.1.0", nodes, groups, alerts, randomReviews(dice));
    }

    private static Map<String, ReviewView> randomReviews(Random dice) {
        Map<String, ReviewView> reviews = new LinkedHashMap<>();
        for (int i = 0; i < 4; i++) {
            if (dice.nextBoolean()) {
                var isOver = dice.nextBoolean();
                var tasks = Map.of("pending", 3 - i, "done", dice.nextInt(3));
                var findings = Map.of("high", (long) dice.nextInt(3));
                var review = new ReviewView(
                        "r" + i,
                        "code",
                        isOver ? "done" : "running",
                        tasks,
                        300,
                        dice.nextInt(300),
                        findings,
                        0,
                        START,
                        isOver ? START : null);
                reviews.put(review.id(), review);
            }
        }
        return reviews;
    }

    private static NodeView randomNode(String id, Random dice) {
        var status = List.of("READY", "BUSY", "UNHEALTHY").get(dice.nextInt(3));
        var since = dice.nextBoolean() ? START : null; // a part that comes and goes inside a member
        var memory = new Memory(dice.nextInt(4), dice.nextInt(4), 8);
        return new NodeView(
                id, List.of("worker"), status, since, memory, dice.nextInt(3) / 4.0, dice.nextInt(3), 100, 400);
    }

    private static GroupView randomGroup(String id, Random dice) {
        var pressure = Pressure.values()[dice.nextInt(3)];
        return new GroupView(id, "name " + id, "running", 2, dice.nextInt(3), dice.nextInt(3), 0, pressure);
    }
}
