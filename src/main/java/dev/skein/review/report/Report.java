package dev.skein.review.report;

import dev.skein.review.Gap;
import dev.skein.review.Rule;
import dev.skein.review.Severity;
import dev.skein.review.chunk.Coverage;
import dev.skein.review.finding.Tally;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All about a review but its findings.
 *
 * @param run its id
 * @param rules that findings may be instances of; those without findings do no harm
 * @param skipped files that were not to be reviewed
 * @param gaps lines that should have been reviewed and were not
 * @param failed units that were given up
 */
public record Report(
        String run,
        Tool tool,
        List<Rule> rules,
        Coverage coverage,
        Skips skipped,
        List<Gap> gaps,
        List<FailedUnit> failed,
        List<WorkerRow> workers,
        Tally tally,
        Gate gate) {
    public Report {
        rules = List.copyOf(rules);
        gaps = List.copyOf(gaps);
        failed = List.copyOf(failed);
        workers = List.copyOf(workers);
    }

    /**
     * What reviewed.
     *
     * @param version of Skein
     * @param model empty for engines without one
     */
    public record Tool(String version, String engine, String model) {}

    /** @param reason one for many files: {@code binary}, {@code generated} … */
    public record Skipped(String path, String reason) {}

    /**
     * What was not to be reviewed.
     *
     * @param counts of all, by reason
     * @param first some of them, in the order of their paths
     */
    public record Skips(SortedMap<String, Long> counts, List<Skipped> first) {
        public static final Skips NONE = new Skips(new TreeMap<>(), List.of());

        public Skips {
            counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
            first = List.copyOf(first);
        }

        /** Those that are not among the first. */
        public long more() {
            return Math.max(0, counts.values().stream().mapToLong(each -> each).sum() - first.size());
        }
    }

    /** @param reason one sentence for people */
    public record FailedUnit(String unit, String reason, int attempts) {}

    /** What one worker did. */
    public record WorkerRow(String worker, long tasks, long failed, long lines, long findings, Duration busy) {}

    /**
     * What makes a review fail.
     *
     * @param onlyNew whether findings that were there before do not
     */
    public record Gate(Severity threshold, boolean onlyNew) {}

    public boolean isComplete() {
        return coverage.isWhole() && gaps.isEmpty() && failed.isEmpty();
    }
}
