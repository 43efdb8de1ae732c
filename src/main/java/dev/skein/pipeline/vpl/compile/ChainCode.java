package dev.skein.pipeline.vpl.compile;

import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.vpl.CheckedProgram;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Operator;
import dev.skein.pipeline.vpl.compile.code.Body;
import dev.skein.pipeline.vpl.compile.code.ExpressionCode;
import dev.skein.pipeline.vpl.compile.code.FieldsCode;
import dev.skein.pipeline.vpl.compile.jvm.ClassDraft;
import dev.skein.pipeline.vpl.compile.jvm.Code;
import dev.skein.pipeline.vpl.compile.kind.Kind;
import dev.skein.pipeline.vpl.compile.kind.ProgramKinds;
import dev.skein.pipeline.vpl.resolved.CheckedStream;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Writes the chains of all streams as stretches: a {@code .process} ends one, because what follows runs per product.
 */
final class ChainCode {
    private static final String STRETCH = "(Ldev/skein/pipeline/event/Event;)V";
    private static final String RETYPED =
            "(Ljava/lang/String;Ldev/skein/pipeline/event/Event;)Ldev/skein/pipeline/event/Event;";
    private static final String MADE = "(Ljava/lang/String;Ldev/skein/pipeline/event/Shape;[Ljava/lang/Object;)"
            + "Ldev/skein/pipeline/event/Event;";
    private static final int INPUT = 1;

    private final ClassDraft draft;
    private final CheckedProgram checked;
    private final ProgramKinds program;
    private final SinkPlan sinks;
    private final List<Stretch> stretches = new ArrayList<>();

    ChainCode(ClassDraft draft, CheckedProgram checked, ProgramKinds program, SinkPlan sinks) {
        this.draft = draft;
        this.checked = checked;
        this.program = program;
        this.sinks = sinks;
    }

    void write() {
        for (var stream : checked.streams()) {
            stretches.add(Stretch.first(stream));
        }
        for (int i = 0; i < stretches.size(); i++) { // grows while it is walked
            writeStretch(i, stretches.get(i));
        }
        writeSwitch();
    }

    private void writeSwitch() {
        var code = draft.method("run", "(ILdev/skein/pipeline/event/Event;)V");
        var labels = stretches.stream().map(each -> new Label()).toArray(Label[]::new);
        var none = new Label();
        code.visitor().visitVarInsn(Opcodes.ILOAD, 1);
        code.visitor().visitTableSwitchInsn(0, labels.length - 1, none, labels);
        for (int i = 0; i < labels.length; i++) {
            code.place(labels[i]);
            code.pushThis();
            code.load(Kind.ANY, 2);
            code.invokeOwn("s" + i, STRETCH);
            code.op(Opcodes.RETURN);
        }
        code.place(none);
        code.finish(Opcodes.RETURN);
    }

    private void writeStretch(int index, Stretch stretch) {
        var code = draft.method("s" + index, STRETCH);
        var body = Body.ofChain(draft, code, program, INPUT);
        var end = new Label();
        boolean goesOn = true;
        for (int i = 0; i < stretch.operators.size() && goesOn; i++) {
            goesOn = write(body, stretch, i, end);
        }
        if (goesOn) {
            writeEnd(code, stretch);
        }
        code.place(end);
        code.finish(Opcodes.RETURN);
    }

    /** @return whether the stretch goes on behind this operator */
    private boolean write(Body body, Stretch stretch, int at, Label end) {
        var operator = stretch.operators.get(at);
        if (operator instanceof Operator.Where where) {
            writeWhere(body, where, end);
        } else if (operator instanceof Operator.Emit emit) {
            writeEmit(body, emit, stretch.stream);
        } else if (operator instanceof Operator.Process process) {
            writeProcess(body, process, stretch.after(at));
            return false;
        } else if (operator instanceof Operator.To to) {
            writeSend(body.code(), sinks.index(to));
        } else if (!(operator instanceof Operator.InContext)) {
            throw new IllegalStateException("a later tier at " + operator.at());
        }
        return true;
    }

    private void writeWhere(Body body, Operator.Where where, Label end) {
        var inside = body.with(program.of(where.condition()));
        body.code().guarded(where.at().line(), () -> new ExpressionCode(inside).jump(where.condition(), end, false));
    }

    private void writeEmit(Body body, Operator.Emit emit, CheckedStream stream) {
        var as = emit.as();
        var type = as == null ? stream.name() : as.name();
        var code = body.code();
        code.guarded(emit.at().line(), () -> {
            code.pushThis();
            code.pushText(type);
            if (emit.fields().isEmpty()) {
                code.load(Kind.ANY, INPUT);
                code.invokeOwn("product", RETYPED);
            } else {
                var expressions = new ExpressionCode(body.with(program.of(emit.fields())));
                new FieldsCode(emit.fields()).write(body, expressions);
                code.invokeOwn("product", MADE);
            }
            code.store(Kind.ANY, INPUT);
        });
        code.pushThis();
        code.load(Kind.ANY, INPUT);
        code.putOwn("event", Event.class);
    }

    private void writeProcess(Body body, Operator.Process process, Stretch rest) {
        var code = body.code();
        code.pushThis();
        code.pushText(rest.seesTypes() ? null : rest.stream.name());
        code.invokeOwn("collect", "(Ljava/lang/String;)V");
        writeCall(body, process);
        code.pushThis();
        if (rest.isOnlyProducing()) {
            code.invokeOwn("productAll", "()V");
            return;
        }
        code.pushInt(stretches.size());
        code.invokeOwn("runAll", "(I)V");
        stretches.add(rest);
    }

    private void writeCall(Body body, Operator.Process process) {
        Expression call = process.call();
        var expressions = new ExpressionCode(body.with(program.of(call)));
        body.code().guarded(process.at().line(), () -> body.code().drop(expressions.write(call)));
    }

    private static void writeSend(Code code, int sink) {
        code.pushThis();
        code.load(Kind.ANY, INPUT);
        code.pushInt(sink);
        code.invokeOwn("send", "(Ldev/skein/pipeline/event/Event;I)V");
    }

    /** What arrives at the end is the product, unless an {@code .emit} made one already or nobody wants it. */
    private void writeEnd(Code code, Stretch stretch) {
        boolean wanted = stretch.stream.hasOutputs()
                || !checked.routing().produced(stretch.stream).isEmpty();
        if (wanted && stretch.producesAtEnd) {
            code.pushThis();
            code.pushText(stretch.stream.name());
            code.load(Kind.ANY, INPUT);
            code.invokeOwn("product", RETYPED);
            code.op(Opcodes.POP);
        }
    }

    /** The operators of a chain that run one after the other on the same event. */
    private record Stretch(CheckedStream stream, List<Operator> operators, boolean producesAtEnd) {
        static Stretch first(CheckedStream stream) {
            var operators = stream.declaration().operators();
            return new Stretch(stream, operators, operators.stream().noneMatch(Operator.Emit.class::isInstance));
        }

        Stretch after(int operator) {
            return new Stretch(stream, operators.subList(operator + 1, operators.size()), producesAtEnd);
        }

        /** Whether the type of an arriving event can be seen: by a sink. */
        boolean seesTypes() {
            return operators.stream().anyMatch(Operator.To.class::isInstance);
        }

        boolean isOnlyProducing() {
            return producesAtEnd && operators.stream().allMatch(Operator.InContext.class::isInstance);
        }
    }
}
