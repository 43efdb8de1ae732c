package dev.skein.index.symbol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the second part of a table, which describes each symbol relative to the one before and the one around it. */
final class SymbolTableReader {
    private static final int NUMBERS = 8; // the two spans
    private static final int TEXTS = 3;

    private final Unpacking from;
    private final SymbolTable.Heads heads;
    private final List<Symbol> symbols = new ArrayList<>();
    private final String[] qualified; // of those that contain others, and the same for all in one
    private int line;

    SymbolTableReader(Unpacking from, Function<Unpacking, SymbolTable.Heads> heads) {
        this.from = from;
        this.heads = heads.apply(from);
        this.qualified = new String[this.heads.kinds().length];
    }

    /** Throws unless {@link #read} will not; makes nothing of what it passes over. */
    static void check(Unpacking from) {
        int count = from.count(3);
        for (int i = 0; i < count; i++) {
            from.skipText();
        }
        for (int i = 0; i < count; i++) {
            SymbolKind.of(from.single());
            from.number();
        }
        from.skipText();
        for (int i = 0; i < count; i++) {
            int back = from.number();
            if (back < 0 || back > i) {
                throw new Unpacking.Malformed("a symbol comes before the one around it");
            }
            skipRest(from);
        }
        requireEnd(from);
    }

    private static void skipRest(Unpacking from) {
        from.number();
        skipAfterLine(from);
    }

    /** Passes over what is told of a symbol after the line of its name. */
    static void skipAfterLine(Unpacking from) {
        for (int number = 1; number < NUMBERS; number++) {
            from.number();
        }
        for (int text = 0; text < TEXTS; text++) {
            from.skipText();
        }
    }

    private static void requireEnd(Unpacking from) {
        if (!from.isAtEnd()) {
            throw new Unpacking.Malformed("goes on after its end");
        }
    }

    List<Symbol> read() {
        var unit = from.text();
        for (int i = 0; i < heads.kinds().length; i++) {
            symbols.add(symbol(i, unit));
        }
        requireEnd(from);
        return symbols;
    }

    /** The container of each symbol alone, without a word of the rest. */
    String[] containers() {
        var unit = from.text();
        var containers = new String[heads.kinds().length];
        for (int i = 0; i < containers.length; i++) {
            int back = from.number();
            if (back > 0 && qualified[i - back] == null) {
                qualified[i - back] = qualified(containers[i - back], i - back);
            }
            containers[i] = back > 0 ? qualified[i - back] : outermost(i, unit);
            skipRest(from);
        }
        return containers;
    }

    private String qualified(String container, int index) {
        var name = new String(heads.names().get(index), StandardCharsets.UTF_8);
        return container.isEmpty() ? name : container + "." + name;
    }

    private String outermost(int index, String unit) {
        var kind = heads.kinds()[index];
        return kind == SymbolKind.PACKAGE || kind == SymbolKind.MODULE ? "" : unit;
    }

    private Symbol symbol(int index, String unit) {
        int back = from.number();
        var name = new String(heads.names().get(index), StandardCharsets.UTF_8);
        var container = container(index, back, unit);
        var nameSpan = nameSpan();
        var range = range(from, nameSpan);
        return new Symbol(
                heads.kinds()[index],
                name,
                container,
                from.text(),
                from.text(),
                heads.modifiers()[index],
                nameSpan,
                range,
                from.text());
    }

    private String container(int index, int back, String unit) {
        int around = index - back;
        if (back > 0 && qualified[around] == null) {
            qualified[around] = symbols.get(around).qualifiedName();
        }
        return back > 0 ? qualified[around] : outermost(index, unit);
    }

    private Span nameSpan() {
        line += from.signed();
        return nameSpan(from, line);
    }

    static Span nameSpan(Unpacking from, int line) {
        int column = from.number();
        int lines = from.number();
        int end = lines == 0 ? column + from.number() : from.number();
        return new Span(line, column, line + lines, end);
    }

    static Span range(Unpacking from, Span name) {
        int first = name.line() - from.number();
        int column = from.number();
        int last = name.endLine() + from.signed();
        return new Span(first, column, last, from.number());
    }
}
