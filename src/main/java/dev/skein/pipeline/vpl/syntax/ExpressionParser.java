package dev.skein.pipeline.vpl.syntax;

import dev.skein.pipeline.vpl.ast.Argument;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Expression.BinaryOperator;
import dev.skein.pipeline.vpl.ast.Expression.UnaryOperator;
import dev.skein.pipeline.vpl.ast.Position;
import dev.skein.pipeline.vpl.syntax.Cursor.SyntaxFault;
import dev.skein.pipeline.vpl.text.Token;
import dev.skein.pipeline.vpl.text.Token.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses expressions, one method per level of precedence. */
final class ExpressionParser {
    /** Operators in one expression. A tree is no deeper than this, which bounds every later walk over it. */
    private static final int OPERATORS_MAX = 1_000;

    private static final Map<String, BinaryOperator> COMPARISONS = Map.of(
            "==", BinaryOperator.EQUAL,
            "!=", BinaryOperator.UNEQUAL,
            "<", BinaryOperator.LESS,
            "<=", BinaryOperator.AT_MOST,
            ">", BinaryOperator.GREATER,
            ">=", BinaryOperator.AT_LEAST,
            "in", BinaryOperator.IN);
    /** Left-associative levels below comparison, loosest first. */
    private static final List<Map<String, BinaryOperator>> LEVELS = List.of(
            Map.of("|", BinaryOperator.BIT_OR),
            Map.of("^", BinaryOperator.BIT_XOR),
            Map.of("&", BinaryOperator.BIT_AND),
            Map.of("<<", BinaryOperator.SHIFT_LEFT, ">>", BinaryOperator.SHIFT_RIGHT),
            Map.of("+", BinaryOperator.PLUS, "-", BinaryOperator.MINUS),
            Map.of("*", BinaryOperator.TIMES, "/", BinaryOperator.DIVIDE, "%", BinaryOperator.REMAINDER));

    private final Cursor cursor;
    private final PrimaryParser primaries;
    private int operators;

    ExpressionParser(Cursor cursor) {
        this.cursor = cursor;
        this.primaries = new PrimaryParser(cursor, this);
    }

    /** An expression that is no part of another. */
    Expression expression() {
        operators = 0;
        return inner();
    }

    /** A literal, a negated one or a name. */
    Expression value() {
        operators = 0;
        return cursor.isSign("-") ? unary() : primaries.primary();
    }

    /** {@code ([ID ":"] expr, …)}, each expression on its own. */
    List<Argument> arguments() {
        return primaries.arguments(this::expression);
    }

    /** The rest of an {@code if} after its condition. */
    Expression conditional(Position at, Expression condition) {
        return primaries.conditional(at, condition);
    }

    /** An expression inside of another. */
    Expression inner() {
        var left = range();
        if (!cursor.isSign("??")) {
            return left;
        }
        var at = operator().at();
        cursor.deeper(at);
        var right = inner();
        cursor.shallower();
        return new Expression.Binary(at, BinaryOperator.COALESCE, left, right);
    }

    private Expression range() {
        var left = or();
        if (!cursor.isSign("..") && !cursor.isSign("..=")) {
            return left;
        }
        var dots = operator();
        return new Expression.Range(dots.at(), left, or(), dots.text().equals("..="));
    }

    private Expression or() {
        var left = and();
        while (cursor.isWord("or")) {
            left = new Expression.Binary(operator().at(), BinaryOperator.OR, left, and());
        }
        return left;
    }

    private Expression and() {
        var left = not();
        while (cursor.isWord("and")) {
            left = new Expression.Binary(operator().at(), BinaryOperator.AND, left, not());
        }
        return left;
    }

    private Expression not() {
        if (cursor.isWord("not")) {
            return new Expression.Unary(operator().at(), UnaryOperator.NOT, comparison());
        }
        return comparison();
    }

    private Expression comparison() {
        var left = level(0);
        boolean compared = false;
        while (comparisonAhead()) {
            var at = cursor.peek().at();
            if (compared) {
                var message = "comparison chain: `" + cursor.peek().text() + "` follows another comparison";
                cursor.diagnostics().error("E000", at, message, "join two comparisons with `and`: `a < b and b < c`");
            }
            left = comparison(left, at);
            compared = true;
        }
        return left;
    }

