package dev.skein.pipeline.vpl.compile.code;

import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Let;
import dev.skein.pipeline.vpl.ast.Statement;
import dev.skein.pipeline.vpl.compile.jvm.Code;
import dev.skein.pipeline.vpl.compile.kind.Kind;
import dev.skein.pipeline.vpl.resolved.CheckedFunction;
import dev.skein.pipeline.vpl.resolved.Variable;
import java.util.List;
import java.util.Objects;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Writes the statements of one method of a function; the visits answer nothing. */
final class StatementCode implements Statement.Visitor<Boolean> {
    private final Body body;
    private final Code code;
    private final ExpressionCode expressions;
    private final CheckedFunction function;
    private final Kind result;
    private final LoopCode loops;

    StatementCode(Body body, CheckedFunction function, Kind result) {
        this.body = body;
        this.code = body.code();
        this.expressions = new ExpressionCode(body);
        this.function = function;
        this.result = result;
        this.loops =
                new LoopCode(body, expressions, "fn " + function.declaration().name());
    }

    /** The whole body; a function that falls out of it gives null. */
    void write() {
        write(function.declaration().body(), true);
        switch (result) {
            case INT -> code.op(Opcodes.LCONST_0); // not reached: such a function always returns
            case FLOAT -> code.op(Opcodes.DCONST_0);
            case BOOL -> code.op(Opcodes.ICONST_0);
            default -> code.op(Opcodes.ACONST_NULL);
        }
        code.giveBack(result);
        code.finish(Opcodes.NOP);
    }

    private void write(List<Statement> statements, boolean tail) {
        for (int i = 0; i < statements.size(); i++) {
            var statement = statements.get(i);
            if (tail && i == statements.size() - 1) {
                writeLast(statement);
            } else {
                statement.accept(this);
            }
        }
    }

    private void writeLast(Statement statement) {
        if (statement instanceof Statement.Evaluate evaluate) {
            giveBack(evaluate.expression(), evaluate.at().line());
        } else if (statement instanceof Statement.If branch) {
            writeIf(branch, true);
        } else {
            statement.accept(this);
        }
    }

    private void giveBack(Expression value, int line) {
        code.guarded(line, () -> {
            var kind = expressions.writeAs(value, function.result());
            code.convert(kind, result);
            code.giveBack(result);
        });
    }

    @Override
    public Boolean visitLet(Let let) {
        var variable = Objects.requireNonNull(body.program().resolution().of(let), let::name);
        return assign(variable, let.value(), let.at().line());
    }

    @Override
    public Boolean visitAssign(Statement.Assign assign) {
        var variable = body.program().resolution().of(assign);
        return assign(variable, assign.value(), assign.at().line());
    }

    private boolean assign(Variable variable, Expression value, int line) {
        var kind = body.kinds().of(variable);
        code.guarded(line, () -> {
            var given = expressions.writeAs(value, variable.type());
            code.convert(given, kind);
            code.store(kind, body.variables()[variable.slot()]);
        });
        return true;
    }

    @Override
    public Boolean visitReturn(Statement.Return statement) {
        if (statement.value() != null) {
            giveBack(statement.value(), statement.at().line());
        } else {
            code.op(Opcodes.ACONST_NULL);
            code.giveBack(Kind.ANY);
        }
        return true;
    }

    @Override
    public Boolean visitBreak(Statement.Break statement) {
        code.jump(Opcodes.GOTO, loops.breakTarget());
        return true;
    }

    @Override
    public Boolean visitContinue(Statement.Continue statement) {
        code.jump(Opcodes.GOTO, loops.continueTarget());
        return true;
    }

    @Override
    public Boolean visitEmit(Statement.Emit emit) {
        var fields = new FieldsCode(emit.fields());
        code.guarded(emit.at().line(), () -> {
            code.pushThis();
            code.pushText(emit.type().name());
            fields.write(body, expressions);
            code.invokeOwn("emit", FieldsCode.EMIT);
        });
        return true;
    }

    @Override
    public Boolean visitIf(Statement.If branch) {
        writeIf(branch, false);
        return true;
    }

    private void writeIf(Statement.If branch, boolean tail) {
        var end = new Label();
        for (var one : branch.branches()) {
            var next = new Label();
            condition(one.condition(), next);
            write(one.body(), tail);
            code.jump(Opcodes.GOTO, end);
            code.place(next);
        }
        write(branch.otherwise(), tail);
        code.place(end);
    }

    private void condition(Expression condition, Label otherwise) {
        int line = condition.at().line();
        code.guarded(line, () -> expressions.jump(condition, otherwise, false));
    }

    @Override
    public Boolean visitFor(Statement.For loop) {
        loops.write(loop, () -> write(loop.body(), false));
        return true;
    }

    @Override
    public Boolean visitWhile(Statement.While loop) {
        loops.write(loop, () -> write(loop.body(), false));
        return true;
    }

    @Override
    public Boolean visitEvaluate(Statement.Evaluate evaluate) {
        code.guarded(evaluate.at().line(), () -> code.drop(expressions.write(evaluate.expression())));
        return true;
    }
}
