package dev.skein.review.chunk;

import dev.skein.review.Chunk;
import dev.skein.review.Gap;
import dev.skein.review.Lines;
import dev.skein.review.chunk.Chunker.Chunked;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * How much of what is to be reviewed was.
 *
 * @param lines of these files
 * @param reviewed of these lines
 */
public record Coverage(long files, long lines, long reviewed) {
    public static final Coverage NONE = new Coverage(0, 0, 0);

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
        return new Coverage(1, lines, reviewed.cardinality());
    }

    public Coverage plus(Coverage other) {
        return new Coverage(files + other.files, lines + other.lines, reviewed + other.reviewed);
    }

    public boolean isWhole() {
        return reviewed >= lines;
    }

    /** Percent with one digit, rounded down, so that 100.0 means all of it. */
    public String percent() {
        long tenths = isWhole() ? 1_000 : reviewed * 1_000 / lines;
        return tenths / 10 + "." + tenths % 10;
    }
}
