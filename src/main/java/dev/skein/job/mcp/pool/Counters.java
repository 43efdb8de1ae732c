package dev.skein.job.mcp.pool;

import dev.skein.kernel.Problem;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What a pool counts. Confined to its context. */
final class Counters {
    private static final int KEPT = 512;
    private static final int MEDIAN = 50;
    private static final int P95 = 95;
    private static final int PERCENT = 100;

    final Map<String, Long> exits = new TreeMap<>();
    final Map<String, Long> errors = new TreeMap<>();
    long starts;
    long restarts;
    long calls;
    private final long[] millis = new long[KEPT]; // a ring
    private long answered;

    void ended(String cause) {
        exits.merge(cause, 1L, Long::sum);
    }

    void failed(Throwable failure) {
        var problem = Problem.in(failure);
        errors.merge(problem == null ? "internal" : problem.code(), 1L, Long::sum);
    }

    void answered(Duration took) {
        millis[(int) (answered++ % KEPT)] = took.toMillis();
    }

    long median() {
        return percentile(MEDIAN);
    }

    long p95() {
        return percentile(P95);
    }

    private long percentile(int percent) {
        int count = (int) Math.min(answered, KEPT);
        if (count == 0) {
            return 0;
        }
        var sorted = Arrays.copyOf(millis, count);
        Arrays.sort(sorted);
        return sorted[(count - 1) * percent / PERCENT];
    }
}
