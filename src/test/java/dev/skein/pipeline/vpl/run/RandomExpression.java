package dev.skein.pipeline.vpl.run;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * A random expression as text, and what it is worth by the language's manual. Written apart from the compiler: exact
 * decimals instead of the JVM's comparisons, big integers instead of exact longs.
 */
record RandomExpression(String text, Value value) {
    private static final int DEPTH_MAX = 5;
    private static final List<String> NUMBERS = List.of(
            "0", "1", "2", "7", "63", "9223372036854775807", "0.0", "1.0", "0.5", "2.5", "1e10", "9007199254740993");
    private static final List<String> TEXTS = List.of("", "a", "ab", "q");
    private static final List<String> NAMES = List.of("i", "j", "k", "s", "u");

    /** An expression's value for given names; fails with an ArithmeticException for an overflow. */
    interface Value {
        Object of(Map<String, Object> names);
    }

    static RandomExpression any(Random random) {
        return any(random, DEPTH_MAX);
    }

    private static RandomExpression any(Random random, int depth) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return leaf(random);
        }
        return switch (random.nextInt(8)) {
            case 0 -> truth(random, depth);
            case 1 -> unary(random, depth);
            case 2 -> conditional(random, depth);
            default -> arithmetic(random, depth);
        };
    }

    private static RandomExpression leaf(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> {
                var text = NUMBERS.get(random.nextInt(NUMBERS.size()));
                Object value = text.matches("\\d+") ? (Object) Long.valueOf(text) : (Object) Double.valueOf(text);
                yield new RandomExpression(text, names -> value);
            }
            case 1 -> {
                var text = TEXTS.get(random.nextInt(TEXTS.size()));
                yield new RandomExpression('"' + text + '"', names -> text);
            }
            default -> {
                var name = NAMES.get(random.nextInt(NAMES.size()));
                yield new RandomExpression(name, names -> names.get(name));
            }
        };
    }

    private static RandomExpression unary(Random random, int depth) {
        var operand = any(random, depth - 1);
        return random.nextBoolean()
                ? new RandomExpression("(-" + operand.text + ")", names -> negate(operand.value.of(names)))
                : new RandomExpression(
                        "(~" + operand.text + ")",
                        names -> operand.value.of(names) instanceof Long x ? Long.valueOf(-1 - x) : null);
    }

    private static RandomExpression conditional(Random random, int depth) {
        var condition = truth(random, depth - 1);
        var then = any(random, depth - 1);
        var otherwise = any(random, depth - 1);
        return new RandomExpression(
                "(if %s then %s else %s)".formatted(condition.text, then.text, otherwise.text),
                names -> Boolean.TRUE.equals(condition.value.of(names))
                        ? then.value.of(names)
                        : otherwise.value.of(names));
    }

    /** An expression that is a bool or null. */
    static RandomExpression truth(Random random, int depth) {
        int kind = random.nextInt(depth <= 0 ? 3 : 6);
        return switch (kind) {
            case 0 -> new RandomExpression("k", names -> names.get("k"));
            case 1, 2 -> comparison(random, Math.max(depth - 1, 0));
            case 3 -> {
                var operand = truth(random, depth - 1);
                yield new RandomExpression("(not " + operand.text + ")", names -> not(operand.value.of(names)));
            }
            case 4 -> both(truth(random, depth - 1), truth(random, depth - 1), false);
            default -> both(truth(random, depth - 1), truth(random, depth - 1), true);
        };
    }

    /** {@code and} is decided by false, {@code or} by true. */
    private static RandomExpression both(RandomExpression a, RandomExpression b, boolean decisive) {
        var text = "(%s %s %s)".formatted(a.text, decisive ? "or" : "and", b.text);
        return new RandomExpression(text, names -> {
            var x = a.value.of(names);
            if (Objects.equals(x, decisive)) {
                return decisive;
            }
            var y = b.value.of(names);
            if (Objects.equals(y, decisive)) {
                return decisive;
            }
            return x == null || y == null ? null : (Object) !decisive;
        });
    }

    private static Object not(Object value) {
        return value == null ? null : (Object) !((Boolean) value);
    }

    private static RandomExpression comparison(Random random, int depth) {
        var operator = List.of("<", "<=", ">", ">=", "==", "!=").get(random.nextInt(6));
        var a = any(random, depth);
        var b = any(random, depth);
        return new RandomExpression(
                "(%s %s %s)".formatted(a.text, operator, b.text),
                names -> compare(operator, a.value.of(names), b.value.of(names)));
    }

    private static Object compare(String operator, Object a, Object b) {
        if (operator.equals("==") || operator.equals("!=")) {
            return equal(a, b) == operator.equals("==");
        }
        if (a instanceof Number x && b instanceof Number y) {
            boolean unordered = Double.isNaN(x.doubleValue()) || Double.isNaN(y.doubleValue());
            return !unordered && holds(operator, exact(x).compareTo(exact(y)));
        }
        return a instanceof String x && b instanceof String y ? (Object) holds(operator, x.compareTo(y)) : null;
    }

    private static boolean equal(Object a, Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return Boolean.TRUE.equals(compare("<=", x, y)) && Boolean.TRUE.equals(compare(">=", x, y));
        }
        return Objects.equals(a, b);
    }

    /** Infinities as numbers beyond every double. */
    private static BigDecimal exact(Number number) {
        if (number instanceof Double x && x.isInfinite()) {
            return new BigDecimal("1e400").multiply(BigDecimal.valueOf(Math.signum(x)));
        }
        return number instanceof Long x ? BigDecimal.valueOf(x) : new BigDecimal(number.doubleValue());
    }

    private static boolean holds(String operator, int order) {
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static RandomExpression arithmetic(Random random, int depth) {
        var operator = List.of("+", "-", "*", "/", "%", "**", "&", "|", "^", "<<", ">>")
                .get(random.nextInt(11));
        var a = any(random, depth - 1);
        var b = operator.equals("**") ? exponent(random) : any(random, depth - 1);
        return new RandomExpression(
                "(%s %s %s)".formatted(a.text, operator, b.text),
                names -> ReferenceArithmetic.of(operator, a.value.of(names), b.value.of(names)));
    }

    private static RandomExpression exponent(Random random) {
        if (random.nextBoolean()) {
            return new RandomExpression("i", names -> names.get("i"));
        }
        long exponent = random.nextInt(5) - 1L;
        return new RandomExpression("(" + exponent + ")", names -> exponent);
    }

    private static Object negate(Object value) {
        return value instanceof Double x ? (Object) (-x) : ReferenceArithmetic.of("-", 0L, value);
    }
}
