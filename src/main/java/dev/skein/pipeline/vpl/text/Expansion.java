package dev.skein.pipeline.vpl.text;

import dev.skein.pipeline.vpl.Diagnostics;
import dev.skein.pipeline.vpl.text.Lines.Line;
import dev.skein.pipeline.vpl.text.Token.Kind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Repeats the bodies of compile-time loops, before anything is parsed.
 *
 * <p>A loop that is not written as the language wants it stays in the text, where the parser says what is wrong.
 */
final class Expansion {
    private static final int BODIES_MAX = 10_000;
    private static final int CHARACTERS_MAX = 4 << 20;
    private static final int DEPTH_MAX = 64;

    private final SourceText source;
    private final Diagnostics diagnostics;
    private long bodies;
    private long characters;

    private Expansion(SourceText source, Diagnostics diagnostics) {
        this.source = source;
        this.diagnostics = diagnostics;
    }

    static SourceText expand(SourceText source, Diagnostics diagnostics) {
        var whole = Piece.of(source);
        var expanded = new Expansion(source, diagnostics).expand(whole, 0);
        return source.derived(expanded.text(), Arrays.copyOf(expanded.origins, expanded.length() + 1));
    }

    private Piece expand(Piece piece, int depth) {
        var text = piece.text();
        var lines = Lines.of(text);
        var out = new Piece(text.length());
        int block = Integer.MAX_VALUE; // indentation of the header whose block we are in
        int i = 0;
        while (i < lines.size()) {
            var line = lines.get(i);
            boolean inBlock = line.isBlank() || line.continued() || line.indent() > block;
            var loop = inBlock ? null : Loop.at(text, line);
            int end = loop == null ? i + 1 : bodyEnd(text, lines, i);
            if (loop != null && end > i + 1) {
                var body = body(piece, lines.subList(i, end));
                repeat(new Repeat(loop, body, piece.origins[line.first()], depth), out);
            } else {
                end = i + 1;
                out.append(piece, line.start(), line.end());
                block = inBlock ? block : blockOpened(text, lines, i);
            }
            i = end;
        }
        out.origins[out.length()] = piece.origins[text.length()];
        return out;
    }

    /** The indentation a block must exceed that begins with the header at a line; none: no line exceeds it. */
    private static int blockOpened(String text, List<Line> lines, int header) {
        if (isContinuation(text, lines.get(header))) {
            return Integer.MAX_VALUE;
        }
        int i = header;
        while (!lines.get(i).opens() && i + 1 < lines.size() && isContinuation(text, lines.get(i + 1))) {
            i++;
        }
        return lines.get(i).opens() ? lines.get(header).indent() : Integer.MAX_VALUE;
    }

    private static boolean isContinuation(String text, Line line) {
        return line.isBlank() || line.continued() || !Lexer.isIdentifierStart(text.charAt(line.first()));
    }

    private static int bodyEnd(String text, List<Line> lines, int header) {
        int indent = lines.get(header).indent();
        int end = header + 1;
        for (int i = header + 1; i < lines.size(); i++) {
            var line = lines.get(i);
            boolean outside = !line.isBlank() && !line.continued() && line.indent() <= indent;
            if (outside && ")]}".indexOf(text.charAt(line.first())) < 0) {
                break;
            }
            end = line.isBlank() ? end : i + 1;
        }
        return end;
    }

    /** The lines below a header, moved left as far as the header, or a function before the loop would go on in them. */
    private static Piece body(Piece piece, List<Line> lines) {
        var body = new Piece(0);
        int shift = lines.stream()
                .skip(1)
                .filter(line -> !line.isBlank())
                .findFirst()
                .map(line -> line.indent() - lines.get(0).indent())
                .orElse(0);
        for (var line : lines.subList(1, lines.size())) {
            int from = line.start();
            int last = Math.min(line.start() + shift, line.end());
            while (from < last && " \t".indexOf(piece.characters.charAt(from)) >= 0) {
                from++;
            }
            body.append(piece, from, line.end());
        }
        body.origins[body.length()] = piece.origins[lines.get(lines.size() - 1).end()];
        return body;
    }

    private record Repeat(Loop loop, Piece body, int at, int depth) {}

