package dev.skein.index.search;

import dev.skein.index.symbol.SymbolKind;

/** Where a name is declared, as one number: slot of the file, index in its table, kind, and what Nova would show. */
final class Place {
    static final int INDEX_MAX = (1 << 24) - 1;

    private static final int KIND_BITS = 5;
    private static final int INDEX_SHIFT = KIND_BITS + 1;
    private static final int SLOT_SHIFT = INDEX_SHIFT + 24;

    private Place() {}

    /** {@code first}: it is the first of its name in its file, and of a kind that Nova knows. */
    static long of(int slot, int index, SymbolKind kind, boolean first) {
        return (long) slot << SLOT_SHIFT | (long) index << INDEX_SHIFT | kind.ordinal() << 1 | (first ? 1 : 0);
    }

    static int slot(long place) {
        return (int) (place >>> SLOT_SHIFT);
    }

    static int index(long place) {
        return (int) (place >>> INDEX_SHIFT) & INDEX_MAX;
    }

    static int kind(long place) {
        return (int) (place >>> 1) & (1 << KIND_BITS) - 1;
    }

    static boolean isFirst(long place) {
        return (place & 1) != 0;
    }
}
