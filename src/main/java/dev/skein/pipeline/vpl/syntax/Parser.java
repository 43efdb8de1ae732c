package dev.skein.pipeline.vpl.syntax;

import dev.skein.pipeline.vpl.Diagnostics;
import dev.skein.pipeline.vpl.Spelling;
import dev.skein.pipeline.vpl.ast.Declaration;
import dev.skein.pipeline.vpl.ast.Id;
import dev.skein.pipeline.vpl.ast.Let;
import dev.skein.pipeline.vpl.ast.Program;
import dev.skein.pipeline.vpl.syntax.Cursor.SyntaxFault;
import dev.skein.pipeline.vpl.text.Lexer;
import dev.skein.pipeline.vpl.text.Token;
import dev.skein.pipeline.vpl.text.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Parses whole programs, one declaration after the other. */
public final class Parser {
    private static final int PARAMETERS_MAX = 100;
    private static final int TOKENS_MAX = 10_000; // per declaration: one method of the JVM has to hold it

    private final Cursor cursor;
    private final ExpressionParser expressions;
    private final TypeParser types;
    private final StatementParser statements;
    private final StreamParser streams;
    private final BlockParser blocks;
    private final Spelling spelling = new Spelling();

    private Parser(Cursor cursor) {
        this.cursor = cursor;
        this.expressions = new ExpressionParser(cursor);
        this.types = new TypeParser(cursor);
        this.statements = new StatementParser(cursor, expressions, types);
        this.streams = new StreamParser(cursor, expressions, types);
        this.blocks = new BlockParser(cursor);
    }

    /**
     * A tree and what it lacks.
     *
     * @param broken names whose declarations could not be parsed; using one is no further error
     */
    public record Parsed(Program program, Set<String> broken) {}

    /** Parses a program; what is wrong with it goes to {@code diagnostics}. */
    public static Parsed parse(String source, Diagnostics diagnostics) {
        return new Parser(new Cursor(Lexer.tokens(source, diagnostics), diagnostics)).program();
    }

    private Parsed program() {
        var declarations = new ArrayList<Declaration>();
        var broken = new HashSet<String>();
        while (!cursor.raw().is(Kind.END)) {
            var start = cursor.raw();
            var name = cursor.rawAhead(1);
            int index = cursor.index();
            var mark = cursor.mark();
            try {
                add(declaration(), declarations);
                checkSize(name, cursor.index() - index);
                cursor.accept(";");
            } catch (SyntaxFault reported) {
                broken.add(name.text());
                cursor.restore(mark);
                skip(start, index);
            }
        }
        return new Parsed(new Program(declarations), broken);
    }

    private void checkSize(Token name, int tokens) {
        if (tokens > TOKENS_MAX) {
            var message =
                    "`%s` is too large: %d words and signs, of at most %d".formatted(name.text(), tokens, TOKENS_MAX);
            cursor.diagnostics().error("E015", name.at(), message, "split it into functions or streams");
        }
    }

    private static void add(@Nullable Declaration declaration, List<Declaration> declarations) {
        if (declaration != null) {
            declarations.add(declaration);
        }
    }

    /** To the next declaration; the block of a broken function is parsed for its own faults. */
    private void skip(Token start, int index) {
        while (!cursor.raw().is(Kind.END)
                && (cursor.index() == index || !cursor.raw().first() && !DeclarationStart.isAt(cursor, 0))) {
            cursor.skip();
        }
        boolean isDeeper = cursor.raw().first() && cursor.raw().indent() > start.indent();
        if (start.isWord("fn") && isDeeper) {
            statements.block(start);
        }
        boolean isBlock = Set.of("fn", "event", "config", "for", "while", "if").contains(start.text());
        while (!cursor.raw().is(Kind.END) && (isBlock && isDeeper(start) || !DeclarationStart.isAt(cursor, 0))) {
            cursor.skip();
        }
    }

    private boolean isDeeper(Token start) {
        return cursor.raw().indent() > start.indent();
    }

    private @Nullable Declaration declaration() {
        var token = cursor.peek();
        var after = cursor.ahead(1);
        boolean isUsed = List.of("(", ":=", ".", "[").contains(after.text()) && after.is(Kind.SIGN);
        if (token.is(Kind.ID) && DeclarationStart.KEYWORDS.contains(token.text()) && !isUsed) {
            cursor.skip();
            return declaration(token);
        }
        if (token.isSign(";")) {
            cursor.skip();
            return null;
        }
        if (StatementParser.starts(token, after)) {
            var hint = after.isSign("=") ? "declare it with `let`" : "put statements in a function";
            cursor.diagnostics().error("E013", token.at(), "only declarations may stand at top level", hint);
            throw new SyntaxFault();
        }
        var message = "declaration expected, found " + token.shown();
        throw cursor.fault(token.at(), message, spelling.hint(token.text(), DeclarationStart.KEYWORDS));
    }

