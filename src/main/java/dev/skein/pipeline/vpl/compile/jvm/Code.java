package dev.skein.pipeline.vpl.compile.jvm;

import dev.skein.pipeline.vpl.compile.kind.Kind;
import dev.skein.pipeline.vpl.lane.StreamCode;
import dev.skein.pipeline.vpl.value.Fault;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The instructions of one method, in the words of this compiler. */
public final class Code {
    private static final String FAULT_AT = "(Ljava/lang/RuntimeException;I)Ljava/lang/RuntimeException;";

    private final MethodVisitor visitor;
    private final List<Guard> guards = new ArrayList<>();
    private int locals;

    Code(MethodVisitor visitor, int locals) {
        this.visitor = visitor;
        this.locals = locals;
        visitor.visitCode();
    }

    public MethodVisitor visitor() {
        return visitor;
    }

    public void op(int opcode) {
        visitor.visitInsn(opcode);
    }

    public void jump(int opcode, Label target) {
        visitor.visitJumpInsn(opcode, target);
    }

    public void place(Label label) {
        visitor.visitLabel(label);
    }

    public int newLocal(Kind kind) {
        int slot = locals;
        locals += kind.slots();
        return slot;
    }

    public void load(Kind kind, int slot) {
        visitor.visitVarInsn(opcode(kind, Opcodes.ILOAD), slot);
    }

    public void store(Kind kind, int slot) {
        visitor.visitVarInsn(opcode(kind, Opcodes.ISTORE), slot);
    }

    public void giveBack(Kind kind) {
        visitor.visitInsn(opcode(kind, Opcodes.IRETURN));
    }

    public void drop(Kind kind) {
        visitor.visitInsn(kind.slots() == 2 ? Opcodes.POP2 : Opcodes.POP);
    }

    private static int opcode(Kind kind, int ofInt) {
        return Type.getType(kind.descriptor()).getOpcode(ofInt);
    }

    public void pushThis() {
        visitor.visitVarInsn(Opcodes.ALOAD, 0);
    }

    public void pushInt(int value) {
        if (value >= -1 && value <= 5) {
            visitor.visitInsn(Opcodes.ICONST_0 + value);
        } else if (value >= Short.MIN_VALUE && value <= Short.MAX_VALUE) {
            visitor.visitIntInsn(Opcodes.SIPUSH, value);
        } else {
            visitor.visitLdcInsn(value);
        }
    }

    public void pushText(@Nullable String text) {
        if (text == null) {
            visitor.visitInsn(Opcodes.ACONST_NULL);
        } else {
            visitor.visitLdcInsn(text);
        }
    }

    /** Makes a value of one kind one of another: an int widens to a float, all box to any. */
    public void convert(Kind from, Kind to) {
        if (from == Kind.INT && to == Kind.FLOAT) {
            visitor.visitInsn(Opcodes.L2D);
        } else if (from != to && to == Kind.ANY) {
            box(from);
        } else if (from != to) {
            throw new IllegalStateException(from + " does not become " + to);
        }
    }

    private void box(Kind from) {
        switch (from) {
            case INT -> call(Long.class, "valueOf", MethodType.methodType(Long.class, long.class));
            case FLOAT -> call(Double.class, "valueOf", MethodType.methodType(Double.class, double.class));
            case BOOL -> call(Boolean.class, "valueOf", MethodType.methodType(Boolean.class, boolean.class));
            default -> throw new IllegalStateException("nothing to box: " + from);
        }
    }

    /** Takes the value out of a reference that is known to hold this kind. */
    public void unbox(Kind kind) {
        switch (kind) {
            case INT -> unbox("java/lang/Long", "longValue", kind);
            case FLOAT -> unbox("java/lang/Double", "doubleValue", kind);
            case BOOL -> unbox("java/lang/Boolean", "booleanValue", kind);
            default -> throw new IllegalStateException("nothing to unbox: " + kind);
        }
    }

    private void unbox(String box, String method, Kind kind) {
        visitor.visitTypeInsn(Opcodes.CHECKCAST, box);
        visitor.visitMethodInsn(Opcodes.INVOKEVIRTUAL, box, method, "()" + kind.descriptor(), false);
    }

    /** A static method. */
    public void call(Class<?> owner, String name, MethodType type) {
        var ownerName = Type.getInternalName(owner);
        visitor.visitMethodInsn(Opcodes.INVOKESTATIC, ownerName, name, type.toMethodDescriptorString(), false);
    }

    /** A method of {@code owner}, which is below the arguments on the stack. */
    public void invoke(Class<?> owner, String name, MethodType type) {
        var ownerName = Type.getInternalName(owner);
        visitor.visitMethodInsn(Opcodes.INVOKEVIRTUAL, ownerName, name, type.toMethodDescriptorString(), false);
    }

    /** A method of the class being written or of its super class. */
    public void invokeOwn(String name, String descriptor) {
        visitor.visitMethodInsn(Opcodes.INVOKEVIRTUAL, ClassDraft.NAME, name, descriptor, false);
    }

    public void getOwn(String field, Class<?> type) {
        visitor.visitVarInsn(Opcodes.ALOAD, 0);
        visitor.visitFieldInsn(Opcodes.GETFIELD, ClassDraft.NAME, field, Type.getDescriptor(type));
    }

    /** The value is on the stack above {@code this}. */
    public void putOwn(String field, Class<?> type) {
        visitor.visitFieldInsn(Opcodes.PUTFIELD, ClassDraft.NAME, field, Type.getDescriptor(type));
    }

    /** Pays one step; {@code where} and {@code line} are for the message when there is none left. */
    public void step(String where, int line) {
        var paid = new Label();
        pushThis();
        getOwn("fuel", int.class);
        op(Opcodes.ICONST_1);
        op(Opcodes.ISUB);
        op(Opcodes.DUP_X1);
        putOwn("fuel", int.class);
        jump(Opcodes.IFGE, paid);
        complain("refuel", where, line);
        place(paid);
    }

    /** Calls a method of {@link StreamCode} that ends the event or lets it go on. */
    public void complain(String method, String where, int line) {
        pushThis();
        pushText(where);
        pushInt(line);
        invokeOwn(method, "(Ljava/lang/String;I)V");
    }

    /** What {@code body} writes, with {@code line} to blame for whatever it throws. The stack is empty before. */
    public void guarded(int line, Runnable body) {
        var guard = new Guard(new Label(), new Label(), line);
        place(guard.from);
        visitor.visitLineNumber(line, guard.from);
        body.run();
        place(guard.to);
        guards.add(guard);
    }

    /** Ends the method with this instruction; the handlers follow. */
    public void finish(int lastOpcode) {
        op(lastOpcode);
        for (var guard : guards) {
            if (guard.from.getOffset() < guard.to.getOffset()) {
                handler(guard);
            }
        }
        visitor.visitMaxs(0, 0);
        visitor.visitEnd();
    }

    private void handler(Guard guard) {
        var handler = new Label();
        visitor.visitTryCatchBlock(guard.from, guard.to, handler, "java/lang/RuntimeException");
        place(handler);
        pushInt(guard.line);
        visitor.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(Fault.class), "at", FAULT_AT, false);
        op(Opcodes.ATHROW);
    }

    private record Guard(Label from, Label to, int line) {}
}
