package dev.skein.coordinator.signal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How long a queue takes to empty, between which bounds it does so in about eight of ten cases.
 *
 * @param lowMillis at best
 * @param highMillis at worst
 */
public record Forecast(long lowMillis, long highMillis) {
    /*
     * The work of n jobs is n times the mean of the k durations that were measured. It varies by what single jobs vary,
     * n·v, and by what the mean is not known exactly, n²·v/k. L lanes share it, and in the end all but one of them
     * may wait for one long job [1].
     *
     * [1] R. L. Graham, Bounds on Multiprocessing Timing Anomalies, 1969, theorem 1.
     */
    private static final double SPREADS = 1.28; // of a normal distribution: 10 % on either side
    private static final double LONG = 0.9;

    /**
     * @param durations measured lately, in milliseconds
     * @param jobs that must be done
     * @param lanes how many run at once
     * @return null when nothing was measured or nobody does them
     */
    public static @Nullable Forecast of(long[] durations, double jobs, long lanes) {
        if (durations.length == 0 || lanes <= 0) {
            return null;
        }
        var sorted = durations.clone();
        Arrays.sort(sorted);
        double mean = Arrays.stream(sorted).average().orElse(0);
        double variance = Arrays.stream(sorted)
                        .mapToDouble(one -> (one - mean) * (one - mean))
                        .sum()
                / Math.max(1, sorted.length - 1);
        double spread = SPREADS * Math.sqrt(jobs * variance + jobs * jobs * variance / sorted.length);
        double used = Math.max(1, Math.min(lanes, jobs));
        double low = Math.max(sorted[0] * Math.ceil(jobs / used), (jobs * mean - spread) / used);
        double tail = sorted[(int) (sorted.length * LONG)] * (used - 1) / used;
        double high = (jobs * mean + spread) / used + tail;
        return jobs <= 0 ? new Forecast(0, 0) : new Forecast(Math.round(low), Math.round(Math.max(low, high)));
    }
}
