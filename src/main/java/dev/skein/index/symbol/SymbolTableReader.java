package dev.skein.index.symbol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the second part of a table, which describes each symbol relative to the one before and the one around it. */
final class SymbolTableReader {
    private final Unpacking from;
    private final SymbolTable.Heads heads;
    private final List<Symbol> symbols = new ArrayList<>();
    private int line;

    SymbolTableReader(Unpacking from, Function<Unpacking, SymbolTable.Heads> heads) {
        this.from = from;
        this.heads = heads.apply(from);
    }

    List<Symbol> read() {
        var unit = from.text();
        for (int i = 0; i < heads.kinds().length; i++) {
            symbols.add(symbol(i, unit));
        }
        if (!from.isAtEnd()) {
            throw new Unpacking.Malformed("goes on after its end");
        }
        return symbols;
    }

    private Symbol symbol(int index, String unit) {
        int back = from.number();
        var name = new String(heads.names().get(index), StandardCharsets.UTF_8);
        var container = container(index, back, unit);
        var nameSpan = nameSpan();
        var range = range(nameSpan);
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
        if (back > 0) {
            return symbols.get(index - back).qualifiedName();
        }
        var kind = heads.kinds()[index];
        return kind == SymbolKind.PACKAGE || kind == SymbolKind.MODULE ? "" : unit;
    }

    private Span nameSpan() {
        line += from.signed();
        int column = from.number();
        int lines = from.number();
        int end = lines == 0 ? column + from.number() : from.number();
        return new Span(line, column, line + lines, end);
    }

    private Span range(Span name) {
        int first = name.line() - from.number();
        int column = from.number();
        int last = name.endLine() + from.signed();
        return new Span(first, column, last, from.number());
    }
}
