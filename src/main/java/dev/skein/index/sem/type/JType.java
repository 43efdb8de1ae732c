package dev.skein.index.sem.type;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A type as far as it is known.
 *
 * @param name qualified for a class; as written for one that is outside
 * @param args of a class, empty where there are none or they are not known
 * @param dims of an array
 * @param info the class, null for everything else
 * @param variable the type parameter, null for everything else
 * @param site where that was declared, null for everything else
 */
public record JType(
        Kind kind,
        String name,
        List<JType> args,
        int dims,
        @Nullable TypeInfo info,
        @Nullable TypeParam variable,
        @Nullable Site site) {
    private static final Set<String> PRIMITIVES =
            Set.of("boolean", "byte", "short", "char", "int", "long", "float", "double");
    private static final List<String> WIDENING = List.of("byte", "short", "int", "long", "float", "double");
    private static final Map<String, String> BOXES = Map.of(
            "boolean", "java.lang.Boolean",
            "byte", "java.lang.Byte",
            "short", "java.lang.Short",
            "char", "java.lang.Character",
            "int", "java.lang.Integer",
            "long", "java.lang.Long",
            "float", "java.lang.Float",
            "double", "java.lang.Double");

    /** What is known. */
    public enum Kind {
        CLASS,
        PRIMITIVE,
        VARIABLE,
        /** A class of which only a name is known. */
        OUTSIDE,
        NULL,
        UNKNOWN
    }

    public static final JType UNKNOWN = new JType(Kind.UNKNOWN, "?", List.of(), 0, null, null, null);
    public static final JType NULL = new JType(Kind.NULL, "null", List.of(), 0, null, null, null);

    public JType {
        args = List.copyOf(args);
    }

    public static JType of(TypeInfo info, List<JType> args) {
        return new JType(Kind.CLASS, info.name(), args, 0, info, null, null);
    }

    /** A class with its own parameters as arguments: what {@code this} is in it. */
    public static JType itself(TypeInfo info) {
        var site = Site.of(info);
        return of(info, info.params().stream().map(param -> of(param, site)).toList());
    }

    public static JType of(TypeParam variable, Site site) {
        return new JType(Kind.VARIABLE, variable.name(), List.of(), 0, null, variable, site);
    }

    public static JType primitive(String name) {
        return new JType(Kind.PRIMITIVE, name, List.of(), 0, null, null, null);
    }

    public static boolean isPrimitive(String name) {
        return PRIMITIVES.contains(name) || name.equals("void");
    }

    public static JType outside(String name) {
        return new JType(Kind.OUTSIDE, name, List.of(), 0, null, null, null);
    }

    public JType array(int more) {
        return more == 0 || kind == Kind.UNKNOWN
                ? this
                : new JType(kind, name, args, dims + more, info, variable, site);
    }

    public JType element() {
        return dims == 0 ? UNKNOWN : new JType(kind, name, args, dims - 1, info, variable, site);
    }

    public JType with(List<JType> arguments) {
        return new JType(kind, name, arguments, dims, info, variable, site);
    }

    public boolean isKnown() {
        return kind != Kind.UNKNOWN;
    }

    public boolean isClass() {
        return kind == Kind.CLASS && dims == 0;
    }

    public boolean isPrimitive() {
        return kind == Kind.PRIMITIVE && dims == 0;
    }

    public boolean isNumeric() {
        return isPrimitive() && !name.equals("boolean") && !name.equals("void");
    }

    /** Whether a value of this primitive type may stand where the other is wanted. */
    public boolean widensTo(JType wanted) {
        int from = WIDENING.indexOf(name.equals("char") ? "short" : name);
        int to = WIDENING.indexOf(wanted.name);
        boolean fromChar = name.equals("char") && to <= WIDENING.indexOf("short");
        return name.equals(wanted.name) || (from >= 0 && to > from && !fromChar);
    }

    /** The qualified name of the class that holds a value of this primitive type, or of this class itself. */
    public String boxed() {
        return isPrimitive() ? BOXES.getOrDefault(name, name) : name;
    }

    /** The same erased type. */
    public boolean isSame(JType other) {
        return kind == other.kind && dims == other.dims && name.equals(other.name);
    }

    /** With type parameters replaced by what they stand for, where that is known. */
    public JType substitute(Map<TypeParam, JType> by) {
        if (by.isEmpty()) {
            return this;
        }
        if (kind == Kind.VARIABLE && variable != null) {
            var known = by.get(variable);
            return known == null ? this : known.array(dims);
        }
        return args.isEmpty()
                ? this
                : with(args.stream().map(arg -> arg.substitute(by)).toList());
    }

    /** As it is written in source, with simple names. */
    public String display() {
        var text = new StringBuilder(name.substring(name.lastIndexOf('.') + 1));
        if (!args.isEmpty()) {
            text.append('<')
                    .append(String.join(", ", args.stream().map(JType::display).toList()))
                    .append('>');
        }
        return text.append("[]".repeat(dims)).toString();
    }
}
