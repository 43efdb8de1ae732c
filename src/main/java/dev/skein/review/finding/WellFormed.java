package dev.skein.review.finding;

/** Texts as UTF-8 can hold them. */
public final class WellFormed {
    private static final char UNKNOWN = '\uFFFD';

    private WellFormed() {}

    /**
     * The text with a replacement character for each half of a pair that lacks the other; the same object when fine.
     */
    public static String of(String text) {
        int at = broken(text, 0);
        if (at < 0) {
            return text;
        }
        var whole = new StringBuilder(text);
        while (at >= 0) {
            whole.setCharAt(at, UNKNOWN);
            at = broken(text, at + 1);
        }
        return whole.toString();
    }

    /** The same, also for each control character but those of blanks, which could steer whoever shows the text. */
    public static String plain(String text) {
        var whole = new StringBuilder(of(text));
        for (int i = 0; i < whole.length(); i++) {
            char c = whole.charAt(i);
            if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') {
                whole.setCharAt(i, UNKNOWN);
            }
        }
        return whole.toString();
    }

    /** At most {@code max} UTF-16 units of a text, no pair divided. */
    public static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }

    private static int broken(String text, int from) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && at + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(at + 1));
                if (!pair) {
                    return at;
                }
                at++;
            }
            at++;
        }
        return -1;
    }
}
