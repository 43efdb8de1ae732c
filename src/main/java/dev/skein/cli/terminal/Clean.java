package dev.skein.cli.terminal;

/** Text from outside, made harmless: control characters become visible, so no name can move the cursor. */
public final class Clean {
    private static final int CONTROL_PICTURES = 0x2400;
    private static final int DELETE = 0x7f;
    private static final int C1_END = 0x9f;

    private Clean() {}

    /** The text on one line. */
    public static String line(String text) {
        return shown(text, false);
    }

    /** The text with its line breaks kept. */
    public static String lines(String text) {
        return shown(text, true);
    }

    private static String shown(String text, boolean keepLines) {
        var clean = new StringBuilder(text.length());
        text.codePoints().forEach(each -> clean.appendCodePoint(visible(each, keepLines)));
        return clean.toString();
    }

    private static int visible(int codePoint, boolean keepLines) {
        if (codePoint == '\t') {
            return ' ';
        }
        if (codePoint < ' ') {
            return keepLines && codePoint == '\n' ? codePoint : CONTROL_PICTURES + codePoint;
        }
        boolean isBidi = codePoint >= 0x202a && codePoint <= 0x202e || codePoint >= 0x2066 && codePoint <= 0x2069;
        return codePoint >= DELETE && codePoint <= C1_END || isBidi ? 0xfffd : codePoint;
    }
}
