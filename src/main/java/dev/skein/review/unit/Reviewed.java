package dev.skein.review.unit;

import dev.skein.review.Engine.Look;
import dev.skein.review.Finding;
import dev.skein.review.Gap;
import dev.skein.review.finding.Verifier.Verified;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of an attempt.
 *
 * @param lines of the unit
 * @param seen of these
 * @param gaps why not the others
 */
public record Reviewed(Look look, Verified verified, long lines, long seen, List<Gap> gaps) {
    public Reviewed {
        gaps = List.copyOf(gaps);
    }

    public List<Finding> findings() {
        return verified.findings();
    }

    /** Whether the engine looked at all that it was shown. */
    public boolean isWhole() {
        return gaps.stream().noneMatch(Reviewed::isOfEngine);
    }

    private static boolean isOfEngine(Gap gap) {
        return gap.reason() == Gap.Reason.ENGINE || gap.reason() == Gap.Reason.TRUNCATED;
    }

    /** For people: what the engine did not look at, when it did not look at all. */
    public String missing() {
        var missed = gaps.stream().filter(Reviewed::isOfEngine).toList();
        var first = missed.get(0);
        return "%,d of %,d lines were reviewed; %s, line %d: %s"
                .formatted(seen, lines, first.path(), first.lines().first(), first.detail());
    }

    /** How many there are of each severity, without suppressed ones. */
    public SortedMap<String, Long> counts() {
        return counts(findings());
    }

    /** How many of some there are of each severity, without suppressed ones. */
    public static SortedMap<String, Long> counts(List<Finding> findings) {
        var counts = new TreeMap<String, Long>();
        findings.stream()
                .filter(finding -> finding.suppression() == null)
                .forEach(finding -> counts.merge(finding.severity().word(), 1L, Long::sum));
        return counts;
    }
}
