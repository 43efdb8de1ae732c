package dev.skein.pipeline.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.bus.Packing;
import dev.skein.pipeline.Events.Delivered;
import dev.skein.pipeline.Events.Delivery;
import dev.skein.pipeline.Events.Forwarded;
import dev.skein.pipeline.Events.Recent;
import dev.skein.pipeline.Events.RecentOutputs;
import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.Workers.ConnectorHealth;
import dev.skein.pipeline.Workers.Heartbeat;
import dev.skein.pipeline.Workers.Memory;
import dev.skein.pipeline.Workers.PipelineMetrics;
import dev.skein.pipeline.Workers.Pressure;
import dev.skein.pipeline.Workers.Running;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.EventError;
import dev.skein.pipeline.event.EventPacking;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackingTest {
    private static final int HISTORIES = 500;

    @Test
    void a_delivery_comes_back_as_it_was() {
        var delivery = new Delivery("id-é", 1L << 40, 7, true, events(3));

        assertThat(again(new DeliveryPacking(), delivery)).isEqualTo(delivery);
    }

    @Test
    void a_heartbeat_comes_back_as_it_was() {
        var sending = new ConnectorHealth.Sending(1, 2, "open");
        var health = List.of(
                new ConnectorHealth("m", "mqtt", true, null, 3, null, 4, sending),
                new ConnectorHealth("h", "http", false, "refused", 0, 7L, 0, null));
        var running = List.of(new Running("i", "g", "p", 1), new Running("j", null, "q", 1L << 40, 9));
        var metrics = List.of(
                new PipelineMetrics("q", null, 1, 2, 3, Pressure.HIGH, health),
                new PipelineMetrics("p", "g", 0, 0, 0, null, null),
                new PipelineMetrics("é", "unknown", 0, 0, 0, Pressure.OK, List.of()));
        var full = new Heartbeat("w", "w/1", 5, 2, metrics, running, new Memory(1, 2, 3), 0.25, "key", false);
        var bare = new Heartbeat("w", null, 0, 0, null, null, null, 0, null, true);
        var quiet = new Heartbeat("w", null, 0, 0, List.of(), List.of(), null, 0, null, true);

        for (var beat : List.of(full, bare, quiet)) {
            assertThat(again(new HeartbeatPacking(), beat)).isEqualTo(beat);
        }
    }

    @Test
    void results_come_back_with_errors_and_routes() {
        var errors = List.of(new EventError("overflow", "too big", null, 0), new EventError("x", "y", "S", 12));
        var taken = List.of(new Forwarded("q", "T", 3));
        var delivered = new Delivered(
                List.of(
                        new Result(events(2), 2, errors, taken),
                        new Result(List.of(), 5, List.of(), List.of()),
                        new Result(events(1), 1, List.of(), List.of())),
                "rest-1");

        assertThat(again(new DeliveredPacking(), delivered)).isEqualTo(delivered);
    }

    @Test
    void recent_outputs_come_back_with_their_origin() {
        var recent = new RecentOutputs(
                List.of(new Recent(1L << 50, "p#1", "w", events(1).get(0))), 1L << 50);

        assertThat(again(new RecentPacking(), recent)).isEqualTo(recent);
    }

    @Test
    void cut_off_bytes_are_refused_at_any_length() {
        var whole = Buffer.buffer();
        new DeliveryPacking().pack(new Delivery("id", 3, 0, false, events(3)), whole);

        for (int length = 0; length < whole.length(); length++) {
            int end = length;
            assertThatThrownBy(() -> new DeliveryPacking().unpack(whole, 0, end))
                    .as("%d bytes", end)
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void pages_are_never_too_heavy_and_join_to_what_was_cut() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            var random = new Random(seed);
            var results = new ArrayList<Result>();
            for (int i = random.nextInt(20); i >= 0; i--) {
                var outputs = events(random.nextInt(30));
                results.add(new Result(outputs, outputs.size(), List.of(), List.of(new Forwarded("q", "T", i))));
            }
            long bytesMax = 50 + random.nextInt(2_000);

            var pages = Pages.split(results, bytesMax);

            assertThat(pages)
                    .as("seed " + seed)
                    .allSatisfy(page -> assertThat(fits(page, bytesMax)).isTrue());
            assertThat(Pages.join(pages.stream().map(Delivered::new).toList()).results())
                    .as("seed " + seed)
                    .isEqualTo(results);
        }
    }

    @Test
    void an_event_never_weighs_less_than_its_bytes_in_a_batch() {
        var events = events(500);

        assertThat(Weight.of(events)).isGreaterThanOrEqualTo(EventPacking.pack(events).length);
    }

    private static boolean fits(List<Result> page, long bytesMax) {
        var outputs = page.stream().flatMap(result -> result.outputs().stream()).toList();
        return Weight.of(outputs) <= bytesMax || outputs.size() == 1;
    }

    private static <T extends Record> T again(Packing<T> packing, T value) {
        var bytes = Buffer.buffer("head");
        packing.pack(value, bytes);
        int end = bytes.length();
        return packing.unpack(bytes.appendString("tail"), 4, end);
    }

    private static List<Event> events(int count) {
        var events = new ArrayList<Event>();
        for (int i = 0; i < count; i++) {
            events.add(Event.builder("Pixel")
                    .timeNanos(1_700_000_000_000_000_000L + i)
                    .with("x", (long) i)
                    .with("y", i * 0.5)
                    .with("text", "n" + i)
                    .build());
        }
        return events;
    }
}
