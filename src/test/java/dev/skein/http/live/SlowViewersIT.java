package dev.skein.http.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.fault.turns.MachineTurns;
import dev.skein.http.live.gate.Seats.Limits;
import dev.skein.http.live.state.States;
import dev.skein.pipeline.Observation.NodeView;
import dev.skein.pipeline.Workers.Memory;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Row F11 of the fault table: many readers of 1 KiB/s. */
@Tag(MachineTurns.ALONE)
class SlowViewersIT {
    private static final int SLOW = 50;
    private static final int NODES = 200; // about 40 KiB of snapshot and 20 KiB of every delta
    private static final int CLOSED_WITHIN_SECONDS = 15;
    private static final int SNAPSHOT_BYTES_MAX = 64 * 1024;
    private static final LiveConfig MANY_SEATS = new LiveConfig(
            Duration.ofMillis(250),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            new Limits(100, 100, 500),
            List.of());

    private final LiveServer server = new LiveServer(MANY_SEATS, router -> {}).start();
    private final Random dice = new Random(11);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void fifty_slow_viewers_are_closed_and_cost_little_while_others_miss_nothing() throws Exception {
        server.vertx.setPeriodic(100, id -> shuffle());
        shuffle();
        var healthy = new Client(server).watch();
        var slow = new ArrayList<Trickle>();
        for (int i = 0; i < SLOW; i++) {
            slow.add(new Trickle(server.port, healthy.ticket()));
        }

        for (int second = 0; second < CLOSED_WITHIN_SECONDS; second++) {
            for (var viewer : slow) {
                viewer.step();
            }
            LiveServer.await(server.vertx.timer(1, TimeUnit.SECONDS));
        }

        for (var viewer : slow) {
            assertThat(viewer.closeCode()).isEqualTo(Spectator.TOO_SLOW);
            // one window, the frame that went beyond it and the snapshot: all that was ever held for it
            assertThat(viewer.received()).isLessThan(2 * Window.BYTES_MAX + SNAPSHOT_BYTES_MAX);
            viewer.close();
        }
        assertThat(healthy.closed).isNotDone();
        assertUnbroken(healthy);
    }

    /** Four deltas a second, each beginning where the one before ended. */
    private static void assertUnbroken(Client client) {
        var deltas = client.frames.stream()
                .filter(frame -> frame.getString("type").equals("delta"))
                .toList();
        assertThat(deltas.size()).isGreaterThan(3 * CLOSED_WITHIN_SECONDS);
        for (int i = 1; i < deltas.size(); i++) {
            JsonObject before = deltas.get(i - 1);
            assertThat(deltas.get(i).getLong("from")).isEqualTo(before.getLong("seq"));
        }
    }

    private void shuffle() {
        Map<String, NodeView> nodes = new HashMap<>();
        for (int i = 0; i < NODES; i++) {
            var node = States.node("worker-" + i, "READY");
            var memory = new Memory(dice.nextInt(1 << 30), 1 << 30, 2L << 30);
            nodes.put(
                    node.id(),
                    new NodeView(
                            node.id(),
                            node.roles(),
                            "READY",
                            States.START,
                            memory,
                            dice.nextInt(100) / 100.0,
                            3,
                            100,
                            0));
        }
        server.shown = States.of(nodes, Map.of(), Map.of());
    }
}
