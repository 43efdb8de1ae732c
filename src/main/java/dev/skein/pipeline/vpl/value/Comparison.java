package dev.skein.pipeline.vpl.value;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Equality of any two values, order of numbers and of texts. Numbers compare by what they are worth, not by kind. */
public final class Comparison {
    /** The order of a NaN and any number: no ordering holds. */
    private static final int UNORDERED = 2;

    /** The order of null, or of values of different kinds: null. */
    private static final int INCOMPARABLE = 3;

    private static final long EXACT_MAX = 1L << 53;
    private static final double TWO_63 = 0x1p63;

    private Comparison() {}

    public static @Nullable Boolean less(@Nullable Object a, @Nullable Object b) {
        int order = order(a, b);
        return order == INCOMPARABLE ? null : (Boolean) (order < 0);
    }

    public static @Nullable Boolean atMost(@Nullable Object a, @Nullable Object b) {
        int order = order(a, b);
        return order == INCOMPARABLE ? null : (Boolean) (order <= 0);
    }

    public static @Nullable Boolean greater(@Nullable Object a, @Nullable Object b) {
        int order = order(a, b);
        return order == INCOMPARABLE ? null : (Boolean) (order == 1);
    }

    public static @Nullable Boolean atLeast(@Nullable Object a, @Nullable Object b) {
        int order = order(a, b);
        return order == INCOMPARABLE ? null : (Boolean) (order == 0 || order == 1);
    }

    private static int order(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Long x) {
            if (b instanceof Long y) {
                return Long.compare(x, y);
            }
            return b instanceof Double y ? order(x.longValue(), y.doubleValue()) : INCOMPARABLE;
        }
        if (a instanceof Double x) {
            if (b instanceof Double y) {
                return order(x.doubleValue(), y.doubleValue());
            }
            return b instanceof Long y ? order(x.doubleValue(), y.longValue()) : INCOMPARABLE;
        }
        return a instanceof String x && b instanceof String y ? byCodePoint(x, y) : INCOMPARABLE;
    }

    private static int order(double a, double b) {
        if (a < b) {
            return -1;
        }
        return a > b ? 1 : a == b ? 0 : UNORDERED;
    }

    private static int order(double a, long b) {
        int order = order(b, a);
        return order == UNORDERED ? UNORDERED : -order;
    }

    /** As the JVM's {@code dcmpg}: -1, 0, or more than 0, also where one is a NaN; exact for every long. */
    public static int compareHigh(long a, double b) {
        return order(a, b);
    }

    /** As the JVM's {@code dcmpl}: 1, 0, or less than 0, also where one is a NaN; exact for every long. */
    public static int compareLow(long a, double b) {
        int order = order(a, b);
        return order == UNORDERED ? -1 : order;
    }

    public static int compareHigh(double a, long b) {
        return order(a, b);
    }

    public static int compareLow(double a, long b) {
        int order = order(a, b);
        return order == UNORDERED ? -1 : order;
    }

    private static int order(long a, double b) {
        if (a >= -EXACT_MAX && a <= EXACT_MAX || Double.isNaN(b)) {
            return order((double) a, b);
        }
        if (b >= TWO_63) {
            return -1;
        }
        // beyond 2^53 a double has no fraction, and a smaller double differs in its whole part
        return b < -TWO_63 ? 1 : Long.compare(a, (long) b);
    }

    private static int byCodePoint(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // a surrogate stands for a code point above every other char
                boolean high = Character.isSurrogate(x) != Character.isSurrogate(y);
                return high ? (Character.isSurrogate(x) ? 1 : -1) : Integer.compare(x, y) < 0 ? -1 : 1;
            }
        }
        return Integer.signum(a.length() - b.length());
    }

    public static boolean equal(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return a == b;
        }
        if (a instanceof Number && b instanceof Number) {
            return order(a, b) == 0;
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            return equalItems(x, y);
        }
        return a instanceof Map<?, ?> x && b instanceof Map<?, ?> y ? equalEntries(x, y) : a.equals(b);
    }

    public static boolean unequal(@Nullable Object a, @Nullable Object b) {
        return !equal(a, b);
    }

    private static boolean equalItems(List<?> a, List<?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalEntries(Map<?, ?> a, Map<?, ?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (var entry : a.entrySet()) {
            var key = entry.getKey();
            if (!b.containsKey(key) || !equal(entry.getValue(), b.get(key))) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code a} is an item of an array, a key of a map or a part of a text; null for any other {@code b}. */
    public static @Nullable Boolean in(@Nullable Object a, @Nullable Object b) {
        if (b instanceof String whole) {
            return a instanceof String part ? (Boolean) whole.contains(part) : null;
        }
        if (b instanceof List<?> items) {
            return contains(items, a);
        }
        return b instanceof Map<?, ?> entries ? (Boolean) entries.containsKey(a) : null;
    }

    public static @Nullable Boolean notIn(@Nullable Object a, @Nullable Object b) {
        return Truth.not(in(a, b));
    }

    private static Boolean contains(List<?> items, @Nullable Object wanted) {
        for (var item : items) {
            if (equal(item, wanted)) {
                return true;
            }
        }
        return false;
    }
}
