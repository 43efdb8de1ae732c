package dev.skein.review.report;

import java.util.regex.Pattern;

/**
 * Foreign text within Markdown of our own: always one line, shown as it is, never markup. What code hosts make links
 * of (names behind an at sign, numbers behind a hash, addresses, ids of commits) is broken by a blank of no width.
 */
final class Markdown {
    private static final char BREAK = '\u200B';
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern HIDDEN =
            Pattern.compile("[\\p{Cntrl}\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF\\uFFF9-\\uFFFB]");
    private static final Pattern LINKED = Pattern.compile("(?i)(?<=\\bGH-)(?=\\d)|(?<=\\bwww)(?=\\.)|(?<=:)(?=//)");
    private static final Pattern COMMIT = Pattern.compile("(?i)\\b([0-9a-f]{3})(?=[0-9a-f]{4,37}\\b)");
    private static final String MARKUP = "\\`*_[]()#!~$";

    private Markdown() {}

    /** As running text, at most {@code max} characters of it. */
    static String text(String foreign, int max) {
        var line = cut(BLANKS.matcher(foreign).replaceAll(" ").strip(), max);
        var shown = HIDDEN.matcher(line).replaceAll("\uFFFD");
        var apart = LINKED.matcher(shown).replaceAll(String.valueOf(BREAK));
        apart = COMMIT.matcher(apart).replaceAll("$1" + BREAK);
        var escaped = new StringBuilder(apart.length() + 16);
        for (int i = 0; i < apart.length(); i++) {
            escape(apart.charAt(i), escaped);
        }
        return escaped.toString();
    }

    private static void escape(char c, StringBuilder to) {
        switch (c) {
            case '<' -> to.append("&lt;");
            case '>' -> to.append("&gt;");
            case '&' -> to.append("&amp;");
            case '|' -> to.append("&#124;");
            case '@' -> to.append('@').append(BREAK);
            case '#' -> to.append("\\#").append(BREAK);
            default -> (MARKUP.indexOf(c) < 0 ? to : to.append('\\')).append(c);
        }
    }

    /** As code, for lists and paragraphs; in a table a bar would end the cell. */
    static String code(String foreign, int max) {
        var line = cut(foreign.replaceAll("\\R", "\u2424"), max);
        var shown = HIDDEN.matcher(line).replaceAll("\uFFFD");
        var fence = "`";
        while (shown.contains(fence)) {
            fence += "`";
        }
        boolean apart = shown.isEmpty() || shown.startsWith("`") || shown.endsWith("`") || shown.startsWith(" ");
        var blank = apart ? " " : "";
        return fence + blank + shown + blank + fence;
    }

    private static String cut(String text, int max) {
        int length = text.codePointCount(0, text.length());
        return length <= max ? text : text.substring(0, text.offsetByCodePoints(0, max - 1)) + "\u2026";
    }
}
