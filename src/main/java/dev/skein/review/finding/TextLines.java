package dev.skein.review.finding;

import dev.skein.review.Region;
import java.util.Arrays;

/** Where the lines of one text are. Lines and columns as {@link Region} counts them. Immutable. */
public final class TextLines {
    private final String text;
    private final int[] starts;
    private final int lines;

    public TextLines(String text) {
        this.text = text;
        int[] found = new int[64];
        int count = 1;
        boolean plain = text.indexOf('\r') < 0;
        for (int i = next(plain, -1); i < text.length(); i = next(plain, i)) {
            if (isEnd(text, i)) {
                found = count == found.length ? Arrays.copyOf(found, count * 2) : found;
                found[count++] = i + 1;
            }
        }
        starts = found;
        lines = count;
    }

    /** The next place where a line may end. */
    private int next(boolean plain, int after) {
        int next = plain ? text.indexOf('\n', after + 1) : after + 1;
        return next < 0 ? text.length() : next;
    }

    private static boolean isEnd(String text, int at) {
        char c = text.charAt(at);
        return c == '\n' || (c == '\r' && (at + 1 == text.length() || text.charAt(at + 1) != '\n'));
    }

    /** How many there are, the empty one after the last end included; at least one. */
    public int count() {
        return lines;
    }

    /** The line that holds the character at {@code offset}; the place after the last character is in the last line. */
    public int lineOf(int offset) {
        int found = Arrays.binarySearch(starts, 0, lines, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    public Region region(int from, int to) {
        int first = lineOf(from);
        int last = lineOf(to);
        return new Region(first, from - starts[first - 1] + 1, last, to - starts[last - 1] + 1);
    }

    /** The offset of a place, or -1 where the text has none. */
    public int offset(int line, int column) {
        if (line < 1 || line > lines || column < 1) {
            return -1;
        }
        int offset = starts[line - 1] + column - 1;
        return offset <= end(line) ? offset : -1;
    }

    /** Where this line begins. */
    public int start(int line) {
        return starts[line - 1];
    }

    /** Where this line's end begins. */
    private int end(int line) {
        int end = line == lines ? text.length() : starts[line];
        while (end > starts[line - 1] && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return end;
    }

    /** This line without its end. */
    public String line(int line) {
        return text.substring(starts[line - 1], end(line));
    }
}
