package dev.skein.coordinator.job.serve;

import dev.skein.coordinator.signal.Forecast;
import dev.skein.job.Jobs;
import dev.skein.job.Jobs.Eta;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How long attempts took lately and how many ended, of one type or of all. */
final class Pace {
    private static final int KEPT = 256;
    private static final int SECONDS = 60;
    private static final long MILLIS = 1_000;
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

    private long[] sample() {
        return Arrays.copyOf(durations, Math.min(count, KEPT));
    }

    private @Nullable Long quantile(double share) {
        var sorted = sample();
        Arrays.sort(sorted);
        return sorted.length == 0 ? null : (Long) sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
    }

    /** @param lanes how many run at once; 0 when nobody does them */
    @Nullable
    Forecast forecast(double jobs, long lanes) {
        return Forecast.of(sample(), jobs, lanes);
    }

    /** Rather nothing than a guess from few. */
    Eta eta(double jobs, long lanes) {
        int kept = Math.min(count, KEPT);
        var found = kept < Eta.SAMPLES_NEEDED ? null : forecast(jobs, lanes);
        return found == null
                ? new Eta(null, null, kept, Eta.SAMPLES_NEEDED)
                : new Eta(seconds(found.lowMillis()), seconds(found.highMillis()), kept, Eta.SAMPLES_NEEDED);
    }

    private static double seconds(long millis) {
        return millis / (double) MILLIS;
    }

    Jobs.Pace view(long now, double jobs, long lanes) {
        var eta = forecast(jobs, lanes);
        return new Jobs.Pace(
                sum(finished, now),
                sum(failed, now),
                quantile(HALF),
                quantile(HIGH),
                eta == null ? null : (Long) eta.lowMillis(),
                eta == null ? null : (Long) eta.highMillis());
    }
}
