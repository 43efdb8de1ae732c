package dev.skein.review.chunk;

import java.util.Arrays;

/**
 * The lines of a text, from 1. {@code \r\n}, {@code \n} and a lone {@code \r} end one; what comes after the last end is
 * a line only if it has a character.
 */
public final class TextLines {
    private static final int SOME = 64;
    private static final int TAB = 4; // columns, to compare how deep lines are

    private final String text;
    private int[] starts = new int[SOME];
    private int count;

    public TextLines(String text) {
        this.text = text;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'))) {
                add(start);
                start = i + 1;
            }
        }
        if (start < text.length()) {
            add(start);
        }
    }

    private void add(int start) {
        starts = count == starts.length ? Arrays.copyOf(starts, count * 2) : starts;
        starts[count++] = start;
    }

    public int count() {
        return count;
    }

    /** Where a line begins; the line after the last begins at the end. */
    private int start(int line) {
        return line > count ? text.length() : starts[line - 1];
    }

    /** Characters of a line with its end. */
    public int length(int line) {
        return start(line + 1) - start(line);
    }

    /** Lines from the first to the last with their ends. */
    public String text(int first, int last) {
        return text.substring(start(first), start(last + 1));
    }

    /** Columns of blanks before the first other character; -1 for a line that has none. */
    public int indent(int line) {
        int columns = 0;
        int end = start(line + 1);
        for (int i = start(line); i < end; i++) {
            char c = text.charAt(i);
            if (c > ' ') {
                return columns;
            }
            columns += c == '\t' ? TAB : 1;
        }
        return -1;
    }

    public boolean isBlank(int line) {
        return indent(line) < 0;
    }
}
