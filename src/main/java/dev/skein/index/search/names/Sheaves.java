package dev.skein.index.search.names;

import dev.skein.index.match.Sheaf;
import java.util.Arrays;

/**
 * Sheaves by number and by the length of their names. Names that no sheaf takes are put together under length 0, in
 * sheaves that only say which lanes have a name.
 */
public final class Sheaves {
    /** Instead of the length of names that no sheaf takes. */
    public static final int ODD = 0;

    private static final int LENGTHS = Sheaf.LENGTH_MAX + 1;

    private Sheaf[] sheaves = new Sheaf[64];
    private int count;
    private final Numbers[] ofLength = new Numbers[LENGTHS];
    private final Numbers[] open = new Numbers[LENGTHS]; // those with a lane that is free

    /** A list of numbers of sheaves. */
    private static final class Numbers {
        private int[] all = new int[2];
        private int size;

        void add(int number) {
            if (size == all.length) {
                all = Arrays.copyOf(all, size * 2);
            }
            all[size++] = number;
        }
    }

    Sheaves() {
        Arrays.setAll(ofLength, length -> new Numbers());
        Arrays.setAll(open, length -> new Numbers());
    }

    /** Numbers of sheaves are below this. */
    public int bound() {
        return count;
    }

    /** Lengths of names in sheaves are below this, and at least 1. */
    public int lengths() {
        return LENGTHS;
    }

    public Sheaf sheaf(int number) {
        return sheaves[number];
    }

    /** How many sheaves there are of a length; 0 for names that are matched one by one. */
    public int count(int length) {
        return ofLength[length].size;
    }

    /** The number of one of the sheaves of a length. */
    public int number(int length, int index) {
        return ofLength[length].all[index];
    }

    static int lengthOf(byte[] name) {
        return Sheaf.takes(name) ? name.length : ODD;
    }

    /** Puts a name into a free lane and gives the number of sheaf and lane. */
    int put(byte[] name) {
        int length = lengthOf(name);
        var free = open[length];
        if (free.size == 0) {
            free.add(fresh(length));
        }
        int number = free.all[free.size - 1];
        int lane = Long.numberOfTrailingZeros(~sheaves[number].live());
        sheaves[number].put(lane, name);
        if (sheaves[number].live() == -1) {
            free.size--;
        }
        return number * Sheaf.LANES + lane;
    }

    private int fresh(int length) {
        if (count == sheaves.length) {
            sheaves = Arrays.copyOf(sheaves, count * 2);
        }
        sheaves[count] = new Sheaf(length);
        ofLength[length].add(count);
        return count++;
    }

    void clear(int number, byte[] name) {
        int sheaf = number / Sheaf.LANES;
        if (sheaves[sheaf].live() == -1) {
            open[lengthOf(name)].add(sheaf);
        }
        sheaves[sheaf].clear(number % Sheaf.LANES, name);
    }
}