    private boolean comparisonAhead() {
        var token = cursor.peek();
        boolean notIn = token.isWord("not") && cursor.ahead(1).isWord("in");
        return notIn || token.isWord("is") || (!token.is(Kind.STRING) && COMPARISONS.containsKey(token.text()));
    }

    private Expression comparison(Expression left, Position at) {
        var sign = operator();
        if (sign.isWord("is")) {
            boolean negated = cursor.accept("not");
            if (!cursor.accept("null")) {
                throw cursor.unexpected("`null`");
            }
            return new Expression.IsNull(left, at, negated);
        }
        if (sign.isWord("not")) {
            cursor.expect("in");
            return new Expression.Binary(at, BinaryOperator.NOT_IN, left, level(0));
        }
        var operator = COMPARISONS.get(sign.text());
        return operator == null ? left : new Expression.Binary(at, operator, left, level(0));
    }

    private Expression level(int level) {
        if (level == LEVELS.size()) {
            return unary();
        }
        var left = level(level + 1);
        for (var operator = infix(level); operator != null; operator = infix(level)) {
            left = new Expression.Binary(operator().at(), operator, left, level(level + 1));
        }
        return left;
    }

    private @Nullable BinaryOperator infix(int level) {
        var token = cursor.peek();
        return token.is(Kind.SIGN) ? LEVELS.get(level).get(token.text()) : null;
    }

    private Expression unary() {
        var sign = cursor.peek();
        if (!sign.isSign("-") && !sign.isSign("~")) {
            return power();
        }
        if (isSmallestInt(sign)) {
            cursor.skip();
            cursor.skip();
            return new Expression.Literal(sign.at(), Long.MIN_VALUE);
        }
        operator();
        cursor.deeper(sign.at());
        var operand = unary();
        cursor.shallower();
        return new Expression.Unary(
                sign.at(), sign.isSign("-") ? UnaryOperator.MINUS : UnaryOperator.COMPLEMENT, operand);
    }

    /** The one integer whose magnitude does not fit 64 bits. */
    private boolean isSmallestInt(Token sign) {
        var number = cursor.ahead(1);
        return sign.isSign("-")
                && number.is(Kind.INT)
                && number.value() == null
                && !cursor.ahead(2).isSign("**");
    }

    private Expression power() {
        var base = postfix();
        if (!cursor.isSign("**")) {
            return base;
        }
        var at = operator().at();
        cursor.deeper(at);
        var exponent = unary();
        cursor.shallower();
        return new Expression.Binary(at, BinaryOperator.POWER, base, exponent);
    }

    private Expression postfix() {
        var target = primaries.primary();
        while (true) {
            if (cursor.isSign("?.") || (cursor.isSign(".") && !startsOperator())) {
                boolean safe = operator().isSign("?.");
                target = new Expression.Member(target, cursor.id("field name"), safe);
            } else if (cursor.isSign("[")) {
                target = indexed(target);
            } else {
                return target;
            }
        }
    }

    /** There are no method calls: a name with a bracket after a dot belongs to the stream. */
    private boolean startsOperator() {
        var after = cursor.ahead(2);
        return after.isSign("(") || (cursor.ahead(1).isWord("emit") && after.isWord("as"));
    }

    private Expression indexed(Expression target) {
        count(cursor.peek().at());
        var at = cursor.open("[").at();
        var from = cursor.isSign(":") ? null : inner();
        if (from != null && cursor.isSign("]")) {
            cursor.close("]");
            return new Expression.Index(target, at, from);
        }
        cursor.expect(":");
        var to = cursor.isSign("]") ? null : inner();
        cursor.close("]");
        return new Expression.Slice(target, at, from, to);
    }

    /** Takes an operator and counts it. */
    Token operator() {
        count(cursor.peek().at());
        return cursor.next();
    }

    void count(Position at) {
        if (++operators > OPERATORS_MAX) {
            var message = "more than " + OPERATORS_MAX + " operators in one expression";
            cursor.diagnostics().error("E009", at, message, "name a part with `let`");
            throw new SyntaxFault();
        }
    }
}
