package dev.skein.index.match;

/** How well a name matches, as one number: more is better, a prefix is better than anything else. */
public final class Rank {
    public static final long NONE = Long.MIN_VALUE;

    /** Of every name when nothing is asked for. */
    public static final long EMPTY = 1L << 40;

    private static final long PREFIX = EMPTY;

    private Rank() {}

    static long prefix(int score) {
        return PREFIX + score;
    }

    public static boolean isPrefix(long rank) {
        return rank >= PREFIX / 2;
    }

    /** The score within prefixes, or within all the others. */
    public static int score(long rank) {
        return (int) (isPrefix(rank) ? rank - PREFIX : rank);
    }
}
