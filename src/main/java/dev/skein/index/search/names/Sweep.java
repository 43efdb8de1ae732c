package dev.skein.index.search.names;

import dev.skein.index.match.PlainPattern;
import dev.skein.index.match.Sheaf;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One pattern against all names that are in sheaves. All matches are found; ranked are those that can be the best: what
 * begins with the pattern first, then what has the most starts of words, and always short names before long ones, until
 * what is left cannot rank high enough.
 */
public final class Sweep {
    private final Names names;
    private final Sheaves sheaves;
    private final PlainPattern pattern;
    private final Best best;
    private final long[] lanes; // by sheaf, what matches; when ranked, what does not begin with the pattern

    /** Where the best places are kept, and who may end it all. */
    public interface Best {
        /** A rank below this is of no use. */
        long least();

        /** A name that matches; its places are offered to whoever has to do with them. */
        void offer(int number, long rank);

        /** Throws if nobody waits any more. */
        void check();
    }

    /** @param without lanes of each sheaf that are somebody else's, or null */
    public Sweep(Names names, PlainPattern pattern, long @Nullable [] without, Best best) {
        this.names = names;
        this.sheaves = names.sheaves();
        this.pattern = pattern;
        this.best = best;
        this.lanes = new long[sheaves.bound()];
        for (int length = 1; length < sheaves.lengths(); length++) {
            for (int i = 0; i < sheaves.count(length); i++) {
                int number = sheaves.number(length, i);
                best.check();
                lanes[number] = matching(names, number, pattern) & (without == null ? -1 : ~without[number]);
            }
        }
    }

    /** By sheaf the lanes of names that match; whoever knows that some are of no use clears them. */
    public long[] lanes() {
        return lanes;
    }

    /** In how many places these names are. */
    public long count() {
        long total = 0;
        for (int number = 0; number < lanes.length; number++) {
            for (long left = lanes[number]; left != 0; left &= left - 1) {
                total += names.count(lane(number, left));
            }
        }
        return total;
    }

    /** In how many of them they are taken; clears the lanes of names that are in none. */
    public long count(LongPredicate taken) {
        long total = 0;
        for (int number = 0; number < lanes.length; number++) {
            best.check();
            for (long left = lanes[number]; left != 0; left &= left - 1) {
                long count = count(lane(number, left), taken);
                lanes[number] &= count == 0 ? ~Long.lowestOneBit(left) : -1;
                total += count;
            }
        }
        return total;
    }

    private long count(int name, LongPredicate taken) {
        long count = 0;
        for (int i = 0; i < names.count(name); i++) {
            count += taken.test(names.place(name, i)) ? 1 : 0;
        }
        return count;
    }

    /** Offers the names that may be among the best. */
    public void rank() {
        for (int length = 1; length < sheaves.lengths(); length++) {
            long rank = pattern.prefix(length);
            for (int i = 0; i < sheaves.count(length); i++) {
                int number = sheaves.number(length, i);
                if (lanes[number] != 0) {
                    best.check();
                    begin(number, rank);
                }
            }
        }
        for (int starts = pattern.starts(); starts >= 0; starts--) {
            rank(starts);
        }
    }

    private void begin(int number, long rank) {
        long beginning = beginning(number, lanes[number]);
        lanes[number] &= ~beginning;
        for (long left = beginning; left != 0 && rank >= best.least(); left &= left - 1) {
            best.offer(lane(number, left), rank);
        }
    }

    /** The lanes of a sheaf whose names contain a pattern. */
    public static long matching(Names names, int number, PlainPattern pattern) {
        long lanes = names.sheaves().sheaf(number).matching(pattern);
        if (pattern.isExact()) {
            return lanes;
        }
        long matching = 0;
        for (long left = lanes; left != 0; left &= left - 1) {
            var name = names.name(lane(number, left));
            matching |= pattern.matches(name) ? Long.lowestOneBit(left) : 0;
        }
        return matching;
    }

    private static int lane(int sheaf, long lanes) {
        return sheaf * Sheaf.LANES + Long.numberOfTrailingZeros(lanes);
    }

    private long beginning(int number, long lanes) {
        long beginning = sheaves.sheaf(number).beginning(pattern, lanes);
        if (pattern.isExact()) {
            return beginning;
        }
        long exactly = 0;
        for (long left = beginning; left != 0; left &= left - 1) {
            exactly |= pattern.begins(names.name(lane(number, left))) ? Long.lowestOneBit(left) : 0;
        }
        return exactly;
    }

    private void rank(int starts) {
        for (int length = 1; length < sheaves.lengths(); length++) {
            long most = pattern.most(length, starts);
            for (int i = 0; i < sheaves.count(length); i++) {
                if (most < best.least()) {
                    return; // and so are all that are longer
                }
                int number = sheaves.number(length, i);
                if (lanes[number] != 0) {
                    best.check();
                    rank(number, lanes[number] & sheaves.sheaf(number).starting(pattern, starts), most);
                }
            }
        }
    }

    private void rank(int number, long lanes, long most) {
        for (long left = lanes; left != 0 && most >= best.least(); left &= left - 1) {
            int name = lane(number, left);
            long rank = pattern.fuzzy(names.name(name));
            if (rank >= best.least()) {
                best.offer(name, rank);
            }
        }
    }
}