    private Declaration declaration(Token keyword) {
        return switch (keyword.text()) {
            case "context" -> context();
            case "connector" -> connector();
            case "event" -> event(keyword);
            case "type" -> alias();
            case "let" -> statements.let(Let.Kind.LET);
            case "var" -> statements.let(Let.Kind.VAR);
            case "const" -> statements.let(Let.Kind.CONST);
            case "fn" -> function(keyword);
            case "stream" -> streams.stream();
            case "pattern" -> streams.patterns().pattern(keyword.at());
            case "import" -> imported(keyword);
            case "config" -> config(keyword);
            default -> throw loop();
        };
    }

    private Declaration context() {
        var id = cursor.id("context name");
        var cores = new ArrayList<Long>();
        if (cursor.isSign("(")) {
            cursor.open("(");
            cursor.expect("cores");
            cursor.expect(":");
            cursor.open("[");
            while (cursor.peek().is(Kind.INT) && cursor.peek().value() instanceof Long core) {
                cores.add(core);
                cursor.skip();
                if (!cursor.accept(",")) {
                    break;
                }
            }
            cursor.close("]");
            cursor.close(")");
        }
        return new Declaration.Context(id, cores);
    }

    private Declaration connector() {
        var id = cursor.id("connector name");
        cursor.expect("=");
        var type = cursor.id("connector type");
        cursor.open("(");
        var parameters = streams.parameters(")");
        cursor.close(")");
        return new Declaration.Connector(id, type, parameters);
    }

    private Declaration event(Token keyword) {
        var id = cursor.id("event name");
        var parent = cursor.accept("extends") ? cursor.id("event name") : null;
        cursor.expect(":");
        return new Declaration.Event(id, parent, blocks.block(keyword, () -> line(this::field)));
    }

    private Declaration.Field field() {
        var id = cursor.id("field name");
        cursor.expect(":");
        return new Declaration.Field(id, types.type());
    }

    /** One item that fills its line; null when it is broken. */
    private <T> @Nullable T line(Supplier<T> item) {
        var mark = cursor.mark();
        int index = cursor.index();
        try {
            var parsed = item.get();
            boolean ended = cursor.accept(";")
                    || cursor.peek().is(Kind.LINE_END)
                    || cursor.peek().is(Kind.END);
            if (!ended) {
                throw cursor.unexpected("end of the line");
            }
            return parsed;
        } catch (SyntaxFault reported) {
            cursor.restore(mark);
            while (!cursor.raw().is(Kind.END)
                    && (cursor.index() == index || !cursor.raw().first())) {
                cursor.skip();
            }
            return null;
        }
    }

    private Declaration alias() {
        var id = cursor.id("type name");
        cursor.expect("=");
        return new Declaration.TypeAlias(id, types.type());
    }

    private Declaration function(Token keyword) {
        var id = cursor.id("function name");
        var parameters = new ArrayList<Declaration.Field>();
        cursor.open("(");
        while (!cursor.isSign(")")) {
            if (parameters.size() == PARAMETERS_MAX) {
                var message = "a function has at most " + PARAMETERS_MAX + " parameters";
                throw cursor.fault(cursor.peek().at(), message, null);
            }
            parameters.add(field());
            if (!cursor.accept(",")) {
                break;
            }
        }
        cursor.close(")");
        var result = cursor.accept("->") ? types.type() : null;
        cursor.expect(":");
        return new Declaration.Function(id, parameters, result, statements.block(keyword));
    }

    private Declaration imported(Token keyword) {
        var file = cursor.peek();
        if (!file.is(Kind.STRING)) {
            throw cursor.unexpected("file name in quotes");
        }
        cursor.skip();
        var alias = cursor.accept("as") ? cursor.id("alias") : new Id(file.at(), String.valueOf(file.value()));
        return new Declaration.Import(keyword.at(), alias, String.valueOf(file.value()));
    }

    private Declaration config(Token keyword) {
        if (cursor.accept(":")) {
            var parameters = blocks.block(keyword, () -> line(streams::parameter));
            return new Declaration.Config(keyword.at(), keyword.id(), parameters);
        }
        var id = cursor.id("name of a configuration");
        cursor.open("{");
        var parameters = streams.parameters("}");
        cursor.close("}");
        return new Declaration.Config(keyword.at(), id, parameters);
    }

    /** Says why a loop was not expanded: every well-formed one is gone by now. */
    private SyntaxFault loop() {
        cursor.id("loop variable");
        cursor.expect("in");
        bound();
        if (!cursor.accept("..=")) {
            cursor.expect("..");
        }
        bound();
        var colon = cursor.expect(":");
        var next = cursor.raw();
        if (!next.first()) {
            return cursor.fault(next.at(), "end of the line expected after `:`", "put the body on lines of its own");
        }
        return cursor.fault(next.is(Kind.END) ? colon.at() : next.at(), "indented block expected after `:`", null);
    }

    private void bound() {
        cursor.accept("-");
        if (!cursor.peek().is(Kind.INT)) {
            throw cursor.unexpected("integer literal");
        }
        cursor.skip();
    }
}
