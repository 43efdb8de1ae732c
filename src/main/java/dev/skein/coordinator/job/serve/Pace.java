package dev.skein.coordinator.job.serve;

import dev.skein.job.Jobs;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How long attempts took lately and how many ended, of one type or of all. */
final class Pace {
    private static final int KEPT = 256;
    private static final int SECONDS = 60;
    private static final long MILLIS = 1_000;
    private static final double LOW = 0.25;
    private static final double HALF = 0.5;
    private static final double HIGH = 0.95;

    private final long[] durations = new long[KEPT];
    private final long[] finished = new long[SECONDS];
    private final long[] failed = new long[SECONDS];
    private final long[] second = new long[SECONDS];
    private int count;

    void ended(long now, long tookMillis, boolean isSuccess) {
        durations[count++ % KEPT] = tookMillis;
        int slot = slot(now);
        if (isSuccess) {
            finished[slot]++;
        } else {
            failed[slot]++;
        }
    }

    private int slot(long now) {
        long at = now / MILLIS;
        int slot = (int) (at % SECONDS);
        if (second[slot] != at) {
            second[slot] = at;
            finished[slot] = 0;
            failed[slot] = 0;
        }
        return slot;
    }

    private long sum(long[] counts, long now) {
        long sum = 0;
        for (int i = 0; i < SECONDS; i++) {
            sum += now / MILLIS - second[i] < SECONDS ? counts[i] : 0;
        }
        return sum;
    }

    private @Nullable Long quantile(double share) {
        int kept = Math.min(count, KEPT);
        if (kept == 0) {
            return null;
        }
        var sorted = Arrays.copyOf(durations, kept);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(kept - 1, kept * share)];
    }

    /** @param lanes how many run at once; 0 when nobody does them */
    @Nullable
    Long eta(long jobs, long lanes, boolean atBest) {
        var each = quantile(atBest ? LOW : HIGH);
        return each == null || lanes == 0 ? null : (Long) (jobs * Math.max(1, each) / lanes);
    }

    Jobs.Pace view(long now, long waiting, long lanes) {
        return new Jobs.Pace(
                sum(finished, now),
                sum(failed, now),
                quantile(HALF),
                quantile(HIGH),
                eta(waiting, lanes, true),
                eta(waiting, lanes, false));
    }
}
