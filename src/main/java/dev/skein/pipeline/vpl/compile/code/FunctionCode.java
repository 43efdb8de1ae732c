package dev.skein.pipeline.vpl.compile.code;

import dev.skein.pipeline.vpl.ast.TypeName;
import dev.skein.pipeline.vpl.compile.jvm.ClassDraft;
import dev.skein.pipeline.vpl.compile.jvm.Code;
import dev.skein.pipeline.vpl.compile.kind.Kind;
import dev.skein.pipeline.vpl.compile.kind.Kinds;
import dev.skein.pipeline.vpl.compile.kind.ProgramKinds;
import dev.skein.pipeline.vpl.lane.StreamCode;
import dev.skein.pipeline.vpl.resolved.CheckedFunction;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Writes the methods of one function. */
public final class FunctionCode {
    private final ClassDraft draft;
    private final ProgramKinds program;
    private final CheckedFunction function;
    private final int line;

    public FunctionCode(ClassDraft draft, ProgramKinds program, CheckedFunction function) {
        this.draft = draft;
        this.program = program;
        this.function = function;
        this.line = function.declaration().id().at().line();
    }

    public void write() {
        var fast = Signature.fast(function, program);
        writeBody(fast, program.fast(function));
        if (!fast.isAny()) {
            writeBody(Signature.boxed(function, program), program.boxed(function));
            writeEntry(fast);
        }
    }

    private void writeBody(Signature signature, Kinds kinds) {
        var code = draft.method(signature.name(), signature.descriptor());
        var variables = new int[function.variables().size()];
        int slot = 1;
        for (var parameter : function.parameters()) {
            variables[parameter.slot()] = slot;
            slot += kinds.of(parameter).slots();
        }
        int depthSlot = slot;
        for (int i = function.parameters().size(); i < variables.length; i++) {
            variables[i] = code.newLocal(kinds.of(function.variables().get(i)));
        }
        var body = new Body(draft, code, program, kinds, Body.NONE, depthSlot, variables);
        writePrologue(body);
        new StatementCode(body, function, signature.result()).write();
    }

    private void writePrologue(Body body) {
        var code = body.code();
        var name = "fn " + function.declaration().name();
        code.step(name, line);
        var shallow = new Label();
        code.visitor().visitVarInsn(Opcodes.ILOAD, body.depthSlot());
        code.pushInt(StreamCode.DEPTH_MAX);
        code.jump(Opcodes.IF_ICMPLE, shallow);
        code.complain("tooDeep", name, line);
        code.place(shallow);
        var expressions = new ExpressionCode(body);
        for (var parameter : function.parameters()) {
            boolean checked = body.kinds().of(parameter) == Kind.ANY && isChecked(parameter.type());
            if (checked) {
                int slot = body.variables()[parameter.slot()];
                code.load(Kind.ANY, slot);
                expressions.coerce(Kind.ANY, parameter.type());
                code.store(Kind.ANY, slot);
            }
        }
    }

    private static boolean isChecked(@Nullable TypeName type) {
        return type != null
                && switch (type.base()) {
                    case INT, FLOAT, BOOL, STR -> true;
                    default -> false;
                };
    }

    private void writeEntry(Signature fast) {
        var entry = Signature.entry(function, program);
        var code = draft.method(entry.name(), entry.descriptor());
        int depthSlot = 1 + entry.parameters().size();
        var body = new Body(draft, code, program, program.none(), Body.NONE, depthSlot, new int[0]);
        var expressions = new ExpressionCode(body);
        var hasNull = new Label();
        for (int i = 0; i < entry.parameters().size(); i++) {
            if (fast.parameters().get(i) != Kind.ANY) {
                code.load(Kind.ANY, i + 1);
                expressions.coerce(Kind.ANY, function.parameters().get(i).type());
                code.op(Opcodes.DUP);
                code.store(Kind.ANY, i + 1);
                code.jump(Opcodes.IFNULL, hasNull);
            }
        }
        forward(code, fast, depthSlot);
        code.place(hasNull);
        forward(code, Signature.boxed(function, program), depthSlot);
        code.finish(Opcodes.NOP);
    }

    private static void forward(Code code, Signature target, int depthSlot) {
        code.pushThis();
        for (int i = 0; i < target.parameters().size(); i++) {
            code.load(Kind.ANY, i + 1);
            if (target.parameters().get(i) != Kind.ANY) {
                code.unbox(target.parameters().get(i));
            }
        }
        code.visitor().visitVarInsn(Opcodes.ILOAD, depthSlot);
        code.invokeOwn(target.name(), target.descriptor());
        code.convert(target.result(), Kind.ANY);
        code.giveBack(Kind.ANY);
    }
}
