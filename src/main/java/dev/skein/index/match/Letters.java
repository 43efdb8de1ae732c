package dev.skein.index.match;

/** Six bits for each character of ASCII, the same for both cases of a letter; 0 is none. */
final class Letters {
    static final int BITS = 6;
    static final int CODES = 1 << BITS;

    private static final String OWN = "abcdefghijklmnopqrstuvwxyz0123456789_$.-";
    private static final int SHARED = OWN.length() + 1; // the first of those that stand for several characters
    private static final byte[] CODE = new byte[128];

    static {
        for (int c = 0; c < 128; c++) {
            int own = OWN.indexOf(Character.toLowerCase((char) c));
            CODE[c] = (byte) (own >= 0 ? own + 1 : SHARED + c % (CODES - SHARED));
        }
    }

    private Letters() {}

    /** The code of a character that {@link #isPlain}. */
    static int code(byte character) {
        return CODE[character];
    }

    /** Whether all of a text is ASCII. */
    static boolean isPlain(byte[] text) {
        for (byte character : text) {
            if (character < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether other characters have the same code. */
    static boolean isShared(int code) {
        return code >= SHARED;
    }
}
