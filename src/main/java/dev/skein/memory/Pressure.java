package dev.skein.memory;

import java.util.Locale;

/** How near the limit memory is; thresholds are inclusive, and a level is left only 5 points below its own. */
public enum Pressure {
    LOW(0, 1.0, new Degraded(false, 200, Indexing.FULL)),
    MEDIUM(0.70, 0.70, new Degraded(false, 200, Indexing.FULL)),
    HIGH(0.85, 0.50, new Degraded(true, 50, Indexing.REDUCED)),
    CRITICAL(0.95, 0.0, new Degraded(true, 20, Indexing.PAUSED));

    private static final double LEAVES_BELOW = 0.05;

    /** What background indexing may do. */
    public enum Indexing {
        FULL,
        REDUCED,
        PAUSED
    }

    /**
     * What is left out at a level.
     *
     * @param skipExpensiveDiagnostics global diagnostics and prefetching from language models
     * @param completionCandidateCap most candidates of one answer
     * @param backgroundIndexing how much of it runs
     */
    public record Degraded(boolean skipExpensiveDiagnostics, int completionCandidateCap, Indexing backgroundIndexing) {}

    final double from;
    final double factor;
    final Degraded degraded;

    Pressure(double from, double factor, Degraded degraded) {
        this.from = from;
        this.factor = factor;
        this.degraded = degraded;
    }

    public Degraded degraded() {
        return degraded;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The level of a ratio of used to available, coming from this level. */
    public Pressure next(double ratio) {
        var level = LOW;
        for (var candidate : values()) {
            double threshold = candidate.compareTo(this) <= 0 ? candidate.from - LEAVES_BELOW : candidate.from;
            if (candidate == LOW || ratio >= threshold) {
                level = candidate;
            }
        }
        return level;
    }
}
