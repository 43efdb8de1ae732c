package dev.skein.plane;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.cluster.Membership;
import dev.skein.pipeline.Events;
import dev.skein.pipeline.GroupSpec.RouteSpec;
import dev.skein.pipeline.Routing;
import dev.skein.pipeline.Routing.Destination;
import dev.skein.pipeline.Routing.GroupTable;
import dev.skein.pipeline.Workers.PipelineMetrics;
import dev.skein.pipeline.Workers.Pressure;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.Outcome;
import dev.skein.pipeline.vpl.Diagnostic;
import dev.skein.worker.hosting.Engine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One pipeline takes 20 events per second of as many as come; another is quick. */
@ExtendWith(VertxExtension.class)
class SlowPipelineTest {
    private static final long MILLIS_PER_EVENT = 50;

    @TempDir
    Path directory;

    private final List<Event> done = Collections.synchronizedList(new ArrayList<>());

    @Test
    void a_slow_pipeline_shows_its_pressure_loses_nothing_and_slows_nobody_else(Vertx vertx) throws Exception {
        var here = NodeAddress.parse("n@1");
        var bus = new Bus(vertx, here);
        bus.register(PlaneNode.CONTRACTS);
        try (var node = new PlaneNode(vertx, bus, Membership.alone(here), directory, lanes -> engine(vertx))) {
            serveTables(bus, node);
            var events = numbered(80);
            var slow = bus.askAt(here, Events.INJECT_BATCH, new Events.InjectBatch("g", events), Duration.ofMinutes(1));

            int quick = 0;
            boolean high = false;
            long slowest = 0;
            while (!slow.isComplete()) {
                long before = System.nanoTime();
                node.inject(Event.empty("Quick", 0)).await(5, SECONDS);
                slowest = Math.max(slowest, System.nanoTime() - before);
                quick++;
                high |= node.host.metrics().stream().anyMatch(SlowPipelineTest::isSlowAndHigh);
            }

            assertThat(slow.await(1, SECONDS).eventsSent()).isEqualTo(events.size());
            assertThat(done).isEqualTo(events);
            assertThat(high).as("pressure shown").isTrue();
            assertThat(quick).isGreaterThan(100);
            assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(1));
            assertThat(node.host.metrics())
                    .filteredOn(metrics -> metrics.pipelineName().equals("quick"))
                    .extracting(PipelineMetrics::pressure)
                    .containsExactly(Pressure.OK);
        }
    }

    private static void serveTables(Bus bus, PlaneNode node) throws Exception {
        var table = new GroupTable(
                "g",
                "group",
                List.of(new RouteSpec("_external", "quick", List.of("Quick"), null)),
                List.of(
                        new Destination("slow", null, List.of(node.deploy(bus, "slow", "slow"))),
                        new Destination("quick", null, List.of(node.deploy(bus, "quick", "quick")))));
        bus.serve(
                        Routing.TABLES,
                        since -> Future.succeededFuture(new Routing.Tables("life", 1, true, List.of(table), List.of())))
                .completion()
                .await(5, SECONDS);
    }

    private static boolean isSlowAndHigh(PipelineMetrics metrics) {
        return metrics.pipelineName().equals("slow") && metrics.pressure() == Pressure.HIGH;
    }

    private Engine engine(Vertx vertx) {
        return source -> new Engine.Started(
                List.<Diagnostic>of(), new Paced(vertx, source.equals("slow") ? MILLIS_PER_EVENT : 0));
    }

    private final class Paced implements Engine.Instance {
        private final Vertx vertx;
        private final long millis;
        private final AtomicInteger in = new AtomicInteger();

        Paced(Vertx vertx, long millis) {
            this.vertx = vertx;
            this.millis = millis;
        }

        @Override
        public void submitAll(List<Event> events, Consumer<List<Outcome>> told) {
            if (millis == 0) {
                told.accept(Collections.nCopies(events.size(), Outcome.NOTHING));
                return;
            }
            vertx.setTimer(millis * events.size(), tick -> {
                in.addAndGet(events.size());
                done.addAll(events);
                told.accept(Collections.nCopies(events.size(), Outcome.NOTHING));
            });
        }

        @Override
        public Engine.Counters counters() {
            return new Engine.Counters(in.get(), 0, 0);
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    private static List<Event> numbered(int count) {
        var events = new ArrayList<Event>();
        for (long n = 0; n < count; n++) {
            events.add(Event.builder("Slow").with("n", n).build());
        }
        return events;
    }
}
