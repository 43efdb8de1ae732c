package dev.skein.pipeline.vpl.compile.kind;

import dev.skein.pipeline.vpl.ast.TypeName;
import org.jspecify.annotations.Nullable;

/** How a value lies on the JVM's stack. */
public enum Kind {
    /** No value so far: what a call of a function that has not been looked at yet, or that never returns, gives. */
    NONE("V", 0),
    /** A {@code long}, never null. */
    INT("J", 2),
    /** A {@code double}, never null. */
    FLOAT("D", 2),
    /** A {@code boolean}, never null. */
    BOOL("Z", 1),
    /** A reference to any value, or null. */
    ANY("Ljava/lang/Object;", 1);

    private final String descriptor;
    private final int slots;

    Kind(String descriptor, int slots) {
        this.descriptor = descriptor;
        this.slots = slots;
    }

    public String descriptor() {
        return descriptor;
    }

    /** How many local variables of the JVM one takes. */
    public int slots() {
        return slots;
    }

    public boolean isNumber() {
        return this == INT || this == FLOAT;
    }

    /** The kind that holds both. */
    public static Kind join(Kind one, Kind other) {
        if (one == NONE || one == other) {
            return other;
        }
        return other == NONE ? one : ANY;
    }

    public static Kind ofValue(@Nullable Object value) {
        if (value instanceof Long) {
            return INT;
        }
        if (value instanceof Double) {
            return FLOAT;
        }
        return value instanceof Boolean ? BOOL : ANY;
    }

    /** The kind of a declared type where the value is known not to be null. */
    public static Kind ofType(@Nullable TypeName type) {
        if (type == null || type.optional()) {
            return ANY;
        }
        return switch (type.base()) {
            case INT -> INT;
            case FLOAT -> FLOAT;
            case BOOL -> BOOL;
            default -> ANY;
        };
    }

    /** The kind after a value of {@code from} was made to fit a declared type. */
    public static Kind coerced(Kind from, @Nullable TypeName type) {
        if (from == NONE || type == null) {
            return from;
        }
        return switch (type.base()) {
            case INT -> from == INT ? INT : ANY;
            case FLOAT -> from.isNumber() ? FLOAT : ANY;
            case BOOL -> from == BOOL ? BOOL : ANY;
            case STR -> ANY;
            default -> from;
        };
    }
}
