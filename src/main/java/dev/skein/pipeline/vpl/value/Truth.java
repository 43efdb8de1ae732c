package dev.skein.pipeline.vpl.value;

import org.jspecify.annotations.Nullable;

/** Three-valued logic; an operand that is no bool counts as null. */
public final class Truth {
    private Truth() {}

    /** Whether a condition holds: null counts as false, anything else that is no bool is a {@link Fault}. */
    public static boolean holds(@Nullable Object condition) {
        if (condition instanceof Boolean truth) {
            return truth;
        }
        if (condition == null) {
            return false;
        }
        throw new Fault(Fault.CONDITION, "the condition is " + Convert.typeOf(condition) + ", not bool", 0);
    }

    /** Whether {@code and} with this left side is decided. */
    public static boolean isFalse(@Nullable Object value) {
        return value instanceof Boolean truth && !truth;
    }

    /** Whether {@code or} with this left side is decided. */
    public static boolean isTrue(@Nullable Object value) {
        return value instanceof Boolean truth && truth;
    }

    public static @Nullable Boolean and(@Nullable Object a, @Nullable Object b) {
        if (isFalse(a) || isFalse(b)) {
            return false;
        }
        return isTrue(a) && isTrue(b) ? (Boolean) true : null;
    }

    public static @Nullable Boolean or(@Nullable Object a, @Nullable Object b) {
        if (isTrue(a) || isTrue(b)) {
            return true;
        }
        return isFalse(a) && isFalse(b) ? (Boolean) false : null;
    }

    public static @Nullable Boolean not(@Nullable Object a) {
        return a instanceof Boolean truth ? (Boolean) !truth : null;
    }
}
