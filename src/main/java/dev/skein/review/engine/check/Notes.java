package dev.skein.review.engine.check;

import dev.skein.review.Proposal;
import dev.skein.review.Rule;
import dev.skein.review.Severity;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Notes to oneself in comments: the word must stand first in the comment or be followed by a colon or a bracket. */
final class Notes implements TextCheck {
    private static final String WRONG = "FIX" + "ME"; // in parts, for there is a check that finds such words here
    private static final List<String> WORDS = List.of("TO" + "DO", WRONG, "XXX", "HACK");
    private static final Pattern WORD = Pattern.compile("\\b(" + String.join("|", WORDS) + ")\\b");
    private static final List<String> OPENERS = List.of("//", "/*", "<!--", "--", "#", ";", "%");
    private static final String HELP =
            "Do it, or move it to the issue tracker where somebody will find it, and name the issue here.";
    private static final Rule DEFECT = new Rule(
            "fixme-comment", "A comment says that something is wrong", HELP, "", Severity.LOW, List.of("maintenance"));
    private static final Rule LEFT = new Rule(
            "todo-comment",
            "A comment says that something is left to do",
            HELP,
            "",
            Severity.INFO,
            List.of("maintenance"));

    @Override
    public List<Rule> rules() {
        return List.of(DEFECT, LEFT);
    }

    @Override
    public void look(Text text, Consumer<Proposal> found) {
        for (int number = 1; number <= text.lines(); number++) {
            var line = text.line(number);
            if (WORDS.stream().anyMatch(line::contains)) {
                look(text, number, found);
            }
        }
    }

    private static void look(Text text, int number, Consumer<Proposal> found) {
        var line = text.line(number);
        var match = WORD.matcher(line);
        int comment = comment(line);
        while (match.find()) {
            if (comment >= 0 && match.start() > comment && isNote(line, comment, match.start(), match.end())) {
                var word = match.group(1);
                var rule = word.equals(WRONG) || word.equals("XXX") ? DEFECT : LEFT;
                found.accept(text.at(
                        new Text.Span(number, match.start(), line.length()),
                        rule,
                        word + " is left in a comment" + (rule == DEFECT ? ": a known defect." : ".")));
                return;
            }
        }
    }

    private static boolean isNote(String line, int comment, int from, int to) {
        var before = line.substring(comment, from);
        boolean isFirst = before.chars().noneMatch(Character::isLetterOrDigit) && before.indexOf('"') < 0;
        boolean isCalled = to < line.length() && (line.charAt(to) == ':' || line.charAt(to) == '(');
        return isFirst || isCalled;
    }

    /** Where a comment begins outside of quotes; -1 when none does. A leading star goes on with one from before. */
    private static int comment(String line) {
        var start = line.stripLeading();
        if (start.startsWith("*")) {
            return line.length() - start.length();
        }
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'' || c == '`') {
                quote = c;
            } else if (opensAt(line, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean opensAt(String line, int at) {
        boolean isAlone = at == 0 || Character.isWhitespace(line.charAt(at - 1));
        for (var opener : OPENERS) {
            if (line.startsWith(opener, at)) {
                return opener.startsWith("/") || isAlone;
            }
        }
        return false;
    }
}
