package dev.skein.index.source;

import java.util.Arrays;

/**
 * Where the lines of one text begin. Lines end with {@code \r\n}, {@code \n} or a lone {@code \r}; lines and columns
 * count from 0, columns in UTF-16 code units, which is what editors mean.
 */
public final class LineMap {
    private int[] starts = new int[256];
    private int lines;
    private int last; // the line found before: most questions are about the same or the next one

    /** Forgets the text before and counts the lines of {@code text[0, end)}. */
    public void read(char[] text, int end) {
        lines = 0;
        last = 0;
        begin(0);
        for (int i = 0; i < end; i++) {
            char c = text[i];
            if (c > '\r') {
                continue;
            }
            if (c == '\n' || (c == '\r' && (i + 1 == end || text[i + 1] != '\n'))) {
                begin(i + 1);
            }
        }
    }

    private void begin(int offset) {
        if (lines == starts.length) {
            starts = Arrays.copyOf(starts, lines * 2);
        }
        starts[lines++] = offset;
    }

    /** How many lines there are; a text that ends with a break has an empty last line. */
    public int lines() {
        return lines;
    }

    /** The line that holds the character at {@code offset}; the offset after the last is in the last line. */
    public int line(int offset) {
        if (starts[last] <= offset && (last + 1 == lines || offset < starts[last + 1])) {
            return last;
        }
        int found = Arrays.binarySearch(starts, 0, lines, offset);
        last = found >= 0 ? found : -found - 2;
        return last;
    }

    public int column(int offset) {
        return offset - starts[line(offset)];
    }

    /** The offset of a place in a text of {@code end} characters, or -1 where it has none. */
    public int offset(int line, int column, int end) {
        if (line < 0 || line >= lines || column < 0) {
            return -1;
        }
        int offset = starts[line] + column;
        int next = line + 1 < lines ? starts[line + 1] : end + 1;
        return offset < next ? offset : -1;
    }
}
