package dev.skein.worker.index.code;

import dev.skein.index.query.CodeParts.Described;
import dev.skein.index.source.LineMap;
import dev.skein.index.symbol.Span;
import dev.skein.index.symbol.Symbol;
import java.util.regex.Pattern;

/** Heads of declarations as they are written, and their documentation. */
final class Descriptions {
    private static final int LETTERS_MAX = 8_000;
    private static final int HEAD_MAX = 2_000;
    private static final Pattern MARGIN = Pattern.compile("(?m)^[ \\t]*(?:\\*(?!/) ?|/// ?)");

    private Descriptions() {}

    static Described of(HeldShard shard, String path, Span at) {
        var text = shard.code().text(path);
        var table = shard.symbols().table(path);
        if (text.isEmpty() || table.isEmpty()) {
            return new Described("", "");
        }
        return table.get().symbols().stream()
                .filter(symbol -> symbol.name().equals(at))
                .findFirst()
                .map(symbol -> of(text.get(), symbol))
                .orElseGet(() -> new Described(line(text.get(), at), ""));
    }

    private static Described of(String text, Symbol symbol) {
        var lines = new LineMap();
        lines.read(text.toCharArray(), text.length());
        var range = symbol.range();
        int from = lines.offset(range.line(), range.column(), text.length());
        int to = lines.offset(range.endLine(), range.endColumn(), text.length());
        if (from < 0 || to < from) {
            return new Described("", "");
        }
        return new Described(
                head(text, from, to), documentation(text.substring(0, from).stripTrailing()));
    }

    /** Up to the body or the value. */
    private static String head(String text, int from, int to) {
        int depth = 0;
        int end = from;
        for (; end < to && end < from + HEAD_MAX; end++) {
            char c = text.charAt(end);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && (c == '{' || c == ';' || (c == '=' && text.charAt(end - 1) == ' '))) {
                break;
            }
        }
        return text.substring(from, end).strip();
    }

    private static String documentation(String before) {
        if (before.endsWith("*/")) {
            int open = before.lastIndexOf("/**");
            var body = open < 0 ? "" : before.substring(open + 3, before.length() - 2);
            return tidy(body);
        }
        int from = before.length();
        while (from > 0
                && before.substring(before.lastIndexOf('\n', from - 1) + 1, from)
                        .strip()
                        .startsWith("///")) {
            from = Math.max(0, before.lastIndexOf('\n', from - 1));
        }
        return tidy(before.substring(from));
    }

    private static String tidy(String comment) {
        var text = MARGIN.matcher(comment).replaceAll("").strip();
        return text.length() > LETTERS_MAX ? text.substring(0, LETTERS_MAX) : text;
    }

    private static String line(String text, Span at) {
        var all = text.split("\\R", -1);
        return at.line() < all.length ? all[at.line()].strip() : "";
    }
}
