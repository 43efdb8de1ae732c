package dev.skein.job.life;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What happens after an attempt that failed.
 *
 * @param backOffFirst before the second attempt, on average
 * @param backOffMax before any
 */
public record Rules(Duration backOffFirst, Duration backOffMax) {
    private static final int FACTOR = 4;
    private static final int STEPS_MAX = 12;
    private static final double MORE_MEMORY = 1.5;

    /** Milliseconds until the next attempt, from a half to one and a half of what is due. */
    long backOff(int failures, RandomGenerator random) {
        double due = backOffFirst.toMillis() * Math.pow(FACTOR, Math.min(failures, STEPS_MAX) - 1.0);
        return (long) (Math.min(due, backOffMax.toMillis()) * (0.5 + random.nextDouble()));
    }

    /** What a job is given that was short of memory. */
    static long more(long bytes) {
        return (long) (bytes * MORE_MEMORY);
    }
}
