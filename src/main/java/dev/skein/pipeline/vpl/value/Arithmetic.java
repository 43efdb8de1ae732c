package dev.skein.pipeline.vpl.value;

import org.jspecify.annotations.Nullable;

/**
 * Operators on numbers and texts. Two ints give an int, an int and a float a float; an operand that does not fit, null
 * included, gives null. An overflow is an {@link ArithmeticException}.
 */
public final class Arithmetic {
    private static final int SHIFT_MAX = 63;

    private Arithmetic() {}

    public static @Nullable Object add(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            return Math.addExact(x, y);
        }
        if (a instanceof Number x && b instanceof Number y) {
            return x.doubleValue() + y.doubleValue();
        }
        return a instanceof String x && b instanceof String y ? x.concat(y) : null;
    }

    public static @Nullable Object subtract(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            return Math.subtractExact(x, y);
        }
        return a instanceof Number x && b instanceof Number y ? x.doubleValue() - y.doubleValue() : null;
    }

    public static @Nullable Object multiply(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            return Math.multiplyExact(x, y);
        }
        return a instanceof Number x && b instanceof Number y ? x.doubleValue() * y.doubleValue() : null;
    }

    public static @Nullable Object divide(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            return divide(x.longValue(), y.longValue());
        }
        return a instanceof Number x && b instanceof Number y ? divide(x.doubleValue(), y.doubleValue()) : null;
    }

    public static @Nullable Object divide(long a, long b) {
        if (b == -1) {
            return Math.negateExact(a);
        }
        return b == 0 ? null : a / b;
    }

    public static @Nullable Object divide(double a, double b) {
        return b == 0 ? null : a / b;
    }

    public static @Nullable Object remainder(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            return remainder(x.longValue(), y.longValue());
        }
        return a instanceof Number x && b instanceof Number y ? remainder(x.doubleValue(), y.doubleValue()) : null;
    }

    public static @Nullable Object remainder(long a, long b) {
        return b == 0 ? null : a % b;
    }

    public static @Nullable Object remainder(double a, double b) {
        return b == 0 ? null : a % b;
    }

    public static @Nullable Object power(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            return y < 0 ? (Object) Math.pow(x, y) : (Object) power(x.longValue(), y.longValue());
        }
        return a instanceof Number x && b instanceof Number y ? Math.pow(x.doubleValue(), y.doubleValue()) : null;
    }

    /** @param exponent not negative */
    public static long power(long base, long exponent) {
        long result = 1;
        long factor = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                result = Math.multiplyExact(result, factor);
            }
            if (rest > 1) {
                factor = square(factor);
            }
        }
        return result;
    }

    private static long square(long factor) {
        return Math.multiplyExact(factor, factor);
    }

    public static @Nullable Object and(@Nullable Object a, @Nullable Object b) {
        return a instanceof Long x && b instanceof Long y ? x & y : null;
    }

    public static @Nullable Object or(@Nullable Object a, @Nullable Object b) {
        return a instanceof Long x && b instanceof Long y ? x | y : null;
    }

    public static @Nullable Object xor(@Nullable Object a, @Nullable Object b) {
        return a instanceof Long x && b instanceof Long y ? x ^ y : null;
    }

    /** A distance below 0 or beyond 63 gives null. */
    public static @Nullable Object shiftLeft(@Nullable Object a, @Nullable Object b) {
        return a instanceof Long x && b instanceof Long y && isShift(y) ? x << y : null;
    }

    /** Keeps the sign. A distance below 0 or beyond 63 gives null. */
    public static @Nullable Object shiftRight(@Nullable Object a, @Nullable Object b) {
        return a instanceof Long x && b instanceof Long y && isShift(y) ? x >> y : null;
    }

    public static boolean isShift(long distance) {
        return distance >= 0 && distance <= SHIFT_MAX;
    }

    public static @Nullable Object negate(@Nullable Object a) {
        if (a instanceof Long x) {
            return Math.negateExact(x);
        }
        return a instanceof Double x ? -x : null;
    }

    public static @Nullable Object complement(@Nullable Object a) {
        return a instanceof Long x ? ~x : null;
    }
}
