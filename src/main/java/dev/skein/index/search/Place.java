package dev.skein.index.search;

import dev.skein.index.symbol.SymbolKind;

/**
 * Where a name is declared, as one number: slot of the file, index in its table, number of the container in its file,
 * kind, and what Nova would show. Never negative.
 */
final class Place {
    /** Containers of one file beyond this many share this number. */
    static final int SCOPE_MANY = (1 << 13) - 1;

    /** Files of a shard are fewer than this, or as many. */
    static final int SLOT_MANY = 1 << 22;

    /** Symbols of a file, likewise. */
    static final int INDEX_MANY = 1 << 22;

    private static final int KIND_BITS = 5;

    static final int SORTS = 2 << KIND_BITS;

    private static final int SCOPE_SHIFT = KIND_BITS + 1;
    private static final int INDEX_SHIFT = SCOPE_SHIFT + 13;
    private static final int SLOT_SHIFT = INDEX_SHIFT + 22;

    private Place() {}

    static long of(int slot, int index, int scope, int sort) {
        return (long) slot << SLOT_SHIFT | (long) index << INDEX_SHIFT | (long) scope << SCOPE_SHIFT | sort;
    }

    /** {@code first}: it is the first of its name in its file, and of a kind that Nova knows. */
    static int sort(SymbolKind kind, boolean first) {
        return kind.ordinal() << 1 | (first ? 1 : 0);
    }

    static int slot(long place) {
        return (int) (place >>> SLOT_SHIFT);
    }

    static int index(long place) {
        return (int) (place >>> INDEX_SHIFT) & INDEX_MANY - 1;
    }

    static int scope(long place) {
        return (int) (place >>> SCOPE_SHIFT) & SCOPE_MANY;
    }

    static int kind(long place) {
        return (int) (place >>> 1) & (1 << KIND_BITS) - 1;
    }

    /** Kind and what Nova would show, as a number below {@link #SORTS}, which is a place of that sort, too. */
    static int sort(long place) {
        return (int) place & (SORTS - 1);
    }

    static boolean isFirst(long place) {
        return (place & 1) != 0;
    }
}
