package dev.skein.coordinator;

import dev.skein.coordinator.moves.MoveMetrics;
import dev.skein.coordinator.state.Migration;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;

/** Counts and times what the coordinator does by itself. Labels come from bounded sets. Thread-safe. */
public final class CoordinatorMetrics implements MoveMetrics {
    private final MeterRegistry registry;
    private final Timer migrationTime;
    private final Timer sweepTime;

    public CoordinatorMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.migrationTime = Timer.builder("skein.cluster.migration.seconds")
                .description("Time from a migration's beginning to its end")
                .register(registry);
        this.sweepTime = Timer.builder("skein.cluster.sweep.seconds")
                .description("Time one look at all workers and placements takes")
                .register(registry);
    }

    @Override
    public void finished(Migration migration, Instant now) {
        var result = migration.phase() == Migration.Phase.COMPLETED ? "completed" : "failed";
        Counter.builder("skein.cluster.migrations.total")
                .tag("reason", migration.reason().word())
                .tag("result", result)
                .register(registry)
                .increment();
        migrationTime.record(migration.elapsed(now));
    }

    void swept(Duration taken) {
        sweepTime.record(taken);
    }
}
