package dev.skein.pipeline.vpl.text;

import dev.skein.pipeline.vpl.ast.Position;
import java.util.Arrays;

/** A text whose characters know where the author wrote them, also after compile-time loops were expanded. */
final class SourceText {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String text;
    private final int[] origin; // of each character and of the end, as offset in the written text
    private final Written written;

    private SourceText(String text, int[] origin, Written written) {
        this.text = text;
        this.origin = origin;
        this.written = written;
    }

    static SourceText of(String source) {
        var text = !source.isEmpty() && source.charAt(0) == BYTE_ORDER_MARK ? source.substring(1) : source;
        int[] origin = new int[text.length() + 1];
        Arrays.setAll(origin, i -> i);
        return new SourceText(text, origin, Written.of(text));
    }

    String text() {
        return text;
    }

    /** @param offset up to and including the length of the text */
    Position at(int offset) {
        return written.at(origin[offset]);
    }

    int originOf(int offset) {
        return origin[offset];
    }

    /** Another text made of characters of this one. */
    SourceText derived(String other, int[] origins) {
        return new SourceText(other, origins, written);
    }

    /** @param columns of each character and of the end, from 1 */
    private record Written(int[] lineStarts, int[] columns) {
        static Written of(String text) {
            int[] starts = new int[(int) text.chars().filter(c -> c == '\n').count() + 1];
            int[] columns = new int[text.length() + 1];
            int line = 0;
            int column = 1;
            for (int i = 0; i < text.length(); i++) {
                columns[i] = column;
                char c = text.charAt(i);
                if (c == '\n') {
                    starts[++line] = i + 1;
                    column = 1;
                } else if (!Character.isLowSurrogate(c)) {
                    column++;
                }
            }
            columns[text.length()] = column;
            return new Written(starts, columns);
        }

        Position at(int offset) {
            int found = Arrays.binarySearch(lineStarts, offset);
            return new Position(found >= 0 ? found + 1 : -found - 1, columns[offset]);
        }
    }
}
