package dev.skein.coordinator.review.rows;

import dev.skein.review.Finding;
import dev.skein.review.Severity;
import dev.skein.review.run.ReviewParts.Seal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many findings, those that somebody does not want to see apart.
 *
 * @param bySeverity without suppressed ones
 */
public record Counts(Map<Severity, Long> bySeverity, long suppressed) {
    public Counts {
        bySeverity = Map.copyOf(bySeverity);
    }

    public static Counts of(Seal seal) {
        var counts = new EnumMap<Severity, Long>(Severity.class);
        seal.findings().forEach((word, count) -> counts.put(Severity.of(word), count));
        return new Counts(counts, seal.suppressed());
    }

    public static Counts of(List<Finding> findings) {
        var counts = new EnumMap<Severity, Long>(Severity.class);
        long suppressed = 0;
        for (var finding : findings) {
            if (finding.suppression() == null) {
                counts.merge(finding.severity(), 1L, Long::sum);
            } else {
                suppressed++;
            }
        }
        return new Counts(counts, suppressed);
    }

    public long of(Severity severity) {
        return bySeverity.getOrDefault(severity, 0L);
    }
}
