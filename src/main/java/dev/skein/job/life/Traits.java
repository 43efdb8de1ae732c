package dev.skein.job.life;

import dev.skein.job.JobSpec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job asks for that does not change during its life. Many jobs share one; times are in milliseconds, 0 for none.
 *
 * @param demand what a worker must have for it
 * @param retentionMillis how long its end is kept
 * @param fairnessKey never null: the submitter when none was given
 */
public record Traits(
        Demand demand,
        int priority,
        String fairnessKey,
        @Nullable String concurrencyKey,
        int concurrencyMax,
        long queueMillis,
        long runMillis,
        long heartbeatMillis,
        long totalMillis,
        int attemptsMax,
        long retentionMillis) {

    private static final long KEY_MILLIS = Duration.ofDays(1).toMillis();

    /** What a worker must have, apart from memory. */
    public record Demand(
            String type, List<String> capabilities, List<String> labels, @Nullable String affinity) {}

    public static Traits of(JobSpec spec, String submitter) {
        var order = spec.order();
        var needs = spec.needs();
        var demand = new Demand(spec.type(), needs.capabilities(), needs.workerLabels(), needs.affinity());
        return new Traits(
                demand,
                order.priority(),
                order.fairnessKey() == null ? submitter : order.fairnessKey(),
                order.concurrencyKey(),
                order.concurrencyMax(),
                millis(spec.timeouts().queue()),
                millis(spec.timeouts().run()),
                millis(spec.timeouts().heartbeat()),
                millis(spec.timeouts().total()),
                spec.attemptsMax(),
                retention(spec));
    }

    public String type() {
        return demand.type();
    }

    /** An idempotency key is good for a day at least. */
    private static long retention(JobSpec spec) {
        long own = millis(spec.retention());
        return own == 0 || spec.idempotencyKey() == null ? own : Math.max(own, KEY_MILLIS);
    }

    private static long millis(@Nullable Duration limit) {
        return limit == null ? 0 : Math.max(1, limit.toMillis());
    }
}
