package dev.skein.index.search;

import dev.skein.index.match.NameMask;
import java.util.Arrays;

/**
 * Every name once, by number, with the places where it is declared. A number whose last place goes is free for another
 * name.
 */
final class Names {
    private static final int FREE = -1;

    private byte[][] names = new byte[1024][];
    private long[] masks = new long[1024];
    private long[][] places = new long[1024][];
    private int[] counts = new int[1024];
    private int[] table = filled(4096); // open addressing over the names in use, at most half full
    private int[] reusable = new int[64];
    private int reusables;
    private int size; // numbers given so far
    private int inUse;

    private static int[] filled(int length) {
        var table = new int[length];
        Arrays.fill(table, FREE);
        return table;
    }

    /** Numbers are below this; some of them may be free. */
    int bound() {
        return size;
    }

    byte[] name(int number) {
        return names[number];
    }

    long mask(int number) {
        return masks[number];
    }

    /** In how many places the name is declared; 0 when the number is free. */
    int count(int number) {
        return counts[number];
    }

    /** The first {@link #count} are the places of the name, in no order. */
    long[] places(int number) {
        return places[number];
    }

    /** The number of a name, which is new if nobody had it. */
    int number(byte[] name) {
        int slot = slot(name);
        if (table[slot] != FREE) {
            return table[slot];
        }
        if ((inUse + 1) * 2 > table.length) {
            grow();
            slot = slot(name);
        }
        int number = reusables > 0 ? reusable[--reusables] : fresh();
        table[slot] = number;
        inUse++;
        names[number] = name;
        masks[number] = NameMask.of(name);
        places[number] = new long[1];
        counts[number] = 0;
        return number;
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

    private int fresh() {
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            masks = Arrays.copyOf(masks, size * 2);
            places = Arrays.copyOf(places, size * 2);
            counts = Arrays.copyOf(counts, size * 2);
        }
        return size++;
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
    int add(int number, long place) {
        int count = counts[number];
        if (count == places[number].length) {
            places[number] = Arrays.copyOf(places[number], count + Math.max(1, count / 2));
        }
        places[number][count] = place;
        counts[number] = count + 1;
        return count;
    }

    /** Removes the place at {@code position}; gives the place that stands there now, or -1 when it was the last. */
    long remove(int number, int position) {
        int last = --counts[number];
        if (last == 0) {
            free(number);
            return -1;
        }
        long moved = places[number][last];
        places[number][position] = moved;
        return position == last ? -1 : moved;
    }

    private void free(int number) {
        int hole = slot(names[number]);
        table[hole] = FREE;
        names[number] = new byte[0];
        masks[number] = 0;
        places[number] = new long[0];
        inUse--;
        if (reusables == reusable.length) {
            reusable = Arrays.copyOf(reusable, reusables * 2);
        }
        reusable[reusables++] = number;
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
