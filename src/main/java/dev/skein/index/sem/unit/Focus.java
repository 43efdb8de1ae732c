package dev.skein.index.sem.unit;

import dev.skein.index.source.LineMap;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The places of a text that a question is about. Nothing within a method is known outside of it, so the bodies of
 * methods without such a place need not be read. Immutable.
 */
public final class Focus {
    /** The whole text. */
    public static final Focus EVERYWHERE = new Focus(null);

    private final int @Nullable [] offsets; // ascending

    private Focus(int @Nullable [] offsets) {
        this.offsets = offsets;
    }

    /** Where a word stands, in comments too; everywhere in a text that may have it in another spelling. */
    public static Focus on(String text, String word) {
        if (word.isEmpty() || text.contains("\\u")) {
            return EVERYWHERE;
        }
        return new Focus(IntStream.iterate(
                        text.indexOf(word), at -> at >= 0, at -> text.indexOf(word, at + word.length()))
                .filter(at -> isWhole(text, at, at + word.length()))
                .toArray());
    }

    private static boolean isWhole(String text, int from, int to) {
        return (from == 0 || !Character.isJavaIdentifierPart(text.charAt(from - 1)))
                && (to == text.length() || !Character.isJavaIdentifierPart(text.charAt(to)));
    }

    /** A place by line and column from 0, in UTF-16 units. */
    public static Focus at(String text, int line, int column) {
        var chars = text.toCharArray();
        var lines = new LineMap();
        lines.read(chars, chars.length);
        int offset = lines.offset(line, column, chars.length);
        return new Focus(offset < 0 ? new int[0] : new int[] {offset});
    }

    /** Whether a place is from one offset to another, both counted. */
    boolean touches(int from, int to) {
        if (offsets == null) {
            return true;
        }
        int found = Arrays.binarySearch(offsets, from);
        int next = found < 0 ? -found - 1 : found;
        return next < offsets.length && offsets[next] <= to;
    }
}
