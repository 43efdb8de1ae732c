package dev.skein.index.scan;

/** What a character below 128 may be part of, by one look into a table. */
final class Ascii {
    private static final int WORD_START = 1;
    private static final int WORD_PART = 2;
    private static final int NUMBER_PART = 4;
    private static final int STRUCTURE = 8;

    private static final byte[] CLASS = new byte[128];

    static {
        for (char c = 0; c < 128; c++) {
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
            boolean digit = c >= '0' && c <= '9';
            boolean structure = "{}()[]\"'/;,".indexOf(c) >= 0;
            CLASS[c] = (byte) ((letter ? WORD_START | WORD_PART | NUMBER_PART : 0)
                    | (digit ? WORD_PART | NUMBER_PART : 0)
                    | (c == '.' ? NUMBER_PART : 0)
                    | (structure ? STRUCTURE : 0));
        }
    }

    private Ascii() {}

    static boolean isWordStart(char c) {
        return (CLASS[c] & WORD_START) != 0;
    }

    static boolean isWordPart(char c) {
        return (CLASS[c] & WORD_PART) != 0;
    }

    static boolean isNumberPart(char c) {
        return c < 128 && (CLASS[c] & NUMBER_PART) != 0;
    }

    /** Brackets, quotes, slashes, commas and semicolons: all that matters between a declaration and the next. */
    static boolean isStructure(char c) {
        return c < 128 && (CLASS[c] & STRUCTURE) != 0;
    }
}
