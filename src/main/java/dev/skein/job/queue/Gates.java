package dev.skein.job.queue;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many of a type run and how fast they may begin. A rate lets one second's worth begin at once. */
final class Gates {
    private static final double MILLIS = 1_000;

    private final Limits limits;
    private final Map<String, Integer> running = new HashMap<>();
    private final Map<String, Bucket> buckets = new HashMap<>();

    private static final class Bucket {
        private double tokens;
        private long filledAt;
    }

    Gates(Limits limits) {
        this.limits = limits;
    }

    /** What keeps the type from beginning another attempt, {@code type_limit} or {@code rate_limit}; else null. */
    @Nullable
    String closed(String type, long now) {
        var most = limits.runningByType().get(type);
        if (most != null && running.getOrDefault(type, 0) >= most) {
            return "type_limit";
        }
        var rate = limits.perSecondByType().get(type);
        return rate == null || filled(type, rate, now).tokens >= 1 ? null : "rate_limit";
    }

    private Bucket filled(String type, double rate, long now) {
        var bucket = buckets.computeIfAbsent(type, unused -> {
            var full = new Bucket();
            full.tokens = Math.max(1, rate);
            full.filledAt = now;
            return full;
        });
        double more = Math.max(0, now - bucket.filledAt) * rate / MILLIS;
        bucket.tokens = Math.min(Math.max(1, rate), bucket.tokens + more);
        bucket.filledAt = Math.max(now, bucket.filledAt);
        return bucket;
    }

    void begun(String type, long now) {
        var rate = limits.perSecondByType().get(type);
        if (rate != null) {
            filled(type, rate, now).tokens--;
        }
    }

    void runs(String type) {
        running.merge(type, 1, Integer::sum);
    }

    void runsNoMore(String type) {
        running.computeIfPresent(type, (key, count) -> count == 1 ? null : count - 1);
    }
}
