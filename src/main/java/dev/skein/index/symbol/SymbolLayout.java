package dev.skein.index.symbol;

import java.util.Arrays;

/**
 * How the symbols of a table are nested, and where they are described.
 *
 * @param unit package of the file
 * @param parents index of the symbol around each, or -1
 * @param marks for one symbol in so many where its kind and where its description stand, and the line before it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record SymbolLayout(String unit, int[] parents, int[] marks) {
    private static final int STEP = 32;
    private static final int NUMBERS = 3; // of a mark

    /** What is known of a symbol without its table. */
    public record Called(String name, String container) {}

    static SymbolLayout of(byte[] packed) {
        var from = new Unpacking(packed);
        int count = from.count(3);
        var marks = new int[(count + STEP - 1) / STEP * NUMBERS];
        for (int i = 0; i < count; i++) {
            from.skipText();
        }
        for (int i = 0; i < count; i++) {
            if (i % STEP == 0) {
                marks[i / STEP * NUMBERS] = from.at();
            }
            from.single();
            from.number();
        }
        var unit = from.text();
        return new SymbolLayout(unit, nesting(from, count, marks), marks);
    }

    private static int[] nesting(Unpacking from, int count, int[] marks) {
        var parents = new int[count];
        Arrays.fill(parents, -1);
        int line = 0;
        for (int i = 0; i < count; i++) {
            if (i % STEP == 0) {
                marks[i / STEP * NUMBERS + 1] = from.at();
                marks[i / STEP * NUMBERS + 2] = line;
            }
            int back = from.number();
            parents[i] = back == 0 ? -1 : i - back;
            line += from.signed();
            SymbolTableReader.skipAfterLine(from);
        }
        return parents;
    }

    static Symbol symbol(byte[] packed, int index, int[] marks, Called called) {
        int mark = index / STEP * NUMBERS;
        var head = new Unpacking(packed, marks[mark]);
        var rest = new Unpacking(packed, marks[mark + 1]);
        int line = marks[mark + 2];
        for (int i = index - index % STEP; i < index; i++) {
            head.single();
            head.number();
            rest.number();
            line += rest.signed();
            SymbolTableReader.skipAfterLine(rest);
        }
        var kind = SymbolKind.of(head.single());
        int modifiers = head.number();
        rest.number();
        line += rest.signed();
        var at = SymbolTableReader.nameSpan(rest, line);
        var range = SymbolTableReader.range(rest, at);
        var name = called.name;
        var within = called.container;
        return new Symbol(kind, name, within, rest.text(), rest.text(), modifiers, at, range, rest.text());
    }
}
