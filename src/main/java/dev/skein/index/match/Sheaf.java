package dev.skein.index.match;

/**
 * Up to {@value #LANES} names of one length, which are matched all at once: bit {@code n} of every word is about the
 * name in lane {@code n}. Names are those of which {@link #takes} is true.
 *
 * <p>There is a word for each code of {@link Letters}, set where the name has that character; another, set where a word
 * of the name begins with it; and for each position six words with the codes of the characters there.
 */
public final class Sheaf {
    public static final int LANES = 64;

    /** Longer names are rare, and every length has sheaves of its own. */
    public static final int LENGTH_MAX = 96;

    private static final int STARTS = Letters.CODES;
    private static final int PLACES = 2 * Letters.CODES;

    private final int length;
    private final long[] words;
    private long live;

    /** @param length 0 for names that are not to be matched here */
    public Sheaf(int length) {
        this.length = length;
        this.words = new long[length == 0 ? 0 : PLACES + length * Letters.BITS];
    }

    /** Whether a name may be put into a sheaf of its length. */
    public static boolean takes(byte[] name) {
        return name.length > 0 && name.length <= LENGTH_MAX && Letters.isPlain(name);
    }

    /** Lanes that have a name. */
    public long live() {
        return live;
    }

    public void put(int lane, byte[] name) {
        long bit = 1L << lane;
        live |= bit;
        for (int at = 0; at < length; at++) {
            int code = Letters.code(name[at]);
            words[code] |= bit;
            words[STARTS + code] |= Scorer.isWordStart(name, at) ? bit : 0;
            for (int place = 0; place < Letters.BITS; place++) {
                words[PLACES + at * Letters.BITS + place] |= (code >>> place & 1) == 0 ? 0 : bit;
            }
        }
    }

    /** Takes the name out that is in a lane. */
    public void clear(int lane, byte[] name) {
        long others = ~(1L << lane);
        live &= others;
        for (int at = 0; at < length; at++) {
            int code = Letters.code(name[at]);
            words[code] &= others;
            words[STARTS + code] &= others;
            for (int place = 0; place < Letters.BITS; place++) {
                words[PLACES + at * Letters.BITS + place] &= others;
            }
        }
    }

    /** Lanes whose names contain the pattern in order; more than those if it is not {@link PlainPattern#isExact}. */
    public long matching(PlainPattern pattern) {
        var codes = pattern.codes;
        long candidates = codes.length <= length ? live : 0;
        for (int i = 0; i < codes.length && candidates != 0; i++) {
            candidates &= words[codes[i]];
        }
        return candidates == 0 || codes.length <= 1 ? candidates : inOrder(pattern, candidates);
    }

    /**
     * Walks along the names; {@code reached[n]} has those that contain the first {@code n} characters up to here. What
     * is too late to become whole, or cannot have come so far, is not looked at.
     */
    private long inOrder(PlainPattern pattern, long candidates) {
        int wanted = pattern.codes.length;
        var reached = pattern.reached;
        for (int i = 1; i <= wanted; i++) {
            reached[i] = 0;
        }
        reached[0] = candidates;
        for (int at = 0; at < length && reached[wanted] != candidates; at++) {
            int least = Math.max(0, wanted - (length - at));
            for (int i = Math.min(at, wanted - 1); i >= least; i--) {
                long coming = reached[i] & ~reached[i + 1];
                if (coming != 0) {
                    reached[i + 1] |= coming & having(pattern, i, at);
                }
            }
        }
        return reached[wanted];
    }

    /** Lanes that have character {@code index} of the pattern at {@code at}. */
    private long having(PlainPattern pattern, int index, int at) {
        var words = this.words;
        int place = PLACES + at * Letters.BITS;
        int invert = ~pattern.codes[index];
        return (words[place] ^ -(invert & 1L))
                & (words[place + 1] ^ -(invert >>> 1 & 1L))
                & (words[place + 2] ^ -(invert >>> 2 & 1L))
                & (words[place + 3] ^ -(invert >>> 3 & 1L))
                & (words[place + 4] ^ -(invert >>> 4 & 1L))
                & (words[place + 5] ^ -(invert >>> 5 & 1L));
    }

    /** Those of {@code lanes} whose names begin with the pattern; more if it is not exact. */
    public long beginning(PlainPattern pattern, long lanes) {
        long left = lanes;
        for (int i = 0; i < pattern.codes.length && left != 0; i++) {
            left &= having(pattern, i, i);
        }
        return left;
    }

    /**
     * Lanes in whose names exactly {@code count} characters of the pattern are the first of a word somewhere; or at
     * least as many, for {@link PlainPattern#STARTS_MAX}.
     */
    public long starting(PlainPattern pattern, int count) {
        long ones = 0;
        long twos = 0;
        long fours = 0;
        long full = 0;
        for (int code : pattern.codes) {
            long more = words[STARTS + code];
            long two = ones & more;
            long four = twos & two;
            full |= fours & four;
            ones ^= more;
            twos ^= two;
            fours ^= four;
        }
        long sevens = full | (ones & twos & fours);
        if (count == PlainPattern.STARTS_MAX) {
            return sevens;
        }
        long fits = ((count & 1) == 0 ? ~ones : ones) & ((count & 2) == 0 ? ~twos : twos);
        return fits & ((count & 4) == 0 ? ~fours : fours) & ~sevens;
    }
}
