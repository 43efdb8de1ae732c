package dev.skein.pipeline.vpl.syntax;

import dev.skein.pipeline.vpl.Diagnostics;
import dev.skein.pipeline.vpl.ast.Id;
import dev.skein.pipeline.vpl.ast.Position;
import dev.skein.pipeline.vpl.text.Token;
import dev.skein.pipeline.vpl.text.Token.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parser's place among the tokens. Inside a block it shows a {@link Kind#LINE_END} where a statement ends: at a
 * line
 * that is not indented deeper than the block, unless a bracket is open or the line goes on with a dot or an arrow.
 */
final class Cursor {
    static final int NESTING_MAX = 64;
    private static final int TOP_LEVEL = -1;
    private static final Map<String, String> MEANT = Map.of(
            "=", "`:=` assigns, `==` compares",
            "&&", "write `and`",
            "||", "write `or`",
            "!", "write `not`");

    private final List<Token> tokens;
    private final Diagnostics diagnostics;
    private int at;
    private int block = TOP_LEVEL; // indentation of the block around
    private int statement = -1; // index of the first token of the statement at hand
    private int brackets; // open, in the statement at hand
    private int depth; // of brackets and expressions

    Cursor(List<Token> tokens, Diagnostics diagnostics) {
        this.tokens = tokens;
        this.diagnostics = diagnostics;
    }

    /** What {@link #restore} goes back to. */
    record Mark(int block, int statement, int brackets, int depth) {}

    Diagnostics diagnostics() {
        return diagnostics;
    }

    Mark mark() {
        return new Mark(block, statement, brackets, depth);
    }

    void restore(Mark mark) {
        block = mark.block;
        statement = mark.statement;
        brackets = mark.brackets;
        depth = mark.depth;
    }

    /** Brackets opened since then and not closed. */
    int openSince(Mark mark) {
        return Math.max(brackets - mark.brackets, 0);
    }

    void enterBlock(int indent) {
        block = indent;
        brackets = 0;
    }

    void enterStatement() {
        statement = at;
        brackets = 0;
    }

    int block() {
        return block;
    }

    int index() {
        return at;
    }

    /** The token as it stands, line ends ignored. */
    Token raw() {
        return tokens.get(at);
    }

    Token rawAhead(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    Token peek() {
        return ahead(0);
    }

    Token ahead(int ahead) {
        int last = Math.min(at + ahead, tokens.size() - 1);
        for (int i = at; i <= last; i++) {
            if (endsStatement(i)) {
                return lineEnd(i);
            }
        }
        return tokens.get(last);
    }

    private Token lineEnd(int next) {
        return new Token(
                Kind.LINE_END, "", endOf(next - 1), null, tokens.get(next).line());
    }

    /** The position after a token. */
    private Position endOf(int index) {
        var token = tokens.get(Math.max(index, 0));
        int length = token.text().codePointCount(0, token.text().length());
        return new Position(token.at().line(), token.at().column() + length);
    }

    private boolean endsStatement(int index) {
        var token = tokens.get(index);
        if (block == TOP_LEVEL || index == statement || brackets > 0 || !token.first() || token.is(Kind.END)) {
            return false;
        }
        return token.indent() <= block && !token.isSign(".") && !token.isSign("->");
    }

    Token next() {
        var token = peek();
        if (!token.is(Kind.LINE_END)) {
            skip();
        }
        return token;
    }

    /** One token on, whatever it is; stays at the end. */
    void skip() {
        if (at < tokens.size() - 1) {
            at++;
        }
    }

    boolean isSign(String sign) {
        return peek().isSign(sign);
    }

    boolean isWord(String word) {
        return peek().isWord(word);
    }

    boolean accept(String signOrWord) {
        var token = peek();
        if (token.isSign(signOrWord) || token.isWord(signOrWord)) {
            skip();
            return true;
        }
        return false;
    }

    Token expect(String signOrWord) {
        var token = peek();
        if (!accept(signOrWord)) {
            throw unexpected("`" + signOrWord + "`");
        }
        return token;
    }

    /** An identifier that is not reserved. */
    Id id(String what) {
        var token = peek();
        if (token.is(Kind.RESERVED)) {
            throw fault(token.at(), what + " expected, found the reserved word `" + token.text() + "`", null);
        }
        if (!token.is(Kind.ID)) {
            throw unexpected(what);
        }
        skip();
        return token.id();
    }

    Token open(String bracket) {
        var token = peek();
        if (!token.isSign(bracket)) {
            throw unexpected("`" + bracket + "`");
        }
        deeper(token.at());
        brackets++;
        skip();
        return token;
    }

    void close(String bracket) {
        var token = peek();
        if (!token.isSign(bracket)) {
            throw unexpected(bracket.equals("]") ? "`]`" : "`,` or `" + bracket + "`");
        }
        brackets--;
        depth--;
        skip();
    }

    /** Counts one level of nesting, until {@link #shallower}. */
    void deeper(Position position) {
        if (depth >= NESTING_MAX) {
            diagnostics.error("E009", position, "nested deeper than " + NESTING_MAX, "name the inner part with `let`");
            throw new SyntaxFault();
        }
        depth++;
    }

    void shallower() {
        depth--;
    }

    /** Reports what was expected instead of the next token, unless the lexer has reported that one already. */
    SyntaxFault unexpected(String expected) {
        var token = peek();
        var hint = meant(token);
        var position = token.is(Kind.END) && at > 0 ? endOf(at - 1) : token.at();
        return fault(position, expected + " expected, found " + token.shown(), hint);
    }

    /** What a sign of other languages should read. */
    static @Nullable String meant(Token token) {
        return token.is(Kind.SIGN) ? MEANT.get(token.text()) : null;
    }

    SyntaxFault fault(Position position, String message, @Nullable String hint) {
        boolean reported =
                raw().is(Kind.BROKEN) || (at > 0 && tokens.get(at - 1).is(Kind.BROKEN));
        if (!reported) {
            diagnostics.error("E000", position, message, hint);
        }
        return new SyntaxFault();
    }

    /** Leaves the construct being parsed; what is wrong with it has been reported. Never leaves the parser. */
    static final class SyntaxFault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SyntaxFault() {
            super(null, null, false, false);
        }
    }
}
