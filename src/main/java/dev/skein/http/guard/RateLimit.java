package dev.skein.http.guard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** A token bucket for each address or subject: so many a second, twice as many at once. Thread-safe. */
public final class RateLimit {
    private static final int ADDRESSES_MAX = 10_000; // the one not seen for longest is forgotten
    private static final double NANOS = 1e9;

    private final int perSecond;
    private final InstantSource clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > ADDRESSES_MAX;
        }
    };

    private static final class Bucket {
        private double tokens;
        private Instant filledAt;

        Bucket(double tokens, Instant filledAt) {
            this.tokens = tokens;
            this.filledAt = filledAt;
        }
    }

    /** A limit; 0 a second means none. */
    public RateLimit(int perSecond, InstantSource clock) {
        this.perSecond = perSecond;
        this.clock = clock;
    }

    /** Takes one token. 0 when there was one, else how many seconds to wait, at least 1. */
    public int take(String address) {
        return take(address, 1);
    }

    /** What {@link #take} would answer now. */
    int look(String address) {
        return take(address, 0);
    }

    private int take(String address, int tokens) {
        if (perSecond == 0) {
            return 0;
        }
        synchronized (buckets) {
            var now = clock.instant();
            var bucket = buckets.computeIfAbsent(address, first -> new Bucket(2.0 * perSecond, now));
            double passed = Duration.between(bucket.filledAt, now).toNanos() / NANOS;
            bucket.tokens = Math.min(2.0 * perSecond, bucket.tokens + passed * perSecond);
            bucket.filledAt = now;
            if (bucket.tokens >= 1) {
                bucket.tokens -= tokens;
                return 0;
            }
            return Math.max(1, (int) Math.ceil((1 - bucket.tokens) / perSecond));
        }
    }
}
