package dev.skein.pipeline.vpl.compile.code;

import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Statement;
import dev.skein.pipeline.vpl.compile.jvm.Code;
import dev.skein.pipeline.vpl.compile.kind.Kind;
import dev.skein.pipeline.vpl.value.Convert;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Writes loops; every round pays one step. */
final class LoopCode {
    private static final String ITERATOR = "java/util/Iterator";

    private final Body body;
    private final Code code;
    private final ExpressionCode expressions;
    private final String where;
    private final Deque<Targets> open = new ArrayDeque<>();

    LoopCode(Body body, ExpressionCode expressions, String where) {
        this.body = body;
        this.code = body.code();
        this.expressions = expressions;
        this.where = where;
    }

    Label breakTarget() {
        return open.getFirst().end;
    }

    Label continueTarget() {
        return open.getFirst().next;
    }

    void write(Statement.While loop, Runnable rounds) {
        var targets = new Targets(new Label(), new Label());
        int line = loop.at().line();
        code.place(targets.next);
        code.guarded(line, () -> expressions.jump(loop.condition(), targets.end, false));
        code.step(where, line);
        inside(targets, rounds);
        code.jump(Opcodes.GOTO, targets.next);
        code.place(targets.end);
    }

    void write(Statement.For loop, Runnable rounds) {
        if (loop.in() instanceof Expression.Range range) {
            code.guarded(loop.at().line(), () -> {
                bound(range.from());
                bound(range.to());
            });
            count(loop, rounds, range.inclusive());
        } else if (body.kinds().of(loop.in()) == Kind.INT) {
            code.op(Opcodes.LCONST_0);
            code.guarded(loop.at().line(), () -> expressions.write(loop.in()));
            count(loop, rounds, false);
        } else {
            iterate(loop, rounds);
        }
    }

    private void bound(Expression expression) {
        if (expressions.write(expression) != Kind.INT) {
            code.convert(body.kinds().of(expression), Kind.ANY);
            code.call(Convert.class, "bound", MethodType.methodType(long.class, Object.class));
        }
    }

    /** The first value and the end are on the stack. */
    private void count(Statement.For loop, Runnable rounds, boolean inclusive) {
        int end = code.newLocal(Kind.INT);
        int at = body.variables()[body.program().resolution().of(loop).slot()];
        var targets = new Targets(new Label(), new Label());
        var round = new Label();
        var test = new Label();
        code.store(Kind.INT, end);
        code.store(Kind.INT, at);
        code.jump(Opcodes.GOTO, test);
        code.place(round);
        code.step(where, loop.at().line());
        inside(targets, rounds);
        code.place(targets.next);
        if (inclusive) {
            compare(at, end, Opcodes.IFEQ, targets.end); // the end may be the last int there is
        }
        code.load(Kind.INT, at);
        code.op(Opcodes.LCONST_1);
        code.op(Opcodes.LADD);
        code.store(Kind.INT, at);
        code.place(test);
        compare(at, end, inclusive ? Opcodes.IFLE : Opcodes.IFLT, round);
        code.place(targets.end);
    }

    private void compare(int at, int end, int opcode, Label target) {
        code.load(Kind.INT, at);
        code.load(Kind.INT, end);
        code.op(Opcodes.LCMP);
        code.jump(opcode, target);
    }

    private void iterate(Statement.For loop, Runnable rounds) {
        int iterator = code.newLocal(Kind.ANY);
        int at = body.variables()[body.program().resolution().of(loop).slot()];
        var targets = new Targets(new Label(), new Label());
        code.guarded(loop.at().line(), () -> {
            expressions.writeAs(loop.in(), Kind.ANY);
            code.call(Convert.class, "iterate", MethodType.methodType(Iterator.class, Object.class));
            code.store(Kind.ANY, iterator);
        });
        code.place(targets.next);
        code.load(Kind.ANY, iterator);
        code.visitor().visitMethodInsn(Opcodes.INVOKEINTERFACE, ITERATOR, "hasNext", "()Z", true);
        code.jump(Opcodes.IFEQ, targets.end);
        code.load(Kind.ANY, iterator);
        code.visitor().visitMethodInsn(Opcodes.INVOKEINTERFACE, ITERATOR, "next", "()Ljava/lang/Object;", true);
        code.store(Kind.ANY, at);
        code.step(where, loop.at().line());
        inside(targets, rounds);
        code.jump(Opcodes.GOTO, targets.next);
        code.place(targets.end);
    }

    private void inside(Targets targets, Runnable rounds) {
        open.push(targets);
        rounds.run();
        open.pop();
    }

    private record Targets(Label next, Label end) {}
}
