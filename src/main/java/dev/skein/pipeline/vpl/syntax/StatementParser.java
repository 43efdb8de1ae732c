package dev.skein.pipeline.vpl.syntax;

import dev.skein.pipeline.vpl.ast.Argument;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Id;
import dev.skein.pipeline.vpl.ast.Let;
import dev.skein.pipeline.vpl.ast.Statement;
import dev.skein.pipeline.vpl.syntax.Cursor.SyntaxFault;
import dev.skein.pipeline.vpl.text.Token;
import dev.skein.pipeline.vpl.text.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses the statements of a function; a broken one costs itself, not the lines after it. */
final class StatementParser {
    private static final Map<String, Let.Kind> LETS =
            Map.of("let", Let.Kind.LET, "var", Let.Kind.VAR, "const", Let.Kind.CONST);

    private final Cursor cursor;
    private final ExpressionParser expressions;
    private final TypeParser types;
    private final BlockParser blocks;

    StatementParser(Cursor cursor, ExpressionParser expressions, TypeParser types) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.types = types;
        this.blocks = new BlockParser(cursor);
    }

    /** The block that a colon has opened. */
    List<Statement> block(Token header) {
        return blocks.block(header, this::recovering);
    }

    private @Nullable Statement recovering() {
        var start = cursor.raw();
        var name = cursor.rawAhead(1);
        int index = cursor.index();
        var mark = cursor.mark();
        try {
            var statement = statement();
            end();
            return statement;
        } catch (SyntaxFault reported) {
            cursor.restore(mark);
            skip(start, index);
            boolean declares = LETS.containsKey(start.text()) && name.is(Kind.ID);
            return declares ? unknown(name) : null;
        }
    }

    /** Keeps a name known whose declaration is broken. */
    private static Let unknown(Token name) {
        return new Let(name.id(), Let.Kind.VAR, null, new Expression.Literal(name.at(), null));
    }

    /** Goes to the next statement; the block of a broken header is parsed for its own faults. */
    private void skip(Token start, int index) {
        skipLine(index);
        boolean isHeader = start.isWord("if") || start.isWord("while") || start.isWord("for");
        if (isHeader && isDeeper()) {
            block(start);
        }
        while (isHeader && (isBranch("elif") || isBranch("else"))) {
            var branch = cursor.raw();
            skipLine(cursor.index());
            if (isDeeper()) {
                block(branch);
            }
        }
        while (isDeeper() || (!cursor.raw().first() && !cursor.raw().is(Kind.END))) {
            cursor.skip();
        }
    }

    private void skipLine(int index) {
        while (!cursor.raw().is(Kind.END)
                && (cursor.index() == index || !cursor.raw().first())) {
            cursor.skip();
        }
    }

    private boolean isDeeper() {
        return cursor.raw().first()
                && !cursor.raw().is(Kind.END)
                && cursor.raw().indent() > cursor.block();
    }

    private void end() {
        var token = cursor.peek();
        if (token.is(Kind.LINE_END) || token.is(Kind.END)) {
            return;
        }
        if (cursor.accept(";")) {
            return;
        }
        var message = "end of the line expected, found " + token.shown();
        throw cursor.fault(token.at(), message, endHint(token));
    }

    private static @Nullable String endHint(Token token) {
        if (token.isSign(".")) {
            return "there are no method calls: write `name(value)`";
        }
        if (token.isSign("=")) {
            return "assign with `:=`, declare with `let` or `var`";
        }
        var deeper = "a line indented deeper than its block continues the line above";
        return token.first() ? deeper : Cursor.meant(token);
    }

    private Statement statement() {
        var token = cursor.peek();
        var after = cursor.ahead(1);
        if (after.isSign(":=") && token.is(Kind.ID)) {
            return assign();
        }
        if (token.isWord("if")) {
            return conditional();
        }
        if (LETS.containsKey(token.text()) && (after.is(Kind.ID) || after.is(Kind.RESERVED))) {
            cursor.skip();
            return let(LETS.getOrDefault(token.text(), Let.Kind.LET));
        }
        if (token.isWord("emit") && after.is(Kind.ID)) {
            return emit();
        }
        return control(token, after);
    }

    private Statement control(Token token, Token after) {
        boolean alone = after.is(Kind.LINE_END) || after.is(Kind.END) || after.isSign(";");
        if (token.isWord("return")) {
            return returned();
        }
        if (alone && token.isWord("break")) {
            cursor.skip();
            return new Statement.Break(token.at());
        }
        if (alone && token.isWord("continue")) {
            cursor.skip();
            return new Statement.Continue(token.at());
        }
        if (token.isWord("for") && after.is(Kind.ID)) {
            return loop();
        }
        if (token.isWord("while")) {
            cursor.skip();
            return new Statement.While(token.at(), expressions.expression(), opened(token));
        }
        return new Statement.Evaluate(expressions.expression());
    }

    private Statement assign() {
        var target = cursor.id("name");
        cursor.expect(":=");
        return new Statement.Assign(target, expressions.expression());
    }

    private Statement returned() {
        var at = cursor.next().at();
        var end = cursor.peek();
        boolean bare = end.is(Kind.LINE_END) || end.is(Kind.END) || end.isSign(";");
        return new Statement.Return(at, bare ? null : expressions.expression());
    }

    /** The rest of a declaration after its keyword. */
    Let let(Let.Kind kind) {
        var id = cursor.id("name");
        var type = cursor.accept(":") ? types.type() : null;
        cursor.expect("=");
        return new Let(id, kind, type, expressions.expression());
    }

    private Statement emit() {
        var at = cursor.next().at();
        var type = cursor.id("event type");
        var fields = new ArrayList<Argument>();
        for (var field : expressions.arguments()) {
            if (field.name() != null) {
                fields.add(field);
            } else {
                var hint = field.value() instanceof Expression.Name name ? name.name() : "name";
                var message = "field name expected before the value";
                cursor.diagnostics().error("E000", field.value().start(), message, "write `" + hint + ": …`");
            }
        }
        return new Statement.Emit(at, type, fields);
    }

    private Statement loop() {
        var header = cursor.next();
        Id variable = cursor.id("loop variable");
        cursor.expect("in");
        return new Statement.For(header.at(), variable, expressions.expression(), opened(header));
    }

    private Statement conditional() {
        var header = cursor.next();
        var condition = expressions.expression();
        if (cursor.isWord("then")) {
            return new Statement.Evaluate(expressions.conditional(header.at(), condition));
        }
        var branches = new ArrayList<Statement.Branch>();
        branches.add(new Statement.Branch(condition, opened(header)));
        while (isBranch("elif")) {
            var elif = cursor.raw();
            cursor.skip();
            branches.add(new Statement.Branch(expressions.expression(), opened(elif)));
        }
        return new Statement.If(header.at(), branches, otherwise());
    }

    private List<Statement> otherwise() {
        if (!isBranch("else")) {
            return List.of();
        }
        var header = cursor.raw();
        cursor.skip();
        return opened(header);
    }

    private boolean isBranch(String word) {
        var token = cursor.raw();
        return token.first() && token.indent() == cursor.block() && token.isWord(word);
    }

    private List<Statement> opened(Token header) {
        cursor.expect(":");
        return block(header);
    }

    /** Whether a token starts a statement that has no place at top level. */
    static boolean starts(Token token, Token after) {
        boolean isWord = List.of("return", "while", "break", "continue", "if").contains(token.text());
        boolean isEmit = token.isWord("emit") && after.is(Kind.ID);
        boolean isUse = token.is(Kind.ID) && List.of(":=", "(", "=", ".", "[").contains(after.text());
        boolean isValue = List.of(Kind.INT, Kind.FLOAT, Kind.STRING, Kind.DURATION, Kind.TIMESTAMP)
                .contains(token.kind());
        return isWord || isEmit || isUse || isValue;
    }
}
