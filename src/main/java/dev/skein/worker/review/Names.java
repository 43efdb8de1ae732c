package dev.skein.worker.review;

import dev.skein.index.symbol.Symbol;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Where names stand in a text of Java, by its letters alone. */
final class Names {
    private static final Pattern CALL = Pattern.compile("\\b([a-z]\\w*)\\s*\\(");
    private static final Set<String> WORDS =
            Set.of("if", "for", "while", "switch", "catch", "return", "synchronized", "try", "super", "this", "new");

    private final String[] lines;

    Names(String text) {
        lines = text.split("\\r\\n|\\r|\\n", -1);
    }

    /** Line and column from 0. */
    record Call(String name, int line, int column) {}

    /** Whether the text has the symbol where the index saw it; if not they are of different times. */
    boolean isAt(Symbol symbol) {
        var at = symbol.name();
        return at.line() < lines.length && lines[at.line()].startsWith(symbol.identifier(), at.column());
    }

    /** The first places at which something is called, one for each name; declarations among them do no harm. */
    List<Call> calls(int max) {
        var calls = new ArrayList<Call>();
        var seen = new HashSet<String>();
        for (int i = 0; i < lines.length && calls.size() < max; i++) {
            var found = CALL.matcher(lines[i]);
            while (calls.size() < max && !isComment(lines[i]) && found.find()) {
                var name = found.group(1);
                if (!WORDS.contains(name) && seen.add(name)) {
                    calls.add(new Call(name, i, found.start(1)));
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
