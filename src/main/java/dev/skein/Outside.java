package dev.skein;

import dev.skein.connector.Connections;
import dev.skein.connector.Connections.Touch;
import dev.skein.connector.letter.DeadLetters;
import dev.skein.pipeline.vpl.sink.Sinks;
import dev.skein.worker.hosting.Lease;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;

/** How the pipelines of this node reach the world outside. */
record Outside(Vertx vertx, NodeSettings settings, Clocks clocks) {
    /** @param local opens targets that need no connection */
    Connections connections(Sinks local, Lease lease, MeterRegistry metrics) {
        var config = settings.connector();
        var folder = settings.node().dataDir().resolve("connectors");
        var letters = new DeadLetters(vertx, folder, config.deadLetterBytesMax(), clocks.wall());
        FunctionCounter.builder("skein.cluster.dead.letters.total", letters, DeadLetters::count)
                .description("Messages of connectors that became dead letters on this node")
                .register(metrics);
        var time = new Connections.Clocks(clocks.steady(), clocks.wall());
        return new Connections(vertx, config, letters, local, new Held(lease, config.pauseAfter()), time);
    }

    private record Held(Lease lease, Duration pauseAfter) implements Touch {
        @Override
        public boolean mayWrite() {
            return lease.isHeld();
        }

        @Override
        public boolean mayRead() {
            return lease.isInTouch(pauseAfter);
        }
    }
}
