package dev.skein.review.text;

import dev.skein.review.Region;
import java.util.Arrays;

/**
 * Where the lines of one text are. {@code \r\n}, {@code \n} and a lone {@code \r} end one. Lines and columns as
 * {@link Region} counts them. Immutable.
 */
public final class TextLines {
    private static final int TAB = 4; // columns, to compare how deep lines are

    private final String text;
    private final int[] starts;
    private final int places; // where a line begins, the empty one after the last end included

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
        places = count;
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

    /** How many there are; what comes after the last end is one only if it has a character. */
    public int count() {
        return starts[places - 1] == text.length() ? places - 1 : places;
    }

    /** The line that holds the character at {@code offset}; the place after the last character is in the last line. */
    public int lineOf(int offset) {
        int found = Arrays.binarySearch(starts, 0, places, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    public Region region(int from, int to) {
        int first = lineOf(from);
        int last = lineOf(to);
        return new Region(first, from - starts[first - 1] + 1, last, to - starts[last - 1] + 1);
    }

    /** The offset of a place, or -1 where the text has none. */
    public int offset(int line, int column) {
        if (line < 1 || line > places || column < 1) {
            return -1;
        }
        int offset = starts[line - 1] + column - 1;
        return offset <= end(line) ? offset : -1;
    }

    /** Where a line begins; the one after the last begins at the end. */
    private int start(int line) {
        return line > places ? text.length() : starts[line - 1];
    }

    /** Where this line's end begins. */
    private int end(int line) {
        int end = start(line + 1);
        while (end > starts[line - 1] && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return end;
    }

    /** This line without its end. */
    public String line(int line) {
        return text.substring(starts[line - 1], end(line));
    }

    /** Lines from the first to the last with their ends. */
    public String text(int first, int last) {
        return text.substring(start(first), start(last + 1));
    }

    /** Characters of a line with its end. */
    public int length(int line) {
        return start(line + 1) - start(line);
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
