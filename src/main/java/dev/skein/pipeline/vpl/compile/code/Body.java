package dev.skein.pipeline.vpl.compile.code;

import dev.skein.pipeline.vpl.compile.jvm.ClassDraft;
import dev.skein.pipeline.vpl.compile.jvm.Code;
import dev.skein.pipeline.vpl.compile.kind.Kinds;
import dev.skein.pipeline.vpl.compile.kind.ProgramKinds;
import org.objectweb.asm.Opcodes;

/**
 * Where expressions are being written to, and what they find around them.
 *
 * @param eventSlot local variable with the current event, or {@link #NONE} where functions read the one of the lane
 * @param depthSlot local variable with the depth of calls, or {@link #NONE} outside of functions
 * @param variables local variable by slot of the program's variable
 */
public record Body(
        ClassDraft draft, Code code, ProgramKinds program, Kinds kinds, int eventSlot, int depthSlot, int[] variables) {
    public static final int NONE = -1;

    /** A place outside of functions. */
    public static Body ofChain(ClassDraft draft, Code code, ProgramKinds program, int eventSlot) {
        return new Body(draft, code, program, program.none(), eventSlot, NONE, new int[0]);
    }

    public Body with(Kinds other) {
        return new Body(draft, code, program, other, eventSlot, depthSlot, variables);
    }

    /** The depth of a function called from here. */
    public void pushDepth() {
        code.pushInt(1);
        if (depthSlot != NONE) {
            code.visitor().visitVarInsn(Opcodes.ILOAD, depthSlot);
            code.op(Opcodes.IADD);
        }
    }
}
