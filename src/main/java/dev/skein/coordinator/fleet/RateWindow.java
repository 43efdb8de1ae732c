package dev.skein.coordinator.fleet;

import java.time.Duration;
import java.time.Instant;

/** Counts what happened in each of the last seconds; the present one counts once it is over. */
public final class RateWindow {
    private static final int SECONDS = 10;
    private static final int BUCKETS = SECONDS + 1; // the present second too

    private final long[] counts = new long[BUCKETS];
    private long second = Long.MIN_VALUE;

    public void add(Instant now, long count) {
        advance(now);
        counts[(int) Math.floorMod(second, BUCKETS)] += count;
    }

    /** Per second, over the last {@value #SECONDS} whole seconds. */
    public double perSecond(Instant now) {
        advance(now);
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        sum -= counts[(int) Math.floorMod(second, BUCKETS)];
        return sum / (double) SECONDS;
    }

    private void advance(Instant now) {
        long present = Math.floorDiv(now.toEpochMilli(), Duration.ofSeconds(1).toMillis());
        long stale = second == Long.MIN_VALUE ? BUCKETS : Math.min(BUCKETS, present - second);
        for (long i = 0; i < stale; i++) {
            counts[(int) Math.floorMod(present - i, BUCKETS)] = 0;
        }
        second = Math.max(second, present);
    }
}
