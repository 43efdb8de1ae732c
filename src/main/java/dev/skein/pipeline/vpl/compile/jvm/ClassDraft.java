package dev.skein.pipeline.vpl.compile.jvm;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.vpl.lane.StreamCode;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** A class being written. Constants that the class file cannot hold travel beside it as class data. */
public final class ClassDraft {
    static final String NAME = "dev/skein/pipeline/vpl/compile/jvm/Program";

    private static final String SUPER = Type.getInternalName(StreamCode.class);
    private static final Handle DATA_AT = new Handle(
            Opcodes.H_INVOKESTATIC,
            "java/lang/invoke/MethodHandles",
            "classDataAt",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;I)Ljava/lang/Object;",
            false);

    private final ClassWriter writer = new Frames();
    private final List<Object> data = new ArrayList<>();
    private final Map<Object, Integer> known = new HashMap<>();

    public ClassDraft() {
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, NAME, null, SUPER, null);
        var constructor = method("<init>", "()V");
        constructor.visitor().visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitor().visitMethodInsn(Opcodes.INVOKESPECIAL, SUPER, "<init>", "()V", false);
        constructor.finish(Opcodes.RETURN);
    }

    /** A method of the class; parameters take their local variables, {@code this} the first. */
    public Code method(String name, String descriptor) {
        int access = name.equals("<init>") ? Opcodes.ACC_PUBLIC : Opcodes.ACC_PROTECTED | Opcodes.ACC_FINAL;
        var visitor = writer.visitMethod(access, name, descriptor, null, null);
        return new Code(visitor, Type.getArgumentsAndReturnSizes(descriptor) >> 2);
    }

    /** A constant to load as a {@code type}; equal constants are one. */
    public ConstantDynamic constant(Object value, Class<?> type) {
        int index = known.computeIfAbsent(value, fresh -> {
            data.add(fresh);
            return data.size() - 1;
        });
        return new ConstantDynamic("_", Type.getDescriptor(type), DATA_AT, index);
    }

    /** Makes the class; each call of the supplier makes an object of it. */
    public Supplier<StreamCode> define() {
        try {
            var lookup = MethodHandles.lookup().defineHiddenClassWithClassData(bytes(), List.copyOf(data), true);
            var constructor = lookup.findConstructor(lookup.lookupClass(), MethodType.methodType(void.class))
                    .asType(MethodType.methodType(StreamCode.class));
            return () -> create(constructor);
        } catch (IllegalAccessException | NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] bytes() {
        try {
            writer.visitEnd();
            return writer.toByteArray();
        } catch (MethodTooLargeException | ClassTooLargeException e) {
            throw new Problem(
                    Problem.Kind.INVALID, "the program is too large: a function or chain exceeds 64 KiB of code");
        }
    }

    private static StreamCode create(MethodHandle constructor) {
        try {
            return (StreamCode) constructor.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Merges any two classes to Object, because the default would load them. */
    private static final class Frames extends ClassWriter {
        Frames() {
            super(COMPUTE_FRAMES);
        }

        @Override
        protected String getCommonSuperClass(String one, String other) {
            return "java/lang/Object";
        }
    }
}
