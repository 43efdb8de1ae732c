package dev.skein.index.match;

/** What names of nothing but ASCII are matched with. Not thread-safe: keeps scratch space. */
public final class PlainPattern {
    /** More starts of words than this are not told apart. */
    public static final int STARTS_MAX = 7;

    final int[] codes;
    final long[] reached; // scratch of a sheaf

    private final byte[] typed;
    private final byte[] folded;
    private final boolean exact;
    private final Scorer scorer = new Scorer();

    /** @param typed the characters that are worth more where a name has them in the same case */
    PlainPattern(byte[] typed, byte[] folded) {
        this.typed = typed;
        this.folded = folded;
        codes = new int[folded.length];
        reached = new long[folded.length + 1];
        boolean own = true;
        for (int i = 0; i < codes.length; i++) {
            codes[i] = Letters.code(folded[i]);
            own &= !Letters.isShared(codes[i]);
        }
        exact = own;
    }

    /** Whether sheaves tell all there is; if not, their names are to be asked with {@link #matches}. */
    public boolean isExact() {
        return exact;
    }

    public boolean matches(byte[] name) {
        return Scorer.isSubsequence(folded, name);
    }

    public boolean begins(byte[] name) {
        return Scorer.isPrefix(folded, name);
    }

    /** The rank of a name that begins with the pattern. */
    public long prefix(int length) {
        return folded.length == 0 ? Rank.prefix(0) : Scorer.prefix(length);
    }

    /** The rank of a name that contains the pattern and does not begin with it. */
    public long fuzzy(byte[] name) {
        return scorer.fuzzy(typed, folded, name);
    }

    /** The rank of a name that may match or not. */
    public long rank(byte[] name) {
        if (begins(name)) {
            return prefix(name.length);
        }
        return matches(name) ? fuzzy(name) : Rank.NONE;
    }

    /** How many starts of words make a difference. */
    public int starts() {
        return Math.min(STARTS_MAX, codes.length);
    }

    /** No name of this length with so many starts, as {@link Sheaf#starting} counts, has a higher rank than this. */
    public long most(int length, int starts) {
        return Scorer.most(codes.length, length, starts == STARTS_MAX ? codes.length : starts);
    }
}
