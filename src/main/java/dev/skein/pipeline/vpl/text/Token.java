package dev.skein.pipeline.vpl.text;

import dev.skein.pipeline.vpl.ast.Id;
import dev.skein.pipeline.vpl.ast.Position;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One word, number, text or sign.
 *
 * @param text as written; of a string its quoted form
 * @param value of a literal: Long, Double, String, {@link java.time.Duration} or {@link java.time.Instant}; null for
 * the
 *     integer 2^63, which only stands after a minus
 * @param line the line it is on
 */
public record Token(
        Kind kind, String text, Position at, @Nullable Object value, Line line) {
    static final Set<String> RESERVED =
            Set.of("and", "or", "not", "in", "is", "if", "then", "else", "true", "false", "null");
    private static final int SHOWN_MAX = 40;

    /** What a token is, before the grammar gives it a meaning. */
    public enum Kind {
        ID,
        RESERVED,
        INT,
        FLOAT,
        STRING,
        DURATION,
        TIMESTAMP,
        SIGN,
        /** Reported by the lexer; stands for any expression. */
        BROKEN,
        /** Where a statement ends; made by the parser's cursor. */
        LINE_END,
        END
    }

    /**
     * Of the line that a token is on.
     *
     * @param indent its leading characters
     * @param first whether the token is the first on it
     * @param mixed the leading characters are not all the same
     * @param tabs the leading characters are tabs
     */
    public record Line(int indent, boolean first, boolean mixed, boolean tabs) {}

    public boolean is(Kind wanted) {
        return kind == wanted;
    }

    public boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    /** Whether it is this word, reserved or not. */
    public boolean isWord(String word) {
        return (kind == Kind.ID || kind == Kind.RESERVED) && text.equals(word);
    }

    public boolean first() {
        return line.first;
    }

    public int indent() {
        return line.indent;
    }

    public Id id() {
        return new Id(at, text);
    }

    /** How a message names it. */
    public String shown() {
        return switch (kind) {
            case END -> "the end of the program";
            case LINE_END -> "the end of the line";
            default -> "`" + (text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text) + "`";
        };
    }
}
