package dev.skein.index.search;

import dev.skein.index.match.PlainPattern;
import dev.skein.index.match.Sheaf;
import dev.skein.index.search.names.Names;
import dev.skein.index.search.names.Sheaves;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One pattern against all names that are in sheaves. Counts every match; ranks those that can get among the best: what
 * begins with the pattern first, then what has the most starts of words, and always short names before long ones, until
 * what is left cannot rank high enough.
 */
final class Sweep {
    private final Names names;
    private final Sheaves sheaves;
    private final PlainPattern pattern;
    private final @Nullable LongPredicate only;
    private final Best best;
    private final long[] inside; // by sheaf, what contains the pattern and begins otherwise
    private long total;

    /** Where the best places are kept, and who may end it all. */
    interface Best {
        /** A rank below this is of no use. */
        long least();

        /** A name that matches; its places are offered to whoever has to do with them. */
        void offer(int number, long rank);

        /** Throws if nobody waits any more. */
        void check();
    }

    /** @param only the places that count, or null for all */
    Sweep(Names names, PlainPattern pattern, @Nullable LongPredicate only, Best best) {
        this.names = names;
        this.sheaves = names.sheaves();
        this.pattern = pattern;
        this.only = only;
        this.best = best;
        this.inside = new long[sheaves.bound()];
    }

    /**
     * How many places match.
     *
     * @param without lanes of each sheaf that are somebody else's, or null
     */
    long run(long @Nullable [] without) {
        for (int length = 1; length < sheaves.lengths(); length++) {
            for (int i = 0; i < sheaves.count(length); i++) {
                int number = sheaves.number(length, i);
                best.check();
                long lanes = matching(names, number, pattern);
                visit(number, length, without == null ? lanes : lanes & ~without[number]);
            }
        }
        for (int starts = pattern.starts(); starts >= 0; starts--) {
            rank(starts);
        }
        return total;
    }

    /** The lanes of a sheaf whose names contain a pattern. */
    static long matching(Names names, int number, PlainPattern pattern) {
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

    private void visit(int number, int length, long matching) {
        if (matching == 0) {
            return;
        }
        long counted = only == null ? countAll(number, matching) : count(number, matching, only);
        long beginning = beginning(number, counted);
        inside[number] = counted & ~beginning;
        long rank = pattern.prefix(length);
        for (long left = beginning; left != 0 && rank >= best.least(); left &= left - 1) {
            best.offer(lane(number, left), rank);
        }
    }

    private long countAll(int number, long lanes) {
        for (long left = lanes; left != 0; left &= left - 1) {
            total += names.count(lane(number, left));
        }
        return lanes;
    }

    /** Those of which a place counts. */
    private long count(int number, long lanes, LongPredicate taken) {
        long counted = 0;
        for (long left = lanes; left != 0; left &= left - 1) {
            int name = lane(number, left);
            long before = total;
            for (int i = 0; i < names.count(name); i++) {
                total += taken.test(names.place(name, i)) ? 1 : 0;
            }
            counted |= total > before ? Long.lowestOneBit(left) : 0;
        }
        return counted;
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
                if (inside[number] != 0) {
                    best.check();
                    rank(number, inside[number] & sheaves.sheaf(number).starting(pattern, starts), most);
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
