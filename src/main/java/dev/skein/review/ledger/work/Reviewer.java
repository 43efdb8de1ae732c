package dev.skein.review.ledger.work;

import dev.skein.review.Finding;
import dev.skein.review.Gap;
import dev.skein.review.Rule;
import dev.skein.review.finding.Tally;
import dev.skein.review.scope.Unit;
import dev.skein.review.unit.Reviewed;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** Reviews one unit. Blocks; called by one thread at a time, but one that was given up may still be at it. */
@FunctionalInterface
public interface Reviewer {
    /** @throws dev.skein.kernel.Problem when nothing could be looked at */
    Opinion review(Order order);

    /**
     * What is to be reviewed.
     *
     * @param root under which the unit's files are
     * @param stopped completes when nobody wants it any more
     */
    record Order(String task, Unit unit, Path root, Future<String> stopped) {}

    /**
     * What came of it.
     *
     * @param missing why it is not whole; empty when it is
     * @param lines of the unit
     * @param tally of what was proposed and not believed
     */
    record Opinion(
            By by,
            String missing,
            long lines,
            long reviewed,
            Tally tally,
            List<Rule> rules,
            List<Gap> gaps,
            List<Finding> findings) {
        public Opinion {
            rules = List.copyOf(rules);
            gaps = List.copyOf(gaps);
            findings = List.copyOf(findings);
        }

        /** How many there are of each severity, without suppressed ones. */
        public SortedMap<String, Long> counts() {
            return Reviewed.counts(findings);
        }
    }

    /**
     * What reviewed.
     *
     * @param model empty for engines without one
     * @param fingerprint of the engine with the persona
     */
    record By(String engine, String model, String fingerprint) {}
}
