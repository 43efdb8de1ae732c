package dev.skein.pipeline.vpl.compile.kind;

import dev.skein.pipeline.vpl.ast.Argument;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Let;
import dev.skein.pipeline.vpl.ast.Statement;
import dev.skein.pipeline.vpl.ast.TypeName;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One pass over a function's statements: widens its variables and finds the kind of its result. */
final class BodyKinds implements Statement.Visitor<Boolean> {
    /* Every visit answers whether the statement may end normally, so that a body which always returns has no implicit
     * null as its result. A while loop is taken to end unless its condition is the literal true and it has no break. */

    private final ProgramKinds program;
    private final Kinds kinds;
    private final ExpressionKinds expressions;
    private final @Nullable TypeName result;
    private Kind returned = Kind.NONE;
    private boolean breaks;

    BodyKinds(ProgramKinds program, Kinds kinds, @Nullable TypeName result) {
        this.program = program;
        this.kinds = kinds;
        this.expressions = new ExpressionKinds(program, kinds);
        this.result = result;
    }

    /** The kind of what the body returns. */
    Kind result(List<Statement> body) {
        if (visit(body, true)) {
            returned = Kind.join(returned, Kind.ANY);
        }
        return returned;
    }

    /** @param tail whether the value of a last expression is the result */
    private boolean visit(List<Statement> body, boolean tail) {
        boolean ends = true;
        for (int i = 0; i < body.size(); i++) {
            var statement = body.get(i);
            boolean last = tail && i == body.size() - 1;
            boolean goesOn = last ? visitLast(statement) : statement.accept(this);
            ends &= goesOn;
        }
        return ends;
    }

    private boolean visitLast(Statement statement) {
        if (statement instanceof Statement.Evaluate evaluate) {
            returns(expressions.of(evaluate.expression()));
            return false;
        }
        return statement instanceof Statement.If branch ? visitIf(branch, true) : statement.accept(this);
    }

    private void returns(Kind kind) {
        returned = Kind.join(returned, Kind.coerced(kind, result));
    }

    @Override
    public Boolean visitLet(Let let) {
        var variable = Objects.requireNonNull(program.resolution().of(let), let::name);
        kinds.widen(variable, Kind.coerced(expressions.of(let.value()), variable.type()));
        return true;
    }

    @Override
    public Boolean visitAssign(Statement.Assign assign) {
        var variable = program.resolution().of(assign);
        kinds.widen(variable, Kind.coerced(expressions.of(assign.value()), variable.type()));
        return true;
    }

    @Override
    public Boolean visitReturn(Statement.Return statement) {
        returns(statement.value() == null ? Kind.ANY : expressions.of(statement.value()));
        return false;
    }

    @Override
    public Boolean visitBreak(Statement.Break statement) {
        breaks = true;
        return false;
    }

    @Override
    public Boolean visitContinue(Statement.Continue statement) {
        return false;
    }

    @Override
    public Boolean visitEmit(Statement.Emit emit) {
        emit.fields().stream().map(Argument::value).forEach(expressions::of);
        return true;
    }

    @Override
    public Boolean visitIf(Statement.If branch) {
        return visitIf(branch, false);
    }

    private boolean visitIf(Statement.If branch, boolean tail) {
        boolean ends = false;
        for (var one : branch.branches()) {
            expressions.of(one.condition());
            ends |= visit(one.body(), tail);
        }
        return branch.otherwise().isEmpty() || visit(branch.otherwise(), tail) | ends;
    }

    @Override
    public Boolean visitFor(Statement.For loop) {
        var over = expressions.of(loop.in());
        boolean counts = loop.in() instanceof Expression.Range || over == Kind.INT;
        kinds.widen(program.resolution().of(loop), counts ? Kind.INT : over == Kind.NONE ? Kind.NONE : Kind.ANY);
        loop(loop.body());
        return true;
    }

    @Override
    public Boolean visitWhile(Statement.While loop) {
        expressions.of(loop.condition());
        boolean broken = loop(loop.body());
        return broken || !isForever(loop);
    }

    private boolean loop(List<Statement> body) {
        boolean outer = breaks;
        breaks = false;
        visit(body, false);
        boolean broken = breaks;
        breaks = outer;
        return broken;
    }

    /** Whether nothing but a break or a return ends the loop. */
    static boolean isForever(Statement.While loop) {
        return loop.condition() instanceof Expression.Literal literal && Boolean.TRUE.equals(literal.value());
    }

    @Override
    public Boolean visitEvaluate(Statement.Evaluate evaluate) {
        expressions.of(evaluate.expression());
        return true;
    }
}
