package dev.skein.pipeline.vpl.ast;

import java.util.Comparator;

/**
 * A place in the text as its author sees it.
 *
 * @param line from 1
 * @param column from 1, in code points; a tab is one column
 */
public record Position(int line, int column) implements Comparable<Position> {
    private static final Comparator<Position> ORDER =
            Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
