package dev.skein.coordinator.job.serve;

import dev.skein.coordinator.job.JobChange;
import dev.skein.job.JobState;
import dev.skein.job.Jobs.Counts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Counts and times what becomes of jobs. Labels come from bounded sets. */
final class JobMetrics {
    private static final long MILLIS = 1_000;

    private final MeterRegistry registry;
    private final Timer wait;
    private final Timer run;
    private final Map<JobState, AtomicLong> numbers = new EnumMap<>(JobState.class);
    private final AtomicLong oldest = new AtomicLong();

    JobMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.wait = Timer.builder("skein.jobs.wait.seconds")
                .description("Time from a job's acceptance to its first attempt")
                .register(registry);
        this.run = Timer.builder("skein.jobs.run.seconds")
                .description("Time one attempt takes")
                .register(registry);
        gauge("skein.jobs.oldest.seconds", "Since the oldest job that waits was accepted", Tags.empty(), oldest);
        for (var state : JobState.values()) {
            var number = numbers.computeIfAbsent(state, unused -> new AtomicLong());
            gauge("skein.jobs.number", "Jobs by state", Tags.of("state", state.word()), number);
        }
    }

    /** What an earlier term of this node has registered is not true any more. */
    private void gauge(String name, String what, Tags tags, AtomicLong value) {
        registry.find(name).tags(tags).meters().forEach(registry::remove);
        Gauge.builder(name, value, AtomicLong::get).description(what).tags(tags).register(registry);
    }

    /** How many there are now. */
    void measure(Counts counts) {
        set(JobState.QUEUED, counts.queued());
        set(JobState.RUNNING, counts.running());
        set(JobState.RETRYING, counts.retrying());
        set(JobState.PARKED, counts.parked());
        set(JobState.SUCCEEDED, counts.succeeded());
        set(JobState.FAILED, counts.failed());
        set(JobState.CANCELLED, counts.cancelled());
        set(JobState.DEAD, counts.dead());
        oldest.set(counts.oldestQueuedMillis() / MILLIS);
    }

    private void set(JobState state, long number) {
        numbers.computeIfAbsent(state, unused -> new AtomicLong()).set(number);
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
                run.record(
                        Duration.ofMillis(ending.finishedAt() - ending.before().startedAt()));
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
