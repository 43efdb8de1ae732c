package dev.skein.review.engine.check;

import dev.skein.review.Proposal;
import dev.skein.review.Rule;
import dev.skein.review.Severity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What was written to watch a program run and was meant to go again. */
final class DebugPrints implements TextCheck {
    private static final Set<String> COMMENTS = Set.of("//", "#", "*", "/*", "--");
    private static final Map<String, Pattern> BY_LANGUAGE = Map.ofEntries(
            Map.entry("java", Pattern.compile("\\.printStackTrace\\(\\s{0,4}\\)")),
            Map.entry("kotlin", Pattern.compile("\\.printStackTrace\\(\\s{0,4}\\)")),
            Map.entry("scala", Pattern.compile("\\.printStackTrace\\(\\s{0,4}\\)")),
            Map.entry("javascript", Pattern.compile("\\bconsole\\.(?:log|debug|trace)\\(|^\\s*debugger\\s*;?\\s*$")),
            Map.entry("typescript", Pattern.compile("\\bconsole\\.(?:log|debug|trace)\\(|^\\s*debugger\\s*;?\\s*$")),
            Map.entry("python", Pattern.compile("\\bpdb\\.set_trace\\(|^\\s*breakpoint\\(|\\bpprint\\.pprint\\(")),
            Map.entry("ruby", Pattern.compile("\\bbinding\\.(?:pry|irb)\\b|^\\s*byebug\\b")),
            Map.entry("php", Pattern.compile("\\b(?:var_dump|print_r|debug_zval_refcount)\\(")),
            Map.entry("rust", Pattern.compile("\\bdbg!\\(")),
            Map.entry("go", Pattern.compile("\\bspew\\.Dump\\(|^\\s*println\\(")));
    private static final Rule RULE = new Rule(
            "debug-print",
            "A line that was written to watch the program run",
            "Remove it, or use the log with a level that can be switched off.",
            "",
            Severity.LOW,
            List.of("maintenance"));

    @Override
    public List<Rule> rules() {
        return List.of(RULE);
    }

    @Override
    public void look(Text text, Consumer<Proposal> found) {
        var pattern = BY_LANGUAGE.get(text.language());
        if (pattern == null) {
            return;
        }
        for (int number = 1; number <= text.lines(); number++) {
            var line = text.line(number);
            var match = pattern.matcher(line);
            if (match.find() && !isComment(line)) {
                found.accept(text.at(
                        new Text.Span(number, match.start(), match.end()),
                        RULE,
                        0.7,
                        "This looks like output for debugging that was left in."));
            }
        }
    }

    private static boolean isComment(String line) {
        var start = line.stripLeading();
        return COMMENTS.stream().anyMatch(start::startsWith);
    }
}
