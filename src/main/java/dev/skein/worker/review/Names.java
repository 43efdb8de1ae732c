package dev.skein.worker.review;

import dev.skein.index.symbol.Symbol;
import dev.skein.review.text.TextLines;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Where names stand in a text of Java, by its letters alone. Immutable. */
final class Names {
    private static final int CALLS_MAX = 16;
    private static final Pattern CALL = Pattern.compile("\\b([a-z]\\w*)\\s*\\(");
    private static final Set<String> WORDS =
            Set.of("if", "for", "while", "switch", "catch", "return", "synchronized", "try", "super", "this", "new");

    private final TextLines lines;
    private final List<Call> calls;

    Names(String text) {
        lines = new TextLines(text);
        calls = List.copyOf(found(lines));
    }

    /** Line and column from 0. */
    record Call(String name, int line, int column) {}

    /** Whether the text has the symbol where the index saw it; if not they are of different times. */
    boolean isAt(Symbol symbol) {
        var at = symbol.name();
        return at.line() < lines.count() && lines.line(at.line() + 1).startsWith(symbol.identifier(), at.column());
    }

    /** The first places at which something is called, one for each name; declarations among them do no harm. */
    List<Call> calls() {
        return calls;
    }

    private static List<Call> found(TextLines lines) {
        var calls = new ArrayList<Call>();
        var seen = new HashSet<String>();
        for (int i = 1; i <= lines.count() && calls.size() < CALLS_MAX; i++) {
            var line = lines.line(i);
            var found = CALL.matcher(line);
            while (calls.size() < CALLS_MAX && !isComment(line) && found.find()) {
                var name = found.group(1);
                if (!WORDS.contains(name) && seen.add(name)) {
                    calls.add(new Call(name, i - 1, found.start(1)));
                }
            }
        }
        return calls;
    }

    private static boolean isComment(String line) {
        var text = line.stripLeading();
        return text.startsWith("//") || text.startsWith("*") || text.startsWith("/*");
    }
}
