package dev.skein.pipeline.vpl.syntax;

import dev.skein.pipeline.vpl.ast.Declaration.Parameter;
import dev.skein.pipeline.vpl.ast.Declaration.Stream;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.StreamSource;
import dev.skein.pipeline.vpl.ast.StreamSource.Input;
import dev.skein.pipeline.vpl.ast.TypeName;
import dev.skein.pipeline.vpl.text.Token;
import dev.skein.pipeline.vpl.text.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses a stream: its source, then its operators. */
final class StreamParser {
    private final Cursor cursor;
    private final ExpressionParser expressions;
    private final TypeParser types;
    private final PatternParser patterns;
    private final OperatorParser operators;

    StreamParser(Cursor cursor, ExpressionParser expressions, TypeParser types) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.types = types;
        this.patterns = new PatternParser(cursor, expressions);
        this.operators = new OperatorParser(cursor, expressions, patterns);
    }

    /** After the keyword. */
    Stream stream() {
        var id = cursor.id("stream name");
        TypeName type = cursor.accept(":") ? types.type() : null;
        cursor.expect("=");
        return new Stream(id, type, source(), operators.chain());
    }

    PatternParser patterns() {
        return patterns;
    }

    private StreamSource source() {
        var first = cursor.peek();
        if (cursor.ahead(1).isSign("(")) {
            switch (first.text()) {
                case "merge":
                    return new StreamSource.Merge(cursor.next().at(), inputs(false));
                case "join":
                    return new StreamSource.Join(cursor.next().at(), inputs(true));
                case "sequence":
                    return sequence();
                case "timer":
                    return timer();
                default:
            }
        }
        boolean isFrom = cursor.ahead(1).isSign(".") && cursor.ahead(2).isWord("from");
        if (isFrom && cursor.ahead(3).isSign("(")) {
            return from();
        }
        var step = patterns.step();
        return step.isPlain() ? new StreamSource.Plain(step.type()) : new StreamSource.FirstStep(step);
    }

    private StreamSource sequence() {
        var at = cursor.next().at();
        cursor.open("(");
        var steps = patterns.named();
        cursor.close(")");
        return new StreamSource.Sequence(at, steps);
    }

    private StreamSource timer() {
        var at = cursor.next().at();
        cursor.open("(");
        var period = expressions.expression();
        Expression delay = null;
        if (cursor.accept(",") && !cursor.isSign(")")) {
            cursor.expect("initial_delay");
            cursor.expect(":");
            delay = expressions.expression();
        }
        cursor.close(")");
        return new StreamSource.Timer(at, period, delay);
    }

    private StreamSource from() {
        var type = cursor.id("event type");
        cursor.expect(".");
        var at = cursor.next().at();
        cursor.open("(");
        var connector = cursor.id("connector");
        var parameters = cursor.accept(",") ? parameters(")") : List.<Parameter>of();
        cursor.close(")");
        return new StreamSource.From(type, at, connector, parameters);
    }

    private List<Input> inputs(boolean isJoin) {
        var inputs = new ArrayList<Input>();
        cursor.open("(");
        do {
            inputs.add(input(isJoin));
        } while (cursor.accept(",") && !cursor.isSign(")"));
        cursor.close(")");
        return inputs;
    }

    private Input input(boolean isJoin) {
        if (!cursor.isWord("stream") || !cursor.ahead(1).is(Kind.ID)) {
            return new Input(null, cursor.id("event type or stream"), null);
        }
        cursor.skip();
        var name = cursor.id("stream name");
        cursor.expect("=");
        var type = cursor.id("event type or stream");
        return new Input(name, type, isJoin ? key() : filter());
    }

    private @Nullable Expression key() {
        boolean dotted = cursor.accept(".");
        return dotted || cursor.isWord("on") ? onKey() : null;
    }

    private Expression onKey() {
        cursor.expect("on");
        return expressions.expression();
    }

    private @Nullable Expression filter() {
        if (!cursor.accept(".")) {
            return null;
        }
        cursor.expect("where");
        cursor.open("(");
        var condition = expressions.expression();
        cursor.close(")");
        return condition;
    }

    /** {@code list(ID ":" value)} up to a closing sign, which stays. */
    List<Parameter> parameters(String close) {
        var parameters = new ArrayList<Parameter>();
        while (!cursor.isSign(close)) {
            parameters.add(parameter());
            if (!cursor.accept(",") && !(close.equals("}") && cursor.peek().is(Kind.ID))) {
                break;
            }
        }
        return parameters;
    }

    Parameter parameter() {
        var id = cursor.id("parameter name");
        cursor.expect(":");
        if (!cursor.isSign("[")) {
            return new Parameter(id, List.of(value()), false);
        }
        var values = new ArrayList<Expression>();
        cursor.open("[");
        while (!cursor.isSign("]")) {
            values.add(value());
            if (!cursor.accept(",")) {
                break;
            }
        }
        cursor.close("]");
        return new Parameter(id, values, true);
    }

    /** A literal or a name. */
    private Expression value() {
        Token token = cursor.peek();
        var after = cursor.ahead(1);
        boolean isNegative = token.isSign("-") && (after.is(Kind.INT) || after.is(Kind.FLOAT));
        boolean isSign = token.is(Kind.SIGN) && !isNegative;
        if (isSign || token.isWord("if") || token.is(Kind.LINE_END) || token.is(Kind.END)) {
            throw cursor.unexpected("literal or name");
        }
        return expressions.value();
    }
}
