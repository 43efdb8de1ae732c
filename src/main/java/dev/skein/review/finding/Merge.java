package dev.skein.review.finding;

import dev.skein.review.Finding;
import dev.skein.review.Finding.Suppression;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes one finding of those that are the same: with one fingerprint, or of one rule at overlapping places where a
 * model or another engine is involved. The worst, surest one stays. An engine without a model may say two things
 * about one place; both stay, the later under a fingerprint of its own. The result does not depend on the order of
 * what comes in.
 */
public final class Merge {
    private static final Comparator<Finding> BEST = Comparator.comparing(Finding::severity)
            .thenComparing(Comparator.comparingDouble(Finding::confidence).reversed())
            .thenComparing(Finding::engine)
            .thenComparing(Finding::model)
            .thenComparing(Finding::message)
            .thenComparing(finding -> Objects.requireNonNullElse(finding.suggestion(), ""))
            .thenComparing(finding -> Objects.requireNonNullElse(finding.replacement(), ""))
            .thenComparing(Finding::task)
            .thenComparing(Finding::region);
    private static final Comparator<Finding> BY_PLACE =
            Comparator.comparing(Finding::region).thenComparing(BEST);

    private Merge() {}

    /** Findings of any files, in their order and each once. */
    public static List<Finding> distinct(Collection<Finding> findings) {
        List<Finding> all = new ArrayList<>();
        stream(findings.stream().sorted().iterator()).forEachRemaining(all::add);
        return all;
    }

    /**
     * The same for findings that come sorted; holds those of one file at a time.
     *
     * @param sorted by path at least
     */
    public static Iterator<Finding> stream(Iterator<Finding> sorted) {
        return new Files(sorted);
    }

    private static final class Files implements Iterator<Finding> {
        private final Iterator<Finding> sorted;
        private Iterator<Finding> file = List.<Finding>of().iterator();
        private @Nullable Finding next;

        Files(Iterator<Finding> sorted) {
            this.sorted = sorted;
            this.next = sorted.hasNext() ? sorted.next() : null;
        }

        @Override
        public boolean hasNext() {
            return file.hasNext() || next != null;
        }

        @Override
        public Finding next() {
            if (!file.hasNext()) {
                file = ofFile(gathered()).iterator();
            }
            return file.next();
        }

        private List<Finding> gathered() {
            var first = next;
            if (first == null) {
                throw new NoSuchElementException("no more findings");
            }
            List<Finding> gathered = new ArrayList<>();
            while (next != null && next.path().equals(first.path())) {
                gathered.add(next);
                next = sorted.hasNext() ? sorted.next() : null;
            }
            return gathered;
        }
    }

    private static List<Finding> ofFile(List<Finding> findings) {
        Map<String, Finding> byName = new HashMap<>();
        findings.stream().sorted(BEST).forEach(finding -> byName.merge(name(finding), finding, Merge::joined));
        var apart = apart(byName.values().stream().sorted(BEST).toList());
        return apart.stream().collect(Collectors.groupingBy(Finding::rule)).values().stream()
                .flatMap(ofRule -> swept(ofRule).stream())
                .sorted()
                .toList();
    }

    private static String name(Finding finding) {
        return finding.model().isEmpty()
                ? finding.fingerprint() + " " + finding.engine() + " " + finding.message()
                : finding.fingerprint();
    }

    /** Different sayings about one place get names of their own. */
    private static List<Finding> apart(List<Finding> findings) {
        Map<String, Integer> seen = new HashMap<>();
        List<Finding> apart = new ArrayList<>();
        for (var finding : findings) {
            int before = seen.merge(finding.fingerprint() + " " + finding.engine(), 1, Integer::sum) - 1;
            apart.add(before == 0 ? finding : renamed(finding, before));
        }
        return apart;
    }

    /** Findings of one rule with those that overlap made one. */
    private static List<Finding> swept(List<Finding> ofRule) {
        List<Finding> kept = new ArrayList<>();
        for (var finding : ofRule.stream().sorted(BY_PLACE).toList()) {
            int last = kept.size() - 1;
            if (last >= 0 && isSame(kept.get(last), finding)) {
                var before = kept.get(last);
                boolean better = BEST.compare(finding, before) < 0;
                kept.set(last, better ? joined(finding, before) : joined(before, finding));
            } else {
                kept.add(finding);
            }
        }
        return kept;
    }

    private static boolean isSame(Finding one, Finding other) {
        boolean guessed = !one.model().isEmpty()
                || !other.model().isEmpty()
                || !one.engine().equals(other.engine());
        return guessed && overlap(one, other);
    }

    private static boolean overlap(Finding one, Finding other) {
        var first = one.region().compareTo(other.region()) <= 0 ? one.region() : other.region();
        var second = first == one.region() ? other.region() : one.region();
        return second.startLine() < first.endLine()
                || (second.startLine() == first.endLine() && second.startColumn() < first.endColumn());
    }

    private static Finding joined(Finding best, Finding other) {
        double confidence = Math.max(best.confidence(), other.confidence());
        var suppression = best.suppression() == null ? other.suppression() : best.suppression();
        return new Copy(best).with(confidence, best.fingerprint(), suppression);
    }

    private static Finding renamed(Finding finding, int number) {
        var fingerprint = Marks.digest(finding.fingerprint(), String.valueOf(number));
        return new Copy(finding).with(finding.confidence(), fingerprint, finding.suppression());
    }

    private record Copy(Finding of) {
        Finding with(double confidence, String fingerprint, @Nullable Suppression suppression) {
            return new Finding(
                    of.path(),
                    of.region(),
                    of.quote(),
                    of.rule(),
                    of.severity(),
                    confidence,
                    of.message(),
                    of.suggestion(),
                    of.replacement(),
                    of.engine(),
                    of.model(),
                    of.task(),
                    fingerprint,
                    of.lineHash(),
                    suppression);
        }
    }
}
