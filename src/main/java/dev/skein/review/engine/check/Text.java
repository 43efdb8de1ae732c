package dev.skein.review.engine.check;

import dev.skein.review.Lines;
import dev.skein.review.Proposal;
import dev.skein.review.Region;
import dev.skein.review.Rule;
import dev.skein.review.SourceFile;
import java.util.Arrays;

/** A file with its lines found: {@code \r\n}, {@code \n} and a lone {@code \r} end one. */
public final class Text {
    private static final int QUOTE_MAX = 2_000;
    private static final int QUOTED_LINES_MAX = 5;

    private final SourceFile file;
    private final int[] starts; // of each line, and one past the end of the text
    private final int lines;

    public Text(SourceFile file) {
        this.file = file;
        var text = file.text();
        var found = new int[Math.max(16, file.lines() + 2)];
        int count = 0;
        int at = 0;
        while (at < text.length()) {
            if (count + 1 >= found.length) {
                found = Arrays.copyOf(found, found.length * 2);
            }
            found[count++] = at;
            at = afterLine(text, at);
        }
        found[count] = text.length();
        starts = found;
        lines = count;
    }

    private static int afterLine(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        boolean isPair = at + 1 < text.length() && text.charAt(at) == '\r' && text.charAt(at + 1) == '\n';
        return Math.min(text.length(), at + (isPair ? 2 : 1));
    }

    public String path() {
        return file.path();
    }

    public String language() {
        return file.language();
    }

    public int lines() {
        return lines;
    }

    int length() {
        return file.text().length();
    }

    /** A line without its end, from 1. */
    public String line(int number) {
        return file.text().substring(starts[number - 1], contentEnd(number));
    }

    /** What ends a line: empty for a last line that nothing ends. */
    String ending(int number) {
        return file.text().substring(contentEnd(number), starts[number]);
    }

    private int contentEnd(int number) {
        int end = starts[number];
        while (end > starts[number - 1] && isEnd(file.text().charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean isEnd(char c) {
        return c == '\n' || c == '\r';
    }

    /** How many characters these lines have, with what ends them. */
    public int characters(Lines of) {
        return starts[Math.min(of.last(), lines)] - starts[Math.min(of.first() - 1, lines)];
    }

    /** These lines as one text in which nothing is blank. */
    public String withoutBlanks(Lines of) {
        int from = starts[Math.min(of.first() - 1, lines)];
        return file.text().substring(from, from + characters(of)).replaceAll("\\s+", "");
    }

    /** What stands at a region: its lines without the blanks around them, or the first alone where there are many. */
    public String quote(Region region) {
        int first = Math.min(Math.max(1, region.startLine()), lines);
        int last = Math.min(Math.max(first, region.endLine()), lines);
        if (lines == 0) {
            return "";
        }
        int end = contentEnd(last - first < QUOTED_LINES_MAX ? last : first);
        var quote = file.text().substring(starts[first - 1], end).strip();
        return quote.length() <= QUOTE_MAX ? quote : quote.substring(0, QUOTE_MAX);
    }

    /** A stretch of one line, columns from 0 and the end left out. */
    record Span(int line, int from, int to) {}

    /** About a whole line. */
    Proposal at(int line, Rule rule, String message) {
        return at(new Span(line, 0, line(line).length()), rule, message);
    }

    Proposal at(Span span, Rule rule, String message) {
        return at(span, rule, 1, message);
    }

    /** About a stretch of one line; quoted is the whole line without the blanks around it. */
    Proposal at(Span span, Rule rule, double confidence, String message) {
        var region = new Region(span.line, span.from + 1, span.line, span.to + 1);
        return new Proposal(path(), region, quote(region), rule.id(), rule.severity(), confidence, message, null, null);
    }
}
