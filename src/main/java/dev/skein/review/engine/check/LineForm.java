package dev.skein.review.engine.check;

import dev.skein.review.Proposal;
import dev.skein.review.Rule;
import dev.skein.review.Severity;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The form of lines and files: each fault is told once per file, at the first place, with how often there is more. */
final class LineForm implements TextCheck {
    private static final int LINE_MAX = 500;
    private static final int LINES_MAX = 3_000;
    private static final int CHARS_MAX = 1 << 20;
    private static final Set<String> BLANKS_MEAN_SOMETHING = Set.of("markdown", "diff", "text");
    private static final List<String> TAGS = List.of("style");
    private static final Rule ENDS = new Rule(
            "mixed-line-ends",
            "Lines of one file end in different ways",
            "Tools show such lines as changed when nothing was. Convert the file and let .gitattributes keep it so.",
            "https://git-scm.com/docs/gitattributes",
            Severity.LOW,
            TAGS);
    private static final Rule BLANKS = new Rule(
            "trailing-blanks", "Blanks at the end of a line", "Let the editor remove them.", "", Severity.INFO, TAGS);
    private static final Rule LONG_LINE = new Rule(
            "long-line",
            "A line of more than " + LINE_MAX + " characters",
            "Nobody reads so far. Break the line, or mark the file as generated.",
            "",
            Severity.INFO,
            TAGS);
    private static final Rule LARGE_FILE = new Rule(
            "large-file",
            "A file of more than " + LINES_MAX + " lines or 1 MiB",
            "Split it by what its parts are about, or mark it as generated.",
            "",
            Severity.LOW,
            TAGS);

    @Override
    public List<Rule> rules() {
        return List.of(ENDS, BLANKS, LONG_LINE, LARGE_FILE);
    }

    /** How often something was seen, and where first. */
    private static final class Seen {
        private int count;
        private int first;

        void note(int line) {
            first = count++ == 0 ? line : first;
        }
    }

    @Override
    public void look(Text text, Consumer<Proposal> found) {
        var blanks = new Seen();
        var wide = new Seen();
        for (int number = 1; number <= text.lines(); number++) {
            var line = text.line(number);
            if (!line.isEmpty() && Character.isWhitespace(line.charAt(line.length() - 1))) {
                blanks.note(number);
            }
            if (line.length() > LINE_MAX) {
                wide.note(number);
            }
        }
        if (blanks.count > 0 && !BLANKS_MEAN_SOMETHING.contains(text.language())) {
            found.accept(text.at(blanks.first, BLANKS, "Blanks end %s.".formatted(lines(blanks.count))));
        }
        if (wide.count > 0) {
            var message = "%s than %d characters.".formatted(more(wide.count), LINE_MAX);
            found.accept(text.at(wide.first, LONG_LINE, message));
        }
        ends(text, found);
        size(text, found);
    }

    private static String lines(int count) {
        return count == 1 ? "this line" : "this line and %d more".formatted(count - 1);
    }

    private static String more(int count) {
        return count == 1 ? "This line is longer" : "This line and %d more are longer".formatted(count - 1);
    }

    private static void ends(Text text, Consumer<Proposal> found) {
        var windows = new Seen();
        var unix = new Seen();
        for (int number = 1; number <= text.lines(); number++) {
            switch (text.ending(number)) {
                case "\r\n" -> windows.note(number);
                case "\n" -> unix.note(number);
                default -> {}
            }
        }
        if (windows.count > 0 && unix.count > 0) {
            var message = "%d lines end with CR LF and %d with LF.".formatted(windows.count, unix.count);
            found.accept(text.at(windows.count < unix.count ? windows.first : unix.first, ENDS, message));
        }
    }

    private static void size(Text text, Consumer<Proposal> found) {
        if (text.lines() > LINES_MAX || text.length() > CHARS_MAX) {
            var message = "The file has %,d lines and %,d characters.".formatted(text.lines(), text.length());
            found.accept(text.at(new Text.Span(1, 0, 0), LARGE_FILE, message));
        }
    }
}
