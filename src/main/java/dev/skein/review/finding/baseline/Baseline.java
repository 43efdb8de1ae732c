package dev.skein.review.finding.baseline;

import dev.skein.review.Finding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares two reviews. Within one file pairs are made in rounds, each of what the rounds before left: same rule,
 * line and line hash; same fingerprint, which is a block that moved; same rule, message and hash; same rule, message
 * and line; same rule and hash. Of several candidates the nearest line is taken.
 */
public final class Baseline {
    private static final List<Function<Finding, String>> ROUNDS = List.of(
            finding -> key(finding.rule(), String.valueOf(line(finding)), hash(finding)),
            finding -> key(finding.fingerprint()),
            finding -> key(finding.rule(), finding.message(), hash(finding)),
            finding -> key(finding.rule(), finding.message(), String.valueOf(line(finding))),
            finding -> key(finding.rule(), hash(finding)));

    private Baseline() {}

    /**
     * All findings of now as new or unchanged and those of before that have no pair as fixed, by path and then by
     * place.
     *
     * @param before sorted by path at least
     * @param now sorted by path at least
     */
    public static Iterator<Compared> compare(Iterator<Finding> before, Iterator<Finding> now) {
        return new Paths(new Ahead(before), new Ahead(now));
    }

    /** One finding ahead of its source. */
    private static final class Ahead {
        private final Iterator<Finding> source;
        private @Nullable Finding next;

        Ahead(Iterator<Finding> source) {
            this.source = source;
            this.next = source.hasNext() ? source.next() : null;
        }

        @Nullable
        String path() {
            return next == null ? null : next.path();
        }

        List<Finding> of(String path) {
            List<Finding> gathered = new ArrayList<>();
            while (next != null && next.path().equals(path)) {
                gathered.add(next);
                next = source.hasNext() ? source.next() : null;
            }
            return gathered;
        }
    }

    private static final class Paths implements Iterator<Compared> {
        private final Ahead before;
        private final Ahead now;
        private Iterator<Compared> file = List.<Compared>of().iterator();

        Paths(Ahead before, Ahead now) {
            this.before = before;
            this.now = now;
        }

        @Override
        public boolean hasNext() {
            return file.hasNext() || before.path() != null || now.path() != null;
        }

        @Override
        public Compared next() {
            if (!file.hasNext()) {
                var path = path();
                file = ofFile(before.of(path), now.of(path)).iterator();
            }
            return file.next();
        }

        private String path() {
            var one = before.path();
            var other = now.path();
            if (one == null) {
                if (other == null) {
                    throw new NoSuchElementException("no more findings");
                }
                return other;
            }
            return other == null || one.compareTo(other) <= 0 ? one : other;
        }
    }

    private static List<Compared> ofFile(List<Finding> before, List<Finding> now) {
        var gone = new ArrayList<>(before);
        var fresh = new ArrayList<>(now);
        List<Compared> compared = new ArrayList<>();
        for (var round : ROUNDS) {
            pair(gone, fresh, round, compared);
        }
        fresh.forEach(finding -> compared.add(new Compared(finding, State.NEW)));
        gone.forEach(finding -> compared.add(new Compared(finding, State.FIXED)));
        compared.sort(null);
        return compared;
    }

    private static void pair(
            List<Finding> gone, List<Finding> fresh, Function<Finding, String> round, List<Compared> compared) {
        Map<String, List<Finding>> candidates = new HashMap<>();
        gone.forEach(finding -> candidates
                .computeIfAbsent(round.apply(finding), key -> new ArrayList<>())
                .add(finding));
        Set<Finding> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        fresh.removeIf(finding -> {
            var nearest = nearest(candidates.getOrDefault(round.apply(finding), List.of()), finding);
            if (nearest == null) {
                return false;
            }
            candidates.getOrDefault(round.apply(finding), List.of()).remove(nearest);
            taken.add(nearest);
            compared.add(new Compared(finding, State.UNCHANGED));
            return true;
        });
        gone.removeIf(taken::contains);
    }

    private static @Nullable Finding nearest(List<Finding> candidates, Finding to) {
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> Math.abs(line(candidate) - line(to))))
                .orElse(null);
    }

    private static int line(Finding finding) {
        return finding.region().startLine();
    }

    /** Without the number among equal lines, which changes when one before it does. */
    private static String hash(Finding finding) {
        int colon = finding.lineHash().indexOf(':');
        return colon < 0 ? finding.lineHash() : finding.lineHash().substring(0, colon);
    }

    private static String key(String... parts) {
        return String.join("\0", parts);
    }
}
