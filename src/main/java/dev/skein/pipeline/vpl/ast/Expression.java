package dev.skein.pipeline.vpl.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value to compute. Nodes are told apart by identity: copies of a compile-time loop share their positions. */
public sealed interface Expression {
    /** Its own token: of an infix expression the operator. */
    Position at();

    /** Its leftmost token, brackets around it aside. */
    default Position start() {
        return at();
    }

    <R> R accept(Visitor<R> visitor);

    /** A Long, Double, Boolean, String or null. */
    record Literal(Position at, @Nullable Object value) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitLiteral(this);
        }
    }

    /** What it stands for is in {@link dev.skein.pipeline.vpl.resolved.Resolution}. */
    record Name(Position at, String name) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitName(this);
        }
    }

    /** Arguments as written; their order by parameter is in the resolution. */
    record Call(Id function, List<Argument> arguments) implements Expression {
        @Override
        public Position at() {
            return function.at();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitCall(this);
        }
    }

    record Unary(Position at, UnaryOperator operator, Expression operand) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitUnary(this);
        }
    }

    /** At the operator, not at its left side. */
    record Binary(Position at, BinaryOperator operator, Expression left, Expression right) implements Expression {
        @Override
        public Position start() {
            return left.start();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitBinary(this);
        }
    }

    /** {@code if c then a else b}. */
    record Conditional(Position at, Expression condition, Expression then, Expression otherwise) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitConditional(this);
        }
    }

    /** {@code a..b} or {@code a..=b}, at the dots; tier 1 only as what a {@code for} runs over. */
    record Range(Position at, Expression from, Expression to, boolean inclusive) implements Expression {
        @Override
        public Position start() {
            return from.start();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitRange(this);
        }
    }

    /** {@code a.b} or {@code a?.b}; tier 1 only where the resolution binds it to a field of the event. */
    record Member(Expression target, Id field, boolean safe) implements Expression {
        @Override
        public Position start() {
            return target.start();
        }

        @Override
        public Position at() {
            return field.at();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitMember(this);
        }
    }

    /** Tier 2. */
    record Index(Expression target, Position at, Expression index) implements Expression {
        @Override
        public Position start() {
            return target.start();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitIndex(this);
        }
    }

    /** Tier 2. */
    record Slice(
            Expression target,
            Position at,
            @Nullable Expression from,
            @Nullable Expression to) implements Expression {
        @Override
        public Position start() {
            return target.start();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitSlice(this);
        }
    }

    /** {@code e is null}, {@code e is not null}. Tier 2. */
    record IsNull(Expression operand, Position at, boolean negated) implements Expression {
        @Override
        public Position start() {
            return operand.start();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitIsNull(this);
        }
    }

    /** A duration literal. Tier 2. */
    record Span(Position at, long nanos) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitSpan(this);
        }
    }

    /** A timestamp literal: since 1970-01-01 UTC. Tier 2. */
    record Moment(Position at, long seconds, int nanos) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitMoment(this);
        }
    }

    /** An array literal. Tier 2. */
    record Elements(Position at, List<Expression> values) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitElements(this);
        }
    }

    /** A map literal; every argument is named. Tier 2. */
    record Entries(Position at, List<Argument> values) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitEntries(this);
        }
    }

    /** {@code x => e}. Tier 3. */
    record Lambda(Position at, List<Id> parameters, Expression body) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitLambda(this);
        }
    }

    /** Prefix operators. */
    enum UnaryOperator {
        MINUS("-"),
        COMPLEMENT("~"),
        NOT("not");

        private final String sign;

        UnaryOperator(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }

    /** Infix operators; {@link #COALESCE} is of tier 2. */
    enum BinaryOperator {
        COALESCE("??"),
        OR("or"),
        AND("and"),
        EQUAL("=="),
        UNEQUAL("!="),
        LESS("<"),
        AT_MOST("<="),
        GREATER(">"),
        AT_LEAST(">="),
        IN("in"),
        NOT_IN("not in"),
        BIT_OR("|"),
        BIT_XOR("^"),
        BIT_AND("&"),
        SHIFT_LEFT("<<"),
        SHIFT_RIGHT(">>"),
        PLUS("+"),
        MINUS("-"),
        TIMES("*"),
        DIVIDE("/"),
        REMAINDER("%"),
        POWER("**");

        private final String sign;

        BinaryOperator(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }

    /** One case per kind of expression; those of later tiers fall to {@link #visitLater} unless overridden. */
    interface Visitor<R> {
        R visitLiteral(Literal literal);

        R visitName(Name name);

        R visitCall(Call call);

        R visitUnary(Unary unary);

        R visitBinary(Binary binary);

        R visitConditional(Conditional conditional);

        R visitRange(Range range);

        R visitMember(Member member);

        default R visitIndex(Index index) {
            return visitLater(index);
        }

        default R visitSlice(Slice slice) {
            return visitLater(slice);
        }

        default R visitIsNull(IsNull isNull) {
            return visitLater(isNull);
        }

        default R visitSpan(Span span) {
            return visitLater(span);
        }

        default R visitMoment(Moment moment) {
            return visitLater(moment);
        }

        default R visitElements(Elements elements) {
            return visitLater(elements);
        }

        default R visitEntries(Entries entries) {
            return visitLater(entries);
        }

        default R visitLambda(Lambda lambda) {
            return visitLater(lambda);
        }

        default R visitLater(Expression expression) {
            throw new IllegalStateException("a later tier at " + expression.at());
        }
    }
}
