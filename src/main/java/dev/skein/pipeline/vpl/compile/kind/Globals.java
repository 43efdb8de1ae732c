package dev.skein.pipeline.vpl.compile.kind;

import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Expression.UnaryOperator;
import dev.skein.pipeline.vpl.ast.Let;
import dev.skein.pipeline.vpl.resolved.Binding;
import dev.skein.pipeline.vpl.resolved.Resolution;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Top-level values: known after they were computed, by index while they are. */
public final class Globals {
    private final Map<Let, Integer> indexes = new IdentityHashMap<>();
    private final Resolution resolution;
    private final @Nullable Object @Nullable [] values;

    /** @param values in the order of {@code lets}; null while they are being computed */
    public Globals(List<Let> lets, Resolution resolution, @Nullable Object @Nullable [] values) {
        for (var let : lets) {
            indexes.put(let, indexes.size());
        }
        this.resolution = resolution;
        this.values = values;
    }

    public boolean known() {
        return values != null;
    }

    public int index(Let let) {
        var index = indexes.get(let);
        if (index == null) {
            throw new IllegalArgumentException("not at top level: " + let.name());
        }
        return index;
    }

    /** The value, null also while it is not known. */
    public @Nullable Object value(Let let) {
        return values == null ? null : values[index(let)];
    }

    /** The number that an expression always is; null when it may vary or is none. */
    public @Nullable Number number(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return literal.value() instanceof Number number ? number : null;
        }
        if (expression instanceof Expression.Unary unary && unary.operator() == UnaryOperator.MINUS) {
            return negated(number(unary.operand()));
        }
        boolean global = expression instanceof Expression.Name name && resolution.of(name) instanceof Binding.Global;
        return global ? globalNumber((Expression.Name) expression) : null;
    }

    private @Nullable Number globalNumber(Expression.Name name) {
        var let = ((Binding.Global) resolution.of(name)).let();
        return value(let) instanceof Number number ? number : null;
    }

    private static @Nullable Number negated(@Nullable Number number) {
        if (number instanceof Long whole) {
            return whole == Long.MIN_VALUE ? null : (Number) (-whole);
        }
        return number == null ? null : (Number) (-number.doubleValue());
    }

    /** Whether a division by this can neither give null nor overflow. */
    public boolean isSafeDivisor(Expression divisor) {
        var number = number(divisor);
        return number != null && number.doubleValue() != 0;
    }

    /** Whether the expression is a whole number from 0 to {@code max}. */
    public boolean isWhole(Expression expression, long max) {
        return number(expression) instanceof Long whole && whole >= 0 && whole <= max;
    }
}
