package dev.skein.pipeline.vpl.syntax;

import dev.skein.pipeline.vpl.Spelling;
import dev.skein.pipeline.vpl.ast.Argument;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Id;
import dev.skein.pipeline.vpl.ast.Operator;
import dev.skein.pipeline.vpl.syntax.Cursor.SyntaxFault;
import dev.skein.pipeline.vpl.text.Token;
import dev.skein.pipeline.vpl.text.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Parses the operators of a stream; a broken one costs itself, not those after it. */
final class OperatorParser {
    private static final Set<String> NAMES = new TreeSet<>(Set.of(
            "where",
            "emit",
            "process",
            "context",
            "to", // tier 1
            "filter",
            "select",
            "partition_by",
            "window",
            "aggregate",
            "having",
            "distinct",
            "limit",
            "first", // tier 2
            "within",
            "on",
            "print",
            "log",
            "watermark",
            "allowed_lateness",
            "pattern",
            "enrich",
            "forecast",
            "score",
            "trend_aggregate", // tier 3
            "map",
            "tap",
            "order_by",
            "collect",
            "concurrent",
            "on_error",
            "fork"));

    private final Cursor cursor;
    private final ExpressionParser expressions;
    private final PatternParser patterns;
    private final Spelling spelling = new Spelling();

    OperatorParser(Cursor cursor, ExpressionParser expressions, PatternParser patterns) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.patterns = patterns;
    }

    List<Operator> chain() {
        var operators = new ArrayList<Operator>();
        while (cursor.isSign(".") || cursor.isSign("->")) {
            var mark = cursor.mark();
            try {
                var operator = cursor.isSign("->") ? then() : dotted();
                if (operator != null) {
                    operators.add(operator);
                }
            } catch (SyntaxFault reported) {
                int open = cursor.openSince(mark);
                cursor.restore(mark);
                skip(open);
            }
        }
        return operators;
    }

    /** To the next operator or declaration; within brackets, which may lack their end, only to a known operator. */
    private void skip(int openBrackets) {
        int open = openBrackets;
        while (!cursor.raw().is(Kind.END) && !isOperatorAhead(open) && !DeclarationStart.isAt(cursor, 0)) {
            if (cursor.raw().is(Kind.SIGN)) {
                open += "([{".contains(cursor.raw().text()) ? 1 : 0;
                open -= open > 0 && ")]}".contains(cursor.raw().text()) ? 1 : 0;
            }
            cursor.skip();
        }
    }

    private boolean isOperatorAhead(int open) {
        if (cursor.raw().isSign("->")) {
            return true;
        }
        var name = cursor.rawAhead(1);
        boolean isKnown = NAMES.contains(name.text()) || name.isWord("not") || (open == 0 && name.is(Kind.ID));
        boolean isCalled = cursor.rawAhead(2).isSign("(") || name.isWord("emit");
        return cursor.raw().isSign(".") && isKnown && isCalled;
    }

    private Operator then() {
        var at = cursor.next().at();
        return new Operator.Then(at, patterns.step());
    }

    private @Nullable Operator dotted() {
        cursor.expect(".");
        var token = cursor.peek();
        if (token.isWord("not")) {
            return not();
        }
        var id = cursor.id("stream operator");
        if (!NAMES.contains(id.name())) {
            var message = "unknown stream operator `" + id.name() + "`";
            cursor.diagnostics().error("E000", id.at(), message, spelling.hint(id.name(), NAMES));
            other(id);
            return null;
        }
        return switch (id.name()) {
            case "where" -> where(id);
            case "emit" -> emit(id);
            case "process" -> process(id);
            case "context" -> context(id);
            case "to" -> to(id);
            default -> other(id);
        };
    }

    private Operator not() {
        var at = cursor.next().at();
        cursor.open("(");
        var type = cursor.id("event type");
        var where = cursor.accept("where") ? expressions.expression() : null;
        cursor.close(")");
        return new Operator.Not(at, type, where);
    }

    private Operator where(Id id) {
        var arguments = expressions.arguments();
        refuseNames(id, arguments);
        if (arguments.size() != 1) {
            var message = "`.where` takes 1 argument, got " + arguments.size();
            cursor.diagnostics().error("E051", id.at(), message);
        }
        var condition = arguments.isEmpty()
                ? new Expression.Literal(id.at(), null)
                : arguments.get(0).value();
        return new Operator.Where(id.at(), condition);
    }

    private Operator emit(Id id) {
        var as = cursor.accept("as") ? cursor.id("event type") : null;
        var fields = new ArrayList<Argument>();
        Id context = null;
        for (var argument : expressions.arguments()) {
            var name = nameOf(argument);
            if (name == null) {
                var message = "field name expected before the value";
                cursor.diagnostics().error("E000", argument.value().start(), message, "write `name: …`");
            } else if (argument.name() != null && name.name().equals("context")) {
                context = contextName(argument.value());
            } else {
                fields.add(new Argument(name, argument.value(), null));
            }
        }
        return new Operator.Emit(id.at(), as, fields, context);
    }

    /** A bare name is its own field name. */
    private static @Nullable Id nameOf(Argument argument) {
        if (argument.name() != null) {
            return argument.name();
        }
        return argument.value() instanceof Expression.Name bare ? new Id(bare.at(), bare.name()) : null;
    }

    private Id contextName(Expression value) {
        if (value instanceof Expression.Name name) {
            return new Id(name.at(), name.name());
        }
        throw cursor.fault(value.start(), "name of a context expected", null);
    }

    private Operator process(Id id) {
        var arguments = expressions.arguments();
        refuseNames(id, arguments);
        if (arguments.size() != 1) {
            var message = "`.process` takes one call, got " + arguments.size() + " arguments";
            cursor.diagnostics().error("E051", id.at(), message);
            throw new SyntaxFault();
        }
        if (arguments.get(0).value() instanceof Expression.Call call) {
            return new Operator.Process(id.at(), call);
        }
        var start = arguments.get(0).value().start();
        throw cursor.fault(start, "call of a function expected", "write `.process(name(…))`");
    }

    private @Nullable Operator context(Id id) {
        var arguments = expressions.arguments();
        refuseNames(id, arguments);
        if (arguments.size() != 1) {
            cursor.diagnostics().error("E051", id.at(), "`.context` takes 1 argument, got " + arguments.size());
            return null;
        }
        return new Operator.InContext(id.at(), contextName(arguments.get(0).value()));
    }

    private Operator to(Id id) {
        var arguments = expressions.arguments();
        var first = arguments.isEmpty() ? null : arguments.get(0);
        if (first == null || first.name() != null || !(first.value() instanceof Expression.Name connector)) {
            var at = first == null ? id.at() : first.at();
            throw cursor.fault(at, "name of a connector expected", "write `.to(Name, topic: \"…\")`");
        }
        var parameters = arguments.subList(1, arguments.size());
        for (var parameter : parameters) {
            if (parameter.name() == null) {
                var message = "parameter name expected before the value";
                cursor.diagnostics().error("E000", parameter.value().start(), message, "write `topic: …`");
            }
        }
        var named = parameters.stream().filter(p -> p.name() != null).toList();
        return new Operator.To(id.at(), new Id(connector.at(), connector.name()), named);
    }

    private void refuseNames(Id id, List<Argument> arguments) {
        for (var argument : arguments) {
            if (argument.name() != null) {
                var message = "unknown argument `" + argument.name().name() + "` of `." + id.name() + "`";
                cursor.diagnostics().error("E080", argument.name().at(), message);
            }
        }
    }

    /** Any other operator: {@code .name([ID ":"] expr ["as" ID], …)}. */
    private Operator other(Id id) {
        var arguments = new ArrayList<Argument>();
        cursor.open("(");
        while (!cursor.isSign(")")) {
            arguments.add(argument());
            if (!cursor.accept(",")) {
                break;
            }
        }
        cursor.close(")");
        return new Operator.Other(id, arguments);
    }

    private Argument argument() {
        Token first = cursor.peek();
        boolean isNamed = first.is(Kind.ID) && cursor.ahead(1).isSign(":");
        var name = isNamed ? cursor.id("argument name") : null;
        if (isNamed) {
            cursor.expect(":");
        }
        var value = expressions.expression();
        return new Argument(name, value, cursor.accept("as") ? cursor.id("alias") : null);
    }
}
