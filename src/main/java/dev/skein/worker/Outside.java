package dev.skein.worker;

import dev.skein.connector.Connections;
import dev.skein.connector.Connections.Touch;
import dev.skein.connector.ConnectorConfig;
import dev.skein.connector.letter.DeadLetters;
import dev.skein.pipeline.vpl.sink.Sinks;
import dev.skein.worker.hosting.Lease;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the pipelines of a worker reach the world outside.
 *
 * @param dataDir where dead letters are kept, in a folder of their own
 */
public record Outside(Vertx vertx, ConnectorConfig config, Path dataDir, Connections.Clocks clocks) {
    /** @param local opens targets that need no connection */
    public Connections connections(Sinks local, Lease lease, MeterRegistry metrics) {
        var letters = new DeadLetters(vertx, dataDir.resolve("connectors"), config.deadLetterBytesMax(), clocks.wall());
        FunctionCounter.builder("skein.cluster.dead.letters.total", letters, DeadLetters::count)
                .tag("of", "connectors")
                .description("Outputs and messages that reached nobody and were kept or given up on this node")
                .register(metrics);
        return new Connections(vertx, config, letters, local, new Held(lease, config.pauseAfter()), clocks);
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
