package dev.skein.index.match;

import java.nio.charset.StandardCharsets;

/**
 * Which characters a name has, as 64 bits: a name can match only if it has every character of the query.
 *
 * <p>Letters (either case), digits, {@code _} and {@code $} have a bit of their own, other ASCII share some, and the
 * last bit says that there is more than ASCII, about which the mask tells nothing.
 */
public final class NameMask {
    /** Set when a name has characters beyond ASCII. */
    public static final long BEYOND_ASCII = 1L << 63;

    private static final int SHARED = 38; // the first of the bits for other characters
    private static final long[] BITS = new long[128];

    static {
        for (int c = 0; c < 128; c++) {
            BITS[c] = 1L << bit(Character.toLowerCase((char) c));
        }
    }

    private NameMask() {}

    private static int bit(char c) {
        if (c >= 'a' && c <= 'z') {
            return c - 'a';
        }
        if (c >= '0' && c <= '9') {
            return 26 + c - '0';
        }
        return c == '_' ? 36 : c == '$' ? 37 : SHARED + c % 24;
    }

    /** The mask of a name and of what it folds to, without whose characters nothing matches it. */
    public static long folded(byte[] name) {
        long mask = of(name);
        if (mask >= 0) {
            return mask;
        }
        var clusters = new Clusters(new String(name, StandardCharsets.UTF_8));
        return mask | of(String.join("", clusters.folded).getBytes(StandardCharsets.UTF_8));
    }

    public static long of(byte[] name) {
        long mask = 0;
        for (byte b : name) {
            mask |= b < 0 ? BEYOND_ASCII : BITS[b];
        }
        return mask;
    }
}
