package dev.skein.pipeline.vpl.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement of a function. */
public sealed interface Statement
        permits Let,
                Statement.Assign,
                Statement.Return,
                Statement.Break,
                Statement.Continue,
                Statement.Emit,
                Statement.If,
                Statement.For,
                Statement.While,
                Statement.Evaluate {
    /** The first token; of a {@code let} the declared name. */
    Position at();

    <R> R accept(Visitor<R> visitor);

    record Assign(Id target, Expression value) implements Statement {
        @Override
        public Position at() {
            return target.at();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitAssign(this);
        }
    }

    record Return(Position at, @Nullable Expression value) implements Statement {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitReturn(this);
        }
    }

    record Break(Position at) implements Statement {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitBreak(this);
        }
    }

    record Continue(Position at) implements Statement {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitContinue(this);
        }
    }

    /** {@code emit T(k: e, …)}; the fields are all named. */
    record Emit(Position at, Id type, List<Argument> fields) implements Statement {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitEmit(this);
        }
    }

    /** @param otherwise the {@code else} block; empty without one */
    record If(Position at, List<Branch> branches, List<Statement> otherwise) implements Statement {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitIf(this);
        }
    }

    /** One {@code if} or {@code elif}. */
    record Branch(Expression condition, List<Statement> body) {}

    record For(Position at, Id variable, Expression in, List<Statement> body) implements Statement {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitFor(this);
        }
    }

    record While(Position at, Expression condition, List<Statement> body) implements Statement {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitWhile(this);
        }
    }

    /** An expression for its effect; as the last statement of a function it is the result. */
    record Evaluate(Expression expression) implements Statement {
        @Override
        public Position at() {
            return expression.at();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitEvaluate(this);
        }
    }

    /** One case per kind of statement. */
    interface Visitor<R> {
        R visitLet(Let let);

        R visitAssign(Assign assign);

        R visitReturn(Return statement);

        R visitBreak(Break statement);

        R visitContinue(Continue statement);

        R visitEmit(Emit emit);

        R visitIf(If branch);

        R visitFor(For loop);

        R visitWhile(While loop);

        R visitEvaluate(Evaluate evaluate);
    }
}
