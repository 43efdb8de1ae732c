package dev.skein.pipeline.vpl.text;

import dev.skein.pipeline.vpl.Diagnostics;
import dev.skein.pipeline.vpl.text.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts a text into tokens, longest match first. A malformed one is reported and becomes {@link Kind#BROKEN}. */
public final class Lexer {
    private static final List<String> SIGNS =
            List.of("..=", "->", "=>", ":=", "==", "!=", "<=", ">=", "<<", ">>", "**", "??", "?.", "..", "&&", "||");
    private static final String SINGLES = "()[]{},:;.=<>+-*/%|^&~?!";

    private final SourceText source;
    private final String text;
    private final Diagnostics diagnostics;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int lineStart;
    private boolean first = true; // no token on this line yet
    private Token.Line line = new Token.Line(0, true, false, false);

    private Lexer(SourceText source, Diagnostics diagnostics) {
        this.source = source;
        this.text = source.text();
        this.diagnostics = diagnostics;
    }

    /** All tokens of a program, compile-time loops expanded; the last of them is {@link Kind#END}. */
    public static List<Token> tokens(String source, Diagnostics diagnostics) {
        return tokens(Expansion.expand(SourceText.of(source), diagnostics), diagnostics);
    }

    /** All tokens, the last of them {@link Kind#END}. */
    static List<Token> tokens(SourceText source, Diagnostics diagnostics) {
        var lexer = new Lexer(source, diagnostics);
        while (lexer.skipBlank()) {
            lexer.token();
        }
        lexer.lineStart = lexer.at;
        lexer.first = true;
        lexer.add(Kind.END, lexer.at, null);
        return lexer.tokens;
    }

    /** Moves to the next token; false at the end. */
    private boolean skipBlank() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                at++;
                lineStart = at;
                first = true;
            } else if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else if (!skipComment()) {
                return true;
            }
        }
        return false;
    }

    private boolean skipComment() {
        if (text.charAt(at) == '#' || text.startsWith("//", at)) {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
            return true;
        }
        if (!text.startsWith("/*", at)) {
            return false;
        }
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            error(at, "unterminated comment", "end it with `*/`");
        }
        int after = end < 0 ? text.length() : end + 2;
        for (; at < after; at++) {
            if (text.charAt(at) == '\n') {
                lineStart = at + 1;
                first = true;
            }
        }
        return true;
    }

    private void token() {
        char c = text.charAt(at);
        if (isIdentifierStart(c)) {
            word();
        } else if (isDigit(c)) {
            literal(Literals.number(text, at));
        } else if (c == '"' || c == '\'') {
            literal(Literals.string(text, at));
        } else if (c == '@') {
            literal(Literals.timestamp(text, at));
        } else if (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1))) {
            literal(Literals.fraction(text, at));
        } else {
            sign();
        }
    }

    private void word() {
        int start = at;
        at = Literals.identifierEnd(text, at);
        var word = text.substring(start, at);
        add(Token.RESERVED.contains(word) ? Kind.RESERVED : Kind.ID, start, null);
    }

    private void literal(Literals.Scanned scanned) {
        int start = at;
        at = scanned.end();
        if (scanned.error() != null) {
            error(scanned.errorAt(), scanned.error(), scanned.hint());
        }
        add(scanned.error() != null ? Kind.BROKEN : scanned.kind(), start, scanned.value());
    }

    private void sign() {
        for (var sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                at += sign.length();
                add(Kind.SIGN, at - sign.length(), null);
                return;
            }
        }
        int start = at;
        int codePoint = text.codePointAt(at);
        at += Character.charCount(codePoint);
        if (SINGLES.indexOf(codePoint) >= 0) {
            add(Kind.SIGN, start, null);
            return;
        }
        error(start, "unexpected character " + shown(codePoint), null);
        add(Kind.BROKEN, start, null);
    }

    private void add(Kind kind, int start, @Nullable Object value) {
        if (first) {
            line = lineAt(start);
            first = false;
        } else if (line.first()) {
            line = new Token.Line(line.indent(), false, line.mixed(), line.tabs());
        }
        tokens.add(new Token(kind, text.substring(start, at), source.at(start), value, line));
    }

    private Token.Line lineAt(int start) {
        var indent = text.substring(lineStart, start);
        boolean tabs = indent.indexOf('\t') >= 0;
        return new Token.Line(indent.length(), true, tabs && indent.indexOf(' ') >= 0, tabs);
    }

    private void error(int offset, String message, @Nullable String hint) {
        diagnostics.error("E000", source.at(offset), message, hint);
    }

    private static String shown(int codePoint) {
        return Character.isISOControl(codePoint)
                ? "U+%04X".formatted(codePoint)
                : "`" + Character.toString(codePoint) + "`";
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isIdentifierStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }
}
