package dev.skein.index.sem.unit;

import java.util.Arrays;

/** Numbers, each once: most words of a text are there many times, so it is cheaper to look than to sort them all. */
final class Hashes {
    private static final int SLOTS = 1 << 10;
    private static final int SPREAD = 0x9E3779B9;

    private int[] slots = new int[SLOTS]; // 0 where free
    private int count; // of those that are not 0
    private boolean zero;

    void add(int hash) {
        if (hash == 0) {
            zero = true;
        } else if (put(hash) && ++count > slots.length / 2) {
            var before = slots;
            slots = new int[before.length * 2];
            for (int each : before) {
                if (each != 0) {
                    put(each);
                }
            }
        }
    }

    private boolean put(int hash) {
        int mask = slots.length - 1;
        int at = (hash * SPREAD) >>> 8 & mask;
        while (slots[at] != 0) {
            if (slots[at] == hash) {
                return false;
            }
            at = at + 1 & mask;
        }
        slots[at] = hash;
        return true;
    }

    int[] sorted() {
        var all = new int[count + (zero ? 1 : 0)];
        int to = 0;
        for (int each : slots) {
            if (each != 0) {
                all[to++] = each;
            }
        }
        Arrays.sort(all);
        return all;
    }
}
