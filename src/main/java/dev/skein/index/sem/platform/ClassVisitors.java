package dev.skein.index.sem.platform;

import dev.skein.index.sem.type.Member;
import dev.skein.index.sem.type.TypeInfo;
import dev.skein.index.sem.type.TypeParam;
import dev.skein.index.sem.type.UnitInfo;
import dev.skein.index.symbol.Modifiers;
import dev.skein.index.symbol.Span;
import dev.skein.index.symbol.Symbol;
import dev.skein.index.symbol.SymbolKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Turns class files into types of one unit: what is public or protected, and member types. */
final class ClassVisitors {
    private static final Span NOWHERE = new Span(0, 0, 0, 0);
    private static final int SEEN = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED;

    private final UnitInfo unit;
    private final Function<String, @Nullable ClassReader> files;

    ClassVisitors(UnitInfo unit, Function<String, @Nullable ClassReader> files) {
        this.unit = unit;
        this.files = files;
    }

    void read(String internalName, @Nullable TypeInfo outer) {
        var file = files.apply(internalName);
        if (file == null) {
            return;
        }
        var visitor = new OneClass(internalName, outer);
        file.accept(visitor, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        visitor.nested.forEach(name -> read(name, visitor.type));
    }

    private static int modifiers(int access, boolean inInterface) {
        int bits = (access & Opcodes.ACC_PUBLIC) != 0 ? Modifiers.PUBLIC : Modifiers.PROTECTED;
        bits |= (access & Opcodes.ACC_STATIC) != 0 ? Modifiers.STATIC : 0;
        boolean isAbstract = (access & Opcodes.ACC_ABSTRACT) != 0;
        bits |= isAbstract ? Modifiers.ABSTRACT : 0;
        return bits | (inInterface && !isAbstract ? Modifiers.DEFAULT : 0);
    }

    private static SymbolKind kind(int access) {
        if ((access & Opcodes.ACC_ANNOTATION) != 0) {
            return SymbolKind.ANNOTATION;
        }
        if ((access & Opcodes.ACC_INTERFACE) != 0) {
            return SymbolKind.INTERFACE;
        }
        return (access & Opcodes.ACC_ENUM) != 0 ? SymbolKind.ENUM : SymbolKind.CLASS;
    }

    /** Reads one class file; its member types are named for later. */
    private final class OneClass extends ClassVisitor {
        final List<String> nested = new ArrayList<>();
        private final String internalName;
        private final @Nullable TypeInfo outer;
        private @Nullable TypeInfo type;

        OneClass(String internalName, @Nullable TypeInfo outer) {
            super(Opcodes.ASM9);
            this.internalName = internalName;
            this.outer = outer;
        }

        @Override
        public void visit(
                int version, int access, String name, @Nullable String signature, @Nullable String above, String[] and) {
            var qualified = name.replace('/', '.').replace('$', '.');
            int dot = qualified.lastIndexOf('.');
            var reader = new SignatureText(signature == null ? "" : signature);
            var params = reader.params();
            var header = signature == null ? plain(above, and) : header(reader.types());
            var symbol = symbol(kind(access), qualified.substring(dot + 1), header, "", modifiers(access, false));
            var made = new TypeInfo(unit, outer, symbol, qualified, TypeInfo.Names.NONE);
            params.forEach(param -> made.params().add(new TypeParam(qualified, param.name(), param.bound())));
            unit.add(made);
            if (outer != null) {
                outer.nested().put(made.simpleName(), made);
            }
            type = made;
        }

        private static String plain(@Nullable String above, String[] and) {
            var types = new ArrayList<String>();
            if (above != null) {
                types.add(above);
            }
            types.addAll(List.of(and));
            types.replaceAll(each -> each.replace('/', '.').replace('$', '.'));
            return types.isEmpty() ? "" : "extends " + String.join(", ", types);
        }

        private static String header(List<String> types) {
            return types.isEmpty() ? "" : "extends " + String.join(", ", types);
        }

        private Symbol symbol(SymbolKind kind, String name, String typeText, String parameters, int modifiers) {
            var container = type == null ? unit.packageName() : type.name();
            return new Symbol(kind, name, container, typeText, parameters, modifiers, NOWHERE, NOWHERE, "");
        }

        @Override
        public void visitInnerClass(String name, @Nullable String outerName, @Nullable String simple, int access) {
            if (internalName.equals(outerName) && simple != null && (access & SEEN) != 0) {
                nested.add(name);
            }
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
            if (type != null && (access & SEEN) != 0) {
                var kind = (access & Opcodes.ACC_ENUM) != 0 ? SymbolKind.ENUM_CONSTANT : SymbolKind.FIELD;
                var text = new SignatureText(signature == null ? descriptor : signature).type();
                type.members().add(new Member(type, symbol(kind, name, text, "", modifiers(access, false)), List.of()));
            }
            return null;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access, String name, String descriptor, @Nullable String signature, String @Nullable [] thrown) {
            if (type != null && (access & SEEN) != 0 && (access & Opcodes.ACC_SYNTHETIC) == 0 && !name.equals("<clinit>")) {
                method(type, access, name, signature == null ? descriptor : signature);
            }
            return null;
        }

        private void method(TypeInfo owner, int access, String name, String signature) {
            var reader = new SignatureText(signature);
            var params = reader.params();
            var parameters = reader.parameters();
            var result = reader.type();
            boolean constructor = name.equals("<init>");
            var list = "(" + String.join(", ", parameters) + ")";
            if ((access & Opcodes.ACC_VARARGS) != 0) {
                list = list.replaceAll("\\[\\]\\)$", "...)");
            }
            var symbol = symbol(
                    constructor ? SymbolKind.CONSTRUCTOR : SymbolKind.METHOD,
                    constructor ? owner.simpleName() : name,
                    constructor ? "" : result,
                    list,
                    modifiers(access, owner.kind() == SymbolKind.INTERFACE));
            var key = owner.name() + "#" + name + list;
            var own = params.stream()
                    .map(param -> new TypeParam(key, param.name(), param.bound()))
                    .toList();
            owner.members().add(new Member(owner, symbol, own));
        }
    }
}
