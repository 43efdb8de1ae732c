package dev.skein.index.sem.platform;

import dev.skein.index.sem.type.Member;
import dev.skein.index.sem.type.TypeInfo;
import dev.skein.index.sem.type.TypeParam;
import dev.skein.index.sem.type.UnitInfo;
import dev.skein.index.symbol.Modifiers;
import dev.skein.index.symbol.Span;
import dev.skein.index.symbol.Symbol;
import dev.skein.index.symbol.SymbolKind;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns classes into types of one unit: what is public or protected, and member types. */
final class Reflected {
    private static final Span NOWHERE = new Span(0, 0, 0, 0);

    private final UnitInfo unit;

    Reflected(UnitInfo unit) {
        this.unit = unit;
    }

    /** A declaration before it is one. */
    private record Head(SymbolKind kind, String name, String container, int modifiers) {
        Symbol symbol(String type, String parameters) {
            return new Symbol(kind, name, container, type, parameters, modifiers, NOWHERE, NOWHERE, "");
        }
    }

    void add(Class<?> read, @Nullable TypeInfo outer) {
        var name = text(read);
        var container = outer == null ? unit.packageName() : outer.name();
        var head = new Head(kind(read), read.getSimpleName(), container, modifiers(read.getModifiers(), false));
        var made = new TypeInfo(unit, outer, head.symbol(header(read), ""), name, TypeInfo.Names.NONE);
        made.params().addAll(params(read, name));
        unit.add(made);
        if (outer != null) {
            outer.nested().put(made.simpleName(), made);
        }
        members(read, made);
        for (var nested : read.getDeclaredClasses()) {
            if (isSeen(nested.getModifiers())) {
                add(nested, made);
            }
        }
    }

    private static boolean isSeen(int modifiers) {
        return (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }

    private static SymbolKind kind(Class<?> read) {
        if (read.isAnnotation()) {
            return SymbolKind.ANNOTATION;
        }
        return read.isInterface() ? SymbolKind.INTERFACE : read.isEnum() ? SymbolKind.ENUM : SymbolKind.CLASS;
    }

    private static int modifiers(int bits, boolean inInterface) {
        boolean isAbstract = Modifier.isAbstract(bits);
        int found = Modifier.isPublic(bits) ? Modifiers.PUBLIC : Modifiers.PROTECTED;
        found |= Modifier.isStatic(bits) ? Modifiers.STATIC : 0;
        return found | (isAbstract ? Modifiers.ABSTRACT : inInterface ? Modifiers.DEFAULT : 0);
    }

    private static String text(Type type) {
        return type.getTypeName().replace('$', '.');
    }

    private static String header(Class<?> read) {
        var above = Stream.concat(
                        Stream.ofNullable(read.getGenericSuperclass()), Stream.of(read.getGenericInterfaces()))
                .map(Reflected::text)
                .collect(Collectors.joining(", "));
        return above.isEmpty() ? "" : "extends " + above;
    }

    private static List<TypeParam> params(GenericDeclaration declared, String owner) {
        return Stream.of(declared.getTypeParameters())
                .map(param -> new TypeParam(owner, param.getName(), bound(param.getBounds())))
                .toList();
    }

    private static String bound(Type[] bounds) {
        return Stream.of(bounds)
                .map(Reflected::text)
                .filter(bound -> !bound.equals("java.lang.Object"))
                .collect(Collectors.joining(" & "));
    }

    private static void members(Class<?> read, TypeInfo owner) {
        for (var field : read.getDeclaredFields()) {
            if (isSeen(field.getModifiers())) {
                owner.members().add(member(field, owner));
            }
        }
        var methods = Stream.concat(Stream.of(read.getDeclaredConstructors()), Stream.of(read.getDeclaredMethods()));
        methods.filter(method -> isSeen(method.getModifiers()) && !method.isSynthetic())
                .forEach(method -> owner.members().add(member(method, owner)));
    }

    private static Member member(Field field, TypeInfo owner) {
        var kind = field.isEnumConstant() ? SymbolKind.ENUM_CONSTANT : SymbolKind.FIELD;
        var head = new Head(kind, field.getName(), owner.name(), modifiers(field.getModifiers(), false));
        return new Member(owner, head.symbol(text(field.getGenericType()), ""), List.of());
    }

    private static Member member(Executable method, TypeInfo owner) {
        var list = Stream.of(method.getGenericParameterTypes())
                .map(Reflected::text)
                .collect(Collectors.joining(", "));
        var parameters = "(" + (method.isVarArgs() ? list.replaceAll("\\[\\]$", "...") : list) + ")";
        var result = method instanceof Method each ? text(each.getGenericReturnType()) : "";
        var kind = method instanceof Method ? SymbolKind.METHOD : SymbolKind.CONSTRUCTOR;
        var name = method instanceof Method ? method.getName() : owner.simpleName();
        int modifiers = modifiers(method.getModifiers(), owner.kind() == SymbolKind.INTERFACE);
        var symbol = new Head(kind, name, owner.name(), modifiers).symbol(result, parameters);
        return new Member(owner, symbol, params(method, owner.name() + "#" + name + parameters));
    }
}
