package dev.skein.index.match;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What somebody looks for: a name, or a name within something, as in {@code util.HashMap#put}. The part before the last
 * dot or hash must be a subsequence of the symbol's container; the whole is matched with names too, since packages and
 * modules have dots in theirs.
 */
public final class Query {
    private final Pattern whole;
    private final @Nullable Pattern simple;
    private final byte[] qualifier;

    private Query(Pattern whole, @Nullable Pattern simple, byte[] qualifier) {
        this.whole = whole;
        this.simple = simple;
        this.qualifier = qualifier;
    }

    /** A query with a qualifier where it has one. */
    public static Query of(String text) {
        var trimmed = text.strip();
        int last = Math.max(trimmed.lastIndexOf('.'), trimmed.lastIndexOf('#'));
        if (last <= 0) {
            return plain(trimmed);
        }
        var qualifier = new Pattern(trimmed.substring(0, last).replace('#', '.'));
        return new Query(new Pattern(trimmed), new Pattern(trimmed.substring(last + 1)), qualifier.folded());
    }

    /** A query that is matched with names only, as Nova does. */
    public static Query plain(String text) {
        return new Query(new Pattern(text.strip()), null, new byte[0]);
    }

    public boolean isEmpty() {
        return whole.isEmpty();
    }

    /** What names are matched with. */
    public Pattern whole() {
        return whole;
    }

    /** What names of symbols in a fitting container are matched with, or null when there is no qualifier. */
    public @Nullable Pattern simple() {
        return simple;
    }

    /** Bytes of the qualifier, all of which a container must have in their order. */
    public int qualifier() {
        return qualifier.length;
    }

    /**
     * How many bytes of the qualifier are found after a part of a container, of which {@code before} were found before
     * it.
     */
    public int advance(int before, byte[] text, int from, int to) {
        return Scorer.advance(qualifier, before, new Scorer.Part(text, from, to));
    }

    /** The mask of what is still to be found of the qualifier after so many bytes. */
    public long wanting(int before) {
        return NameMask.of(Arrays.copyOfRange(qualifier, before, qualifier.length));
    }
}
