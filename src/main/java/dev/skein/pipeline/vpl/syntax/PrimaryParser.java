package dev.skein.pipeline.vpl.syntax;

import dev.skein.pipeline.vpl.ast.Argument;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Id;
import dev.skein.pipeline.vpl.ast.Position;
import dev.skein.pipeline.vpl.text.Token;
import dev.skein.pipeline.vpl.text.Token.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Parses what operators combine: literals, names, calls and whatever stands in brackets. */
final class PrimaryParser {
    private static final String SMALLEST_INT = "9223372036854775808";

    private final Cursor cursor;
    private final ExpressionParser expressions;

    PrimaryParser(Cursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    Expression primary() {
        var token = cursor.peek();
        return switch (token.kind()) {
            case ID -> named();
            case RESERVED -> reserved(token);
            case INT -> integer();
            case FLOAT, STRING, DURATION, TIMESTAMP, BROKEN -> {
                cursor.skip();
                yield literal(token);
            }
            case SIGN -> bracketed(token);
            default -> throw cursor.unexpected("expression");
        };
    }

    static Expression literal(Token token) {
        if (token.value() instanceof Duration span) {
            return new Expression.Span(token.at(), span.toNanos());
        }
        if (token.value() instanceof Instant moment) {
            return new Expression.Moment(token.at(), moment.getEpochSecond(), moment.getNano());
        }
        return new Expression.Literal(token.at(), token.value());
    }

    private Expression integer() {
        var token = cursor.next();
        if (token.value() == null) {
            var message = "integer `" + SMALLEST_INT + "` beyond 64 bits";
            cursor.diagnostics().error("E000", token.at(), message);
        }
        return literal(token);
    }

    private Expression reserved(Token token) {
        if (token.isWord("if")) {
            return conditional();
        }
        if (!token.isWord("true") && !token.isWord("false") && !token.isWord("null")) {
            throw cursor.unexpected("expression");
        }
        cursor.skip();
        return new Expression.Literal(token.at(), token.isWord("null") ? null : (Object) token.isWord("true"));
    }

    private Expression conditional() {
        var at = expressions.operator().at();
        cursor.deeper(at);
        var conditional = conditional(at, expressions.inner());
        cursor.shallower();
        return conditional;
    }

    /** The rest of an {@code if} after its condition. */
    Expression conditional(Position at, Expression condition) {
        cursor.expect("then");
        var then = expressions.inner();
        cursor.expect("else");
        var otherwise = expressions.inner();
        return new Expression.Conditional(at, condition, then, otherwise);
    }

    private Expression named() {
        var after = cursor.ahead(1);
        if (after.isSign("(")) {
            expressions.count(cursor.peek().at());
            return new Expression.Call(cursor.id("function"), arguments(expressions::inner));
        }
        if (after.isSign("=>")) {
            var parameter = cursor.id("parameter");
            return lambda(List.of(parameter));
        }
        var token = cursor.next();
        return new Expression.Name(token.at(), token.text());
    }

    private Expression lambda(List<Id> parameters) {
        var at = cursor.expect("=>").at();
        cursor.deeper(at);
        var body = expressions.inner();
        cursor.shallower();
        return new Expression.Lambda(at, parameters, body);
    }

    /** {@code ([ID ":"] expr, …)}. */
    List<Argument> arguments(Supplier<Expression> value) {
        var arguments = new ArrayList<Argument>();
        cursor.open("(");
        while (!cursor.isSign(")")) {
            arguments.add(argument(value));
            if (!cursor.accept(",")) {
                break;
            }
        }
        cursor.close(")");
        return arguments;
    }

    private Argument argument(Supplier<Expression> value) {
        boolean isNamed = cursor.peek().is(Kind.ID) && cursor.ahead(1).isSign(":");
        var name = isNamed ? cursor.id("argument name") : null;
        if (isNamed) {
            cursor.expect(":");
        }
        return new Argument(name, value.get(), null);
    }

    private Expression bracketed(Token token) {
        return switch (token.text()) {
            case "(" -> parenthesised();
            case "[" -> elements();
            case "{" -> entries();
            default -> throw cursor.unexpected("expression");
        };
    }

    private Expression parenthesised() {
        cursor.open("(");
        var inside = expressions.inner();
        if (cursor.isSign(",") && inside instanceof Expression.Name first) {
            return lambda(parameters(first));
        }
        cursor.close(")");
        boolean isLambda = cursor.isSign("=>") && inside instanceof Expression.Name;
        return isLambda ? lambda(parameters((Expression.Name) inside)) : inside;
    }

    private List<Id> parameters(Expression.Name first) {
        var parameters = new ArrayList<Id>();
        parameters.add(new Id(first.at(), first.name()));
        if (cursor.isSign(",")) {
            while (cursor.accept(",")) {
                parameters.add(cursor.id("parameter"));
            }
            cursor.close(")");
        }
        return parameters;
    }

    private Expression elements() {
        var values = new ArrayList<Expression>();
        var at = cursor.open("[").at();
        while (!cursor.isSign("]")) {
            values.add(expressions.inner());
            if (!cursor.accept(",")) {
                break;
            }
        }
        cursor.close("]");
        return new Expression.Elements(at, values);
    }

    private Expression entries() {
        var values = new ArrayList<Argument>();
        var at = cursor.open("{").at();
        while (!cursor.isSign("}")) {
            var key = key();
            cursor.expect(":");
            values.add(new Argument(key, expressions.inner(), null));
            if (!cursor.accept(",")) {
                break;
            }
        }
        cursor.close("}");
        return new Expression.Entries(at, values);
    }

    private Id key() {
        var token = cursor.peek();
        if (token.is(Kind.STRING)) {
            cursor.skip();
            return new Id(token.at(), String.valueOf(token.value()));
        }
        return cursor.id("key");
    }
}
