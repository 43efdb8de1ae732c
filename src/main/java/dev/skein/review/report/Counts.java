package dev.skein.review.report;

import dev.skein.review.Finding;
import dev.skein.review.Severity;
import dev.skein.review.finding.baseline.Compared;
import dev.skein.review.finding.baseline.State;
import dev.skein.review.report.Report.Gate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;

/** What has to be known of all findings before the first is written. Not thread-safe. */
public final class Counts {
    private static final int TOP_MAX = 20;
    private static final int RANKS = 2 * Severity.values().length * 101;
    private static final Comparator<Finding> WORST =
            Comparator.comparingInt(Counts::rank).thenComparing(finding -> finding);

    private final Gate gate;
    private final long[] open = new long[Severity.values().length];
    private final long[] fresh = new long[Severity.values().length];
    private final long[] suppressed = new long[Severity.values().length];
    private final long[] fixed = new long[Severity.values().length];
    private final long[] byRank = new long[RANKS];
    private final TreeSet<String> rules = new TreeSet<>();
    private final PriorityQueue<Finding> top = new PriorityQueue<>(WORST.reversed());
    private long failing;

    private Counts(Gate gate) {
        this.gate = gate;
    }

    public static Counts of(Iterator<Compared> findings, Gate gate) {
        var counts = new Counts(gate);
        findings.forEachRemaining(counts::count);
        return counts;
    }

    private void count(Compared compared) {
        var finding = compared.finding();
        int severity = finding.severity().ordinal();
        if (compared.state() == State.FIXED) {
            fixed[severity]++;
            return;
        }
        rules.add(finding.rule());
        byRank[rank(finding)]++;
        if (!compared.isOpen()) {
            suppressed[severity]++;
            return;
        }
        open[severity]++;
        fresh[severity] += compared.state() == State.NEW ? 1 : 0;
        failing += isFailing(compared, gate) ? 1 : 0;
        top.add(finding);
        if (top.size() > TOP_MAX) {
            top.remove();
        }
    }

    /** Whether this finding makes a review fail. */
    static boolean isFailing(Compared compared, Gate gate) {
        return compared.isOpen()
                && compared.finding().severity().isAtLeast(gate.threshold())
                && (!gate.onlyNew() || compared.state() != State.UNCHANGED);
    }

    /** The lower, the worse: open before suppressed, then by severity, then the surest. */
    public static int rank(Finding finding) {
        int kind = finding.suppression() == null ? 0 : Severity.values().length;
        int doubt = 100 - (int) Math.round(Math.max(0, Math.min(1, finding.confidence())) * 100);
        return (kind + finding.severity().ordinal()) * 101 + doubt;
    }

    /** How many of each rank are among the {@code max} worst; of the last rank the first ones count. */
    public long[] worst(long max) {
        var kept = new long[RANKS];
        long left = max;
        for (int i = 0; i < RANKS; i++) {
            kept[i] = Math.min(left, byRank[i]);
            left -= kept[i];
        }
        return kept;
    }

    /** Findings at or above the threshold. */
    public long failing() {
        return failing;
    }

    public long open(Severity severity) {
        return open[severity.ordinal()];
    }

    /** Open ones that an earlier review did not have. */
    public long fresh(Severity severity) {
        return fresh[severity.ordinal()];
    }

    public long suppressed(Severity severity) {
        return suppressed[severity.ordinal()];
    }

    public long fixed(Severity severity) {
        return fixed[severity.ordinal()];
    }

    /** Open and suppressed ones. */
    public long present() {
        long sum = 0;
        for (var count : byRank) {
            sum += count;
        }
        return sum;
    }

    /** Rules with findings, by name. */
    public List<String> rules() {
        return List.copyOf(rules);
    }

    /** The worst open findings, the worst first. */
    List<Finding> top() {
        var worst = new ArrayList<>(top);
        worst.sort(WORST);
        return worst;
    }
}
