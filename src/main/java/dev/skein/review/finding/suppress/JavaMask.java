package dev.skein.review.finding.suppress;

/** Java text with blanks in place of comments and of what is between quotes, so that brackets are structure. */
final class JavaMask {
    private static final String BLOCK = "\"\"\"";

    private JavaMask() {}

    /** As long as {@code text}; every character that is left is where it was. */
    static String of(String text) {
        var masked = new StringBuilder(text);
        int at = 0;
        while (at < text.length()) {
            int end = end(text, at);
            if (end == at) {
                at++;
                continue;
            }
            for (int i = at; i < end; i++) {
                masked.setCharAt(i, ' ');
            }
            at = end;
        }
        return masked.toString();
    }

    /** The end of the comment or literal that begins at {@code at}; {@code at} where none does. */
    private static int end(String text, int at) {
        if (text.startsWith("//", at)) {
            return lineEnd(text, at);
        }
        if (text.startsWith("/*", at)) {
            return after(text.indexOf("*/", at + 2), 2, text);
        }
        if (text.startsWith(BLOCK, at)) {
            return literalEnd(text, at + BLOCK.length(), BLOCK);
        }
        char c = text.charAt(at);
        return c == '"' || c == '\'' ? Math.min(lineEnd(text, at), literalEnd(text, at + 1, String.valueOf(c))) : at;
    }

    private static int lineEnd(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private static int literalEnd(String text, int from, String quote) {
        int at = from;
        while (at < text.length() && !text.startsWith(quote, at)) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(text.length(), at + quote.length());
    }

    private static int after(int found, int length, String text) {
        return found < 0 ? text.length() : found + length;
    }

    /** Where the bracket at {@code open} is closed, or -1. */
    static int close(String code, int open) {
        int depth = 0;
        for (int i = open; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c == '(' || c == '{' || c == '[') {
                depth++;
            } else if ((c == ')' || c == '}' || c == ']') && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The last character of the declaration that goes on at {@code from}: its body's end, its semicolon, or the
     * bracket after it.
     */
    static int declarationEnd(String code, int from) {
        int at = from;
        while (at < code.length()) {
            char c = code.charAt(at);
            if (c == ';' || c == ')' || c == '}') {
                return at;
            }
            if (c == '{' || c == '(' || c == '[') {
                int close = close(code, at);
                if (c == '{' || close < 0) {
                    return close < 0 ? code.length() : close;
                }
                at = close;
            }
            at++;
        }
        return code.length();
    }
}