    private void repeat(Repeat repeat, Piece out) {
        var loop = repeat.loop;
        if (repeat.depth >= DEPTH_MAX) {
            diagnostics.error("E009", source.at(repeat.at), "loops are nested deeper than " + DEPTH_MAX);
            return;
        }
        for (long v = loop.from; v <= loop.to; v++) {
            bodies++;
            characters += repeat.body.length();
            if (bodies > BODIES_MAX || characters > CHARACTERS_MAX) {
                refuse(repeat);
                return;
            }
            var filled = repeat.body.with("{" + loop.variable + "}", Long.toString(v));
            var expanded = expand(filled, repeat.depth + 1);
            out.append(expanded, 0, expanded.length());
            out.append('\n', expanded.origins[expanded.length()]);
        }
    }

    private void refuse(Repeat repeat) {
        var limit = bodies > BODIES_MAX ? BODIES_MAX + " bodies" : CHARACTERS_MAX + " characters";
        diagnostics.error("E014", source.at(repeat.at), "the program expands to more than " + limit);
    }

    /** @param to the last value; less than {@code from} when there is none */
    private record Loop(String variable, long from, long to) {
        /** The loop whose header fills a line; null when the line is something else. */
        static @Nullable Loop at(String text, Line line) {
            if (!line.opens() || !text.startsWith("for", line.first())) {
                return null;
            }
            var header = SourceText.of(text.substring(line.first(), line.end()));
            var words = new Words(Lexer.tokens(header, new Diagnostics()));
            if (!words.next().isWord("for") || !words.peek().is(Kind.ID)) {
                return null;
            }
            var variable = words.next().text();
            var in = words.next();
            var from = words.integer();
            var dots = words.next();
            var to = words.integer();
            boolean inclusive = dots.isSign("..=");
            boolean shaped = in.isWord("in")
                    && (inclusive || dots.isSign(".."))
                    && words.next().isSign(":");
            if (!shaped || from == null || to == null || !words.peek().is(Kind.END)) {
                return null;
            }
            boolean empty = inclusive ? from > to : from >= to;
            return new Loop(
                    variable, empty ? 1 : from, empty ? 0 : inclusive ? Math.min(to, Long.MAX_VALUE - 1) : to - 1);
        }
    }

    private static final class Words {
        private final List<Token> tokens;
        private int at;

        Words(List<Token> tokens) {
            this.tokens = tokens;
        }

        Token peek() {
            return tokens.get(Math.min(at, tokens.size() - 1));
        }

        Token next() {
            var token = peek();
            at++;
            return token;
        }

        @Nullable
        Long integer() {
            boolean minus = peek().isSign("-");
            var token = minus ? nextOf() : next();
            return token.value() instanceof Long value ? (Long) (minus ? -value : value) : null;
        }

        private Token nextOf() {
            next();
            return next();
        }
    }

    /** Characters with the offset each was written at; one more origin for the end. */
    private static final class Piece {
        private final StringBuilder characters;
        private int[] origins;

        Piece(int capacity) {
            characters = new StringBuilder(capacity);
            origins = new int[capacity + 1];
        }

        static Piece of(SourceText source) {
            var piece = new Piece(source.text().length());
            piece.characters.append(source.text());
            Arrays.setAll(piece.origins, source::originOf);
            return piece;
        }

        String text() {
            return characters.toString();
        }

        int length() {
            return characters.length();
        }

        Piece with(String placeholder, String value) {
            var filled = new Piece(length());
            int from = 0;
            for (int at = characters.indexOf(placeholder); at >= 0; at = characters.indexOf(placeholder, from)) {
                filled.append(this, from, at);
                for (char digit : value.toCharArray()) {
                    filled.append(digit, origins[at]);
                }
                from = at + placeholder.length();
            }
            filled.append(this, from, length());
            filled.origins[filled.length()] = origins[length()];
            return filled;
        }

        void append(Piece other, int from, int to) {
            reserve(to - from);
            System.arraycopy(other.origins, from, origins, length(), to - from);
            characters.append(other.characters, from, to);
        }

        void append(char c, int origin) {
            reserve(1);
            origins[length()] = origin;
            characters.append(c);
        }

        private void reserve(int more) {
            if (length() + more + 1 > origins.length) {
                origins = Arrays.copyOf(origins, Math.max(length() + more + 1, origins.length * 2));
            }
        }
    }
}
