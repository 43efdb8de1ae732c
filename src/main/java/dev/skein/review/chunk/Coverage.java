package dev.skein.review.chunk;

import dev.skein.review.Chunk;
import dev.skein.review.Gap;
import dev.skein.review.Lines;
import dev.skein.review.chunk.Chunker.Chunked;
import dev.skein.review.scope.Skipped.Reason;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much was really looked at.
 *
 * @param files that are to be reviewed
 * @param lines of them
 * @param reviewed of these
 * @param gaps why the others were not, by path and line
 * @param skipped entries that are not to be reviewed, by reason
 */
public record Coverage(int files, long lines, long reviewed, List<Gap> gaps, Map<Reason, Integer> skipped) {
    private static final double PERCENT = 100.0;

    public static final Coverage NONE = new Coverage(0, 0, 0, List.of(), Map.of());

    public Coverage {
        gaps = List.copyOf(gaps);
        skipped = Map.copyOf(skipped);
    }

    /**
     * Checks that what chunks own and gaps name is every line once.
     *
     * @throws IllegalStateException naming the first line that is not
     */
    static void prove(String path, int lines, Chunked chunked) {
        var seen = new BitSet(lines + 1);
        var all = new ArrayList<Lines>();
        chunked.chunks().stream().map(Chunk::owned).forEach(all::add);
        chunked.gaps().stream().map(Gap::lines).forEach(all::add);
        for (var each : all) {
            int again = seen.nextSetBit(each.first());
            if (each.last() > lines || (again >= 0 && again <= each.last())) {
                throw new IllegalStateException("%s: lines %d to %d of %d are owned twice or not there"
                        .formatted(path, each.first(), each.last(), lines));
            }
            seen.set(each.first(), each.last() + 1);
        }
        int missing = seen.nextClearBit(1);
        if (missing <= lines) {
            throw new IllegalStateException("%s: line %d is in no chunk".formatted(path, missing));
        }
    }

    /**
     * Of one file that was to be reviewed.
     *
     * @param lines all of the file
     * @param owned what chunks answered for; lines that neither these nor a gap have count as not reviewed, too
     * @param gaps of this file, which may overlap
     */
    public static Coverage of(int lines, Collection<Lines> owned, List<Gap> gaps) {
        var reviewed = new BitSet(lines + 1);
        owned.forEach(each -> reviewed.set(each.first(), Math.min(each.last(), lines) + 1));
        gaps.forEach(gap -> reviewed.clear(gap.lines().first(), gap.lines().last() + 1));
        return new Coverage(1, lines, reviewed.cardinality(), gaps, Map.of());
    }

    /** Entries that are not to be reviewed. */
    public static Coverage skipping(Map<Reason, Integer> skipped) {
        return new Coverage(0, 0, 0, List.of(), skipped);
    }

    public Coverage plus(Coverage other) {
        return sum(List.of(this, other));
    }

    /** Of all together. */
    public static Coverage sum(Collection<Coverage> parts) {
        int files = 0;
        long lines = 0;
        long reviewed = 0;
        var gaps = new ArrayList<Gap>();
        var skipped = new TreeMap<Reason, Integer>();
        for (var part : parts) {
            files += part.files;
            lines += part.lines;
            reviewed += part.reviewed;
            gaps.addAll(part.gaps);
            part.skipped.forEach((reason, count) -> skipped.merge(reason, count, Integer::sum));
        }
        return new Coverage(files, lines, reviewed, gaps, skipped);
    }

    public boolean isComplete() {
        return reviewed == lines;
    }

    /** Never 100 while a line is missing. */
    public double percent() {
        if (isComplete()) {
            return PERCENT;
        }
        return Math.min(PERCENT - 0.01, Math.floor(reviewed * PERCENT * PERCENT / lines) / PERCENT);
    }

    /** For people: {@code 1,200 / 1,234 lines (97.24 %)}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d / %,d lines (%.2f %%)", reviewed, lines, percent());
    }
}
