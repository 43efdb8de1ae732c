package dev.skein.review;

import java.util.Comparator;

/**
 * A stretch of a text. Lines and columns count from 1, columns in UTF-16 code units; {@code \r\n}, {@code \n} and a
 * lone {@code \r} end a line. In order of place.
 *
 * @param endColumn of the first character after it
 */
public record Region(int startLine, int startColumn, int endLine, int endColumn) implements Comparable<Region> {
    private static final Comparator<Region> ORDER = Comparator.comparingInt(Region::startLine)
            .thenComparingInt(Region::startColumn)
            .thenComparingInt(Region::endLine)
            .thenComparingInt(Region::endColumn);

    @Override
    public int compareTo(Region other) {
        return ORDER.compare(this, other);
    }
}
