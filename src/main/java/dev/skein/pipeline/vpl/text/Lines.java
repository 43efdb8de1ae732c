package dev.skein.pipeline.vpl.text;

import java.util.ArrayList;
import java.util.List;

/** Splits a text into lines and says of each how it hangs together with the one before. */
final class Lines {
    /**
     * One line.
     *
     * @param end after its line end
     * @param first offset of its first token; −1 when there is none
     * @param continued inside a bracket that an earlier line opened
     * @param opens its last token is a colon outside of brackets
     */
    record Line(int start, int end, int first, boolean continued, boolean opens) {
        boolean isBlank() {
            return first < 0;
        }

        int indent() {
            return first - start;
        }
    }

    private final String text;
    private final List<Line> lines = new ArrayList<>();
    private int at;
    private int depth;
    private int first = -1;
    private int last = -1; // offset of the last token's last character on this line
    private boolean continued;

    private Lines(String text) {
        this.text = text;
    }

    static List<Line> of(String text) {
        var lines = new Lines(text);
        int start = 0;
        while (lines.at < text.length()) {
            boolean ended = lines.step();
            if (ended || lines.at >= text.length()) {
                lines.add(start);
                start = lines.at;
            }
        }
        return lines.lines;
    }

    private void add(int start) {
        boolean opens = last >= 0 && depth == 0 && text.charAt(last) == ':';
        lines.add(new Line(start, at, first, continued, opens));
        first = -1;
        last = -1;
        continued = depth > 0;
    }

    /** Takes one character, string or comment; true when a line ended. A comment over lines counts as one line. */
    private boolean step() {
        char c = text.charAt(at);
        if (c == '\n') {
            at++;
            return true;
        }
        if (c == '#' || text.startsWith("//", at)) {
            at = lineEnd(at);
        } else if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            at = end < 0 ? text.length() : end + 2;
        } else if (c == ' ' || c == '\t' || c == '\r') {
            at++;
        } else {
            token(c);
        }
        return false;
    }

    private void token(char c) {
        if (first < 0) {
            first = at;
        }
        if (c == '"' || c == '\'') {
            at = stringEnd(c);
        } else if ("([{".indexOf(c) >= 0) {
            depth++;
            at++;
        } else {
            depth -= ")]}".indexOf(c) >= 0 && depth > 0 ? 1 : 0;
            at++;
        }
        last = at - 1;
    }

    private int stringEnd(char quote) {
        int i = at + 1;
        while (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != quote) {
            boolean isEscape = text.charAt(i) == '\\' && i + 1 < text.length() && text.charAt(i + 1) != '\n';
            i += isEscape ? 2 : 1;
        }
        boolean isClosed = i < text.length() && text.charAt(i) == quote;
        return isClosed ? i + 1 : Math.min(i, text.length());
    }

    private int lineEnd(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }
}
