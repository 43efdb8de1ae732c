package dev.skein.coordinator.job.serve;

import dev.skein.coordinator.job.JobChange;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/** Counts and times what becomes of jobs. Labels come from bounded sets. */
final class JobMetrics {
    private final MeterRegistry registry;
    private final Timer wait;
    private final Timer run;

    JobMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.wait = Timer.builder("skein.jobs.wait.seconds")
                .description("Time from a job's acceptance to its first attempt")
                .register(registry);
        this.run = Timer.builder("skein.jobs.run.seconds")
                .description("Time one attempt takes")
                .register(registry);
    }

    void committed(JobChange change) {
        var live = change.live();
        if (change.accepted() != null) {
            Counter.builder("skein.jobs.accepted.total").register(registry).increment();
        }
        if (live.isRunning() && live.attempt() == 1) {
            wait.record(Duration.ofMillis(Math.max(0, live.startedAt() - live.since())));
        }
        for (var ending : change.endings()) {
            var kind = ending.outcome().kind().name().toLowerCase(Locale.ROOT);
            Counter.builder("skein.jobs.attempts.total")
                    .tag("outcome", kind)
                    .register(registry)
                    .increment();
            if (ending.before().isRunning()) {
                run.record(Duration.ofMillis(ending.finishedAt() - ending.before().startedAt()));
            }
        }
        if (live.state().isTerminal()) {
            Counter.builder("skein.jobs.ended.total")
                    .tag("state", live.state().word())
                    .register(registry)
                    .increment();
        }
    }
}
