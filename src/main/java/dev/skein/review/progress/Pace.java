package dev.skein.review.progress;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long lines take: seconds per line of every worker by size of the task, averaged so that late tasks count more.
 * What has not been measured is taken from what is nearest: the worker's other sizes, then everybody's. Not
 * thread-safe.
 */
public final class Pace {
    /** Lines from which on a task is of the next larger class. */
    public static final List<Long> BOUNDS = List.of(100L, 400L, 1_600L, 6_400L, 25_600L);

    private static final double WEIGHT_LEAST = 0.2; // of the newest task
    private static final int SPREADS_MAX = 200;
    private static final int ANY_SIZE = -1;
    private static final String ALL = "";

    private final Map<Key, Average> averages = new HashMap<>();
    private final double[] squares = new double[SPREADS_MAX]; // of logarithms of measured over expected, the last ones
    private double sumOfSquares;
    private int measured;
    private double spread = 0.5; // of measured around expected, as deviation of logarithms

    private record Key(String worker, int size) {}

    /** A mean that forgets. */
    private static final class Average {
        private double mean;
        private int count;

        void add(double value) {
            count++;
            mean += Math.max(WEIGHT_LEAST, 1.0 / count) * (value - mean);
        }
    }

    /** A task of so many lines was done in so many seconds. */
    public void measured(String worker, long lines, double seconds) {
        double perLine = Math.max(seconds, 1e-3) / Math.max(1, lines);
        if (measured > 0) {
            remember(perLine / perLine(worker, lines));
        }
        int size = size(lines);
        for (var key :
                new Key[] {new Key(worker, size), new Key(worker, ANY_SIZE), new Key(ALL, size), new Key(ALL, ANY_SIZE)
                }) {
            averages.computeIfAbsent(key, each -> new Average()).add(perLine);
        }
        measured++;
    }

    private void remember(double off) {
        int place = (measured - 1) % SPREADS_MAX;
        double square = Math.pow(Math.log(off), 2);
        sumOfSquares += square - squares[place];
        squares[place] = square;
        int known = Math.min(measured, SPREADS_MAX);
        spread = Math.sqrt((0.25 + Math.max(0, sumOfSquares)) / (1 + known)); // as if half had been seen once before
    }

    /** Tasks that were measured. */
    public int measured() {
        return measured;
    }

    /** Lines a second of this worker lately, of all sizes; 0 before its first task. */
    public double rate(String worker) {
        var average = averages.get(new Key(worker, ANY_SIZE));
        return average == null ? 0 : 1 / average.mean;
    }

    /** Seconds that a task of so many lines is expected to take. */
    double expected(String worker, long lines) {
        return perLine(worker, lines) * Math.max(1, lines);
    }

    private double perLine(String worker, long lines) {
        int size = size(lines);
        double everybody = mean(ALL, size, mean(ALL, ANY_SIZE, 1));
        var own = averages.get(new Key(worker, size));
        if (own != null) {
            return own.mean * own.count / (own.count + 1) + everybody / (own.count + 1);
        }
        var other = averages.get(new Key(worker, ANY_SIZE));
        return other == null ? everybody : everybody * other.mean / mean(ALL, ANY_SIZE, other.mean);
    }

    private double mean(String worker, int size, double otherwise) {
        var average = averages.get(new Key(worker, size));
        return average == null ? otherwise : average.mean;
    }

    /** How much one task is off, as the deviation of logarithms. */
    double spread() {
        return spread;
    }

    /** How much the expectation of a worker may be off, as the deviation of logarithms. */
    double doubt(String worker) {
        var average = averages.get(new Key(worker, ANY_SIZE));
        int count = average == null ? 0 : average.count;
        return spread * Math.sqrt(Math.max(WEIGHT_LEAST / (2 - WEIGHT_LEAST), 1.0 / (1 + count)));
    }

    /** Tasks of one class take about as long for each line. */
    static int size(long lines) {
        return (int) BOUNDS.stream().filter(bound -> lines >= bound).count();
    }
}
