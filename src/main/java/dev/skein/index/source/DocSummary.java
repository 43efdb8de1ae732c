package dev.skein.index.source;

/** The first sentence of a documentation comment as plain text. */
public final class DocSummary {
    private static final int LETTERS_MAX = 240;

    private final char[] text;
    private final int end;
    private final StringBuilder summary = new StringBuilder();
    private int at;
    private int braces; // of inline tags
    private boolean isLink;

    private DocSummary(char[] text, int from, int end) {
        this.text = text;
        this.at = from;
        this.end = end;
    }

    /** The sentence in the comment {@code text[from, to)}, delimiters included; empty when there is none. */
    public static String of(char[] text, int from, int to) {
        if (from < 0) {
            return "";
        }
        boolean lines = text[from + 1] == '/';
        var summary = new DocSummary(text, from + 3, lines ? to : Math.max(from + 3, to - 2));
        summary.read(lines ? '/' : '*');
        return summary.summary.toString().strip();
    }

    /** Whether a block tag {@code deprecated} stands in the comment. */
    public static boolean isDeprecated(char[] text, int from, int to) {
        for (int i = from; i >= 0 && i < to - 10; i++) {
            if (text[i] == '@' && text[i + 1] == 'd' && isTag(text, i + 1, to)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTag(char[] text, int from, int to) {
        var tag = "deprecated";
        for (int i = 0; i < tag.length(); i++) {
            if (from + i >= to || text[from + i] != tag.charAt(i)) {
                return false;
            }
        }
        int before = from - 2;
        while (text[before] == ' ' || text[before] == '\t' || text[before] == '*') {
            before--;
        }
        return text[before] == '\n' || text[before] == '\r' || text[before] == '/';
    }

    private void read(char margin) {
        while (at < end && summary.length() < LETTERS_MAX) {
            char c = text[at];
            if (c == '\n' || c == '\r') {
                skipMargin(margin);
                blank();
            } else if (c == '{' && at + 1 < end && text[at + 1] == '@') {
                inlineTag();
            } else if (c == '<' && at + 1 < end && isTagStart(text[at + 1])) {
                htmlTag();
            } else if (c == '@' && braces == 0 && summary.toString().isBlank()) {
                return; // a block tag
            } else if (c == '@' && braces == 0 && isFirstOfLine()) {
                return;
            } else if (letter(c)) {
                return;
            }
        }
    }

    private static boolean isTagStart(char c) {
        return c == '/' || c == '!' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Takes one character; true when it ends the sentence. */
    private boolean letter(char c) {
        at++;
        if (c <= ' ') {
            blank();
            return false;
        }
        if (c == '}' && braces > 0) {
            braces--;
            return false;
        }
        braces += c == '{' && braces > 0 ? 1 : 0;
        summary.append(c);
        return c == '.' && braces == 0 && (at >= end || text[at] <= ' ' || text[at] == '<');
    }

    private boolean isFirstOfLine() {
        int i = at - 1;
        while (text[i] == ' ' || text[i] == '\t' || text[i] == '*' || text[i] == '/') {
            i--;
        }
        return text[i] == '\n' || text[i] == '\r';
    }

    private void blank() {
        int length = summary.length();
        if (length > 0 && summary.charAt(length - 1) != ' ') {
            summary.append(' ');
        }
    }

    private void skipMargin(char margin) {
        while (at < end && text[at] <= ' ') {
            at++;
        }
        while (at < end && text[at] == margin) {
            at++;
        }
    }

    /** Keeps the words of <code>{@link …}</code> and drops its name. */
    private void inlineTag() {
        braces++;
        at += 2;
        isLink = at < end && text[at] == 'l';
        while (at < end && text[at] > ' ' && text[at] != '}') {
            at++;
        }
        skipReference();
    }

    /** Passes over what a link refers to when words for it follow. */
    private void skipReference() {
        while (at < end && text[at] == ' ') {
            at++;
        }
        int depth = 0;
        for (int i = at; i < end && text[i] != '}'; i++) {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (text[i] <= ' ' && depth <= 0) {
                at = isLink ? i + 1 : at;
                return;
            }
        }
    }

    private void htmlTag() {
        boolean paragraph = text[at + 1] == 'p' || text[at + 1] == 'P';
        while (at < end && text[at] != '>') {
            at++;
        }
        at++;
        if (paragraph && !summary.toString().isBlank()) {
            at = end;
        }
    }
}
