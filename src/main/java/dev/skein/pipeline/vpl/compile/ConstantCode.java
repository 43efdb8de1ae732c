package dev.skein.pipeline.vpl.compile;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.vpl.CheckedProgram;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Let;
import dev.skein.pipeline.vpl.ast.TypeName;
import dev.skein.pipeline.vpl.compile.code.Body;
import dev.skein.pipeline.vpl.compile.code.ExpressionCode;
import dev.skein.pipeline.vpl.compile.code.FunctionCode;
import dev.skein.pipeline.vpl.compile.jvm.ClassDraft;
import dev.skein.pipeline.vpl.compile.kind.Globals;
import dev.skein.pipeline.vpl.compile.kind.Kind;
import dev.skein.pipeline.vpl.compile.kind.ProgramKinds;
import dev.skein.pipeline.vpl.value.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Computes what is constant for the life of a program: top-level values and the parameters of sinks.
 *
 * <p>It compiles the program a first time, with top-level values still variable, and runs their initialisers. The
 * program proper is then compiled with the values as constants.
 */
final class ConstantCode {
    private final CheckedProgram program;
    private final List<Expression> sinkValues;
    private final @Nullable Object[] values;
    private final Map<Expression, Integer> indexes = new IdentityHashMap<>();

    ConstantCode(CheckedProgram program, long stepBudget) {
        this.program = program;
        this.sinkValues = SinkPlan.expressions(program);
        int lets = program.initialisers().size();
        for (int i = 0; i < sinkValues.size(); i++) {
            indexes.put(sinkValues.get(i), lets + i);
        }
        this.values = lets + sinkValues.size() == 0 ? new Object[0] : compute(stepBudget);
    }

    /** Top-level values, in the order of the program's initialisers. */
    @Nullable
    Object[] globals() {
        return Arrays.copyOf(values, program.initialisers().size());
    }

    /** The value of one of {@link SinkPlan#expressions}. */
    @Nullable
    Object value(Expression sinkValue) {
        var index = indexes.get(sinkValue);
        return index == null ? null : values[index];
    }

    private @Nullable Object[] compute(long stepBudget) {
        var globals = new Globals(program.initialisers(), program.resolution(), null);
        var kinds = new ProgramKinds(program, globals);
        var draft = new ClassDraft();
        program.functions().values().forEach(function -> new FunctionCode(draft, kinds, function).write());
        var items = items();
        for (int i = 0; i < items.size(); i++) {
            writeItem(draft, kinds, items.get(i), i);
        }
        writeSwitch(draft, items.size());
        try {
            return draft.define().get().values(items.size(), stepBudget);
        } catch (Fault fault) {
            throw new Problem(Problem.Kind.INVALID, "line " + fault.line() + ": " + fault.getMessage());
        }
    }

    private List<Item> items() {
        var items = new ArrayList<Item>();
        for (Let let : program.initialisers()) {
            items.add(new Item(let.value(), let.type()));
        }
        sinkValues.forEach(value -> items.add(new Item(value, null)));
        return items;
    }

    private static void writeItem(ClassDraft draft, ProgramKinds kinds, Item item, int index) {
        var code = draft.method("v" + index, "()Ljava/lang/Object;");
        var body = Body.ofChain(draft, code, kinds, Body.NONE).with(kinds.of(item.expression));
        code.guarded(item.expression.at().line(), () -> {
            var kind = new ExpressionCode(body).writeAs(item.expression, item.type);
            code.convert(kind, Kind.ANY);
        });
        code.finish(Opcodes.ARETURN);
    }

    private static void writeSwitch(ClassDraft draft, int count) {
        var code = draft.method("value", "(I)Ljava/lang/Object;");
        var labels = new Label[count];
        Arrays.setAll(labels, i -> new Label());
        code.visitor().visitVarInsn(Opcodes.ILOAD, 1);
        code.visitor().visitTableSwitchInsn(0, count - 1, labels[0], labels);
        for (int i = 0; i < count; i++) {
            code.place(labels[i]);
            code.pushThis();
            code.invokeOwn("v" + i, "()Ljava/lang/Object;");
            code.giveBack(Kind.ANY);
        }
        code.finish(Opcodes.NOP);
        var run = draft.method("run", "(ILdev/skein/pipeline/event/Event;)V");
        run.finish(Opcodes.RETURN);
    }

    private record Item(Expression expression, @Nullable TypeName type) {}
}
