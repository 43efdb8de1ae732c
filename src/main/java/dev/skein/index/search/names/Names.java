package dev.skein.index.search.names;

import dev.skein.index.match.NameMask;
import dev.skein.index.match.Sheaf;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Every name once, by number, with the places where it is declared. A number is that of a lane of a sheaf; one whose
 * last place goes is free for another name.
 */
public final class Names {
    private static final int FREE = -1;
    private static final long[] NONE = {};

    private byte[][] names = new byte[1024][];
    private int[] counts = new int[1024];
    private long[] first = new long[1024]; // most names have one place only
    private long[][] others = new long[1024][];
    private int[] table = filled(4096); // open addressing over the names in use, at most half full
    private int inUse;
    private final Sheaves sheaves = new Sheaves();
    private final SortedNames sorted = new SortedNames(names);
    private long[] @Nullable [] masks = new long[16][]; // by sheaf, of names that no sheaf takes

    private static int[] filled(int length) {
        var table = new int[length];
        Arrays.fill(table, FREE);
        return table;
    }

    public Sheaves sheaves() {
        return sheaves;
    }

    public byte[] name(int number) {
        return names[number];
    }

    /** The {@link NameMask#folded} of a name. */
    public long mask(int number) {
        var odd = masks[number / Sheaf.LANES];
        return odd == null ? NameMask.of(names[number]) : odd[number % Sheaf.LANES];
    }

    /** In how many places the name is declared; 0 when the number is free. */
    public int count(int number) {
        return counts[number];
    }

    /** One of the {@link #count} places of the name, which are in no order. */
    public long place(int number, int position) {
        return position == 0 ? first[number] : others[number][position - 1];
    }

    /** Hands out names in the order of their bytes for as long as {@code more} says so. */
    public void walk(IntPredicate more) {
        sorted.walk(more);
    }

    /** The number of a name, which is new if nobody had it. */
    public int number(byte[] name) {
        int slot = slot(name);
        if (table[slot] != FREE) {
            return table[slot];
        }
        if ((inUse + 1) * 2 > table.length) {
            grow();
            slot = slot(name);
        }
        int number = sheaves.put(name);
        if (number >= names.length) {
            widen();
        }
        table[slot] = number;
        inUse++;
        names[number] = name;
        others[number] = NONE;
        counts[number] = 0;
        sorted.add(number);
        if (!Sheaf.takes(name)) {
            mask(number, NameMask.folded(name));
        }
        return number;
    }

    private void mask(int number, long mask) {
        int sheaf = number / Sheaf.LANES;
        var odd = masks[sheaf];
        if (odd == null) {
            odd = new long[Sheaf.LANES];
            masks[sheaf] = odd;
        }
        odd[number % Sheaf.LANES] = mask;
    }

    private int slot(byte[] name) {
        int slot = hash(name);
        while (table[slot] != FREE && !Arrays.equals(names[table[slot]], name)) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }

    private int hash(byte[] name) {
        int hash = Arrays.hashCode(name) * 0x9E3779B9;
        return (hash ^ (hash >>> 15)) & (table.length - 1);
    }

    private void widen() {
        int wanted = (names.length + names.length / 2) / Sheaf.LANES * Sheaf.LANES; // sheaves as a whole
        names = Arrays.copyOf(names, wanted);
        counts = Arrays.copyOf(counts, wanted);
        first = Arrays.copyOf(first, wanted);
        others = Arrays.copyOf(others, wanted);
        masks = Arrays.copyOf(masks, wanted / Sheaf.LANES);
        sorted.use(names);
    }

    private void grow() {
        var old = table;
        table = filled(old.length * 2);
        for (int number : old) {
            if (number != FREE) {
                table[slot(names[number])] = number;
            }
        }
    }

    /** Adds a place and tells its position among the places of the name. */
    public int add(int number, long place) {
        int count = counts[number]++;
        if (count == 0) {
            first[number] = place;
            return 0;
        }
        if (count > others[number].length) {
            others[number] = Arrays.copyOf(others[number], count + count / 2);
        }
        others[number][count - 1] = place;
        return count;
    }

    /** Removes the place at {@code position}; gives the place that stands there now, or -1 when it was the last. */
    public long remove(int number, int position) {
        int last = --counts[number];
        if (last == 0) {
            free(number);
            return -1;
        }
        long moved = others[number][last - 1];
        if (position == last) {
            return -1;
        }
        if (position == 0) {
            first[number] = moved;
        } else {
            others[number][position - 1] = moved;
        }
        return moved;
    }

    private void free(int number) {
        int hole = slot(names[number]);
        table[hole] = FREE;
        sorted.remove(number);
        sheaves.clear(number, names[number]);
        names[number] = new byte[0];
        others[number] = NONE;
        inUse--;
        closeGap(hole);
    }

    /** Moves back what probing would no longer reach across the hole. */
    private void closeGap(int from) {
        int last = table.length - 1;
        int hole = from;
        for (int slot = (hole + 1) & last; table[slot] != FREE; slot = (slot + 1) & last) {
            int home = hash(names[table[slot]]);
            if (((slot - home) & last) >= ((slot - hole) & last)) {
                table[hole] = table[slot];
                table[slot] = FREE;
                hole = slot;
            }
        }
    }
}
