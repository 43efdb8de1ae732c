package dev.skein.index.symbol;

import java.util.ArrayList;
import java.util.List;

/** Puts one file's symbols into a table. Not thread-safe; empty again after each {@link #build}. */
public final class SymbolTableBuilder {
    /** One symbol; {@code parent} is the index of the symbol around it, or -1. The container is left to the table. */
    public record Entry(Symbol symbol, int parent) {}

    private final Packing packing = new Packing();
    private final List<Entry> entries = new ArrayList<>();
    private String unit = "";
    private int line;

    /** Names the package of the file. */
    public void unit(String name) {
        unit = name;
    }

    /** Adds a symbol; those around it must have been added before. */
    public void add(Symbol symbol, int parent) {
        if (parent >= entries.size()) {
            throw new IllegalArgumentException("a symbol comes after the one around it");
        }
        entries.add(new Entry(symbol, parent));
    }

    public SymbolTable build() {
        packing.number(entries.size());
        for (var entry : entries) {
            packing.text(entry.symbol.identifier());
        }
        for (var entry : entries) {
            packing.single(entry.symbol.kind().ordinal());
            packing.number(entry.symbol.modifiers());
        }
        packing.text(unit);
        line = 0;
        for (int i = 0; i < entries.size(); i++) {
            describe(i, entries.get(i));
        }
        entries.clear();
        unit = "";
        return new SymbolTable(packing.take());
    }

    private void describe(int index, Entry entry) {
        var symbol = entry.symbol;
        packing.number(entry.parent < 0 ? 0 : index - entry.parent);
        var name = symbol.name();
        packing.signed(name.line() - line);
        line = name.line();
        packing.number(name.column());
        packing.number(name.endLine() - name.line());
        packing.number(name.endLine() == name.line() ? name.endColumn() - name.column() : name.endColumn());
        var range = symbol.range();
        packing.number(name.line() - range.line());
        packing.number(range.column());
        packing.signed(range.endLine() - name.endLine());
        packing.number(range.endColumn());
        packing.text(symbol.type());
        packing.text(symbol.parameters());
        packing.text(symbol.summary());
    }
}
