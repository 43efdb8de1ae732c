package dev.skein.index.symbol;

import java.util.ArrayList;
import java.util.List;

/**
 * All symbols of one file in the order of their names' positions, in one array of bytes: some forty bytes a symbol and
 * its documentation's first sentence.
 *
 * <p>Names, kinds and modifiers come first, because that is all a shard reads to find symbols; the rest is read when
 * one of them is shown.
 */
public final class SymbolTable {
    public static final SymbolTable EMPTY = new SymbolTableBuilder().build();

    private final byte[] packed;

    SymbolTable(byte[] packed) {
        this.packed = packed;
    }

    /** A table read from elsewhere; throws {@link IllegalArgumentException} when {@code packed} is none. */
    public static SymbolTable of(byte[] packed) {
        var table = new SymbolTable(packed.clone());
        try {
            SymbolTableReader.check(new Unpacking(table.packed));
        } catch (Unpacking.Malformed | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("no table of symbols: " + e.getMessage(), e);
        }
        return table;
    }

    /** Bytes it takes in memory and on disk. */
    public int bytes() {
        return packed.length;
    }

    public byte[] toBytes() {
        return packed.clone();
    }

    public int size() {
        return new Unpacking(packed).number();
    }

    /** What a shard needs of every symbol, by index. */
    public record Heads(List<byte[]> names, SymbolKind[] kinds, int[] modifiers) {}

    public Heads heads() {
        return heads(new Unpacking(packed));
    }

    private static Heads heads(Unpacking from) {
        int count = from.count(3); // at least a length, a kind and modifiers each
        List<byte[]> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            names.add(from.bytes());
        }
        var kinds = new SymbolKind[count];
        var modifiers = new int[count];
        for (int i = 0; i < count; i++) {
            kinds[i] = SymbolKind.of(from.single());
            modifiers[i] = from.number();
        }
        return new Heads(names, kinds, modifiers);
    }

    /** How the symbols are nested, and where each is described. */
    public SymbolLayout layout() {
        return SymbolLayout.of(packed);
    }

    /** One symbol in full, without a look at most of the others. */
    public Symbol symbol(int index, int[] marks, SymbolLayout.Called called) {
        return SymbolLayout.symbol(packed, index, marks, called);
    }

    /** The container of every symbol, by index; equal ones of one type are the same object. */
    public String[] containers() {
        return new SymbolTableReader(new Unpacking(packed), SymbolTable::heads).containers();
    }

    /** Every symbol in full. */
    public List<Symbol> symbols() {
        return new SymbolTableReader(new Unpacking(packed), SymbolTable::heads).read();
    }
}
