package dev.skein.pipeline.vpl.check;

import dev.skein.pipeline.vpl.ast.Argument;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.names.Binder;
import dev.skein.pipeline.vpl.names.Symbols;
import dev.skein.pipeline.vpl.resolved.BuiltIns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks what stands in one {@code .aggregate}. */
final class Aggregates {
    /** How many arguments each needs. */
    private static final Map<String, Integer> FUNCTIONS = Map.ofEntries(
            Map.entry("count", 0),
            Map.entry("sum", 1),
            Map.entry("avg", 1),
            Map.entry("min", 1),
            Map.entry("max", 1),
            Map.entry("first", 1),
            Map.entry("last", 1),
            Map.entry("stddev", 1),
            Map.entry("variance", 1),
            Map.entry("median", 1),
            Map.entry("collect", 1),
            Map.entry("count_distinct", 1),
            Map.entry("distinct", 1),
            Map.entry("percentile", 2),
            Map.entry("ema", 2));

    private final Symbols symbols;
    private final Binder binder;
    private final Set<String> partition;

    /** @param partition fields that have one value per group */
    Aggregates(Symbols symbols, Binder binder, Set<String> partition) {
        this.symbols = symbols;
        this.binder = binder;
        this.partition = partition;
    }

    void check(List<Argument> arguments) {
        for (var argument : arguments) {
            value(argument.value());
        }
    }

    private void value(Expression expression) {
        if (expression instanceof Expression.Call call) {
            call(call);
        } else if (expression instanceof Expression.Binary binary) {
            value(binary.left());
            value(binary.right());
        } else if (expression instanceof Expression.Unary unary) {
            value(unary.operand());
        } else if (expression instanceof Expression.Name name && isBare(name.name())) {
            var hint = "wrap it, as in `last(" + name.name() + ")`";
            symbols.diagnostics.error("E073", name.at(), "bare field `" + name.name() + "` in an aggregate", hint);
        } else {
            binder.bind(expression);
        }
    }

    private boolean isBare(String name) {
        return !partition.contains(name) && !symbols.lets.containsKey(name) && !symbols.isBroken(name);
    }

    private void call(Expression.Call call) {
        var name = call.function().name();
        var needed = symbols.functions.containsKey(name) ? null : FUNCTIONS.get(name);
        if (needed != null) {
            aggregate(call, needed);
        } else if (symbols.functions.containsKey(name) || BuiltIns.find(name).isPresent()) {
            binder.bind(call);
        } else if (!symbols.isBroken(name)) {
            var hint = symbols.hint(name, new ArrayList<>(FUNCTIONS.keySet()));
            symbols.diagnostics.error("E070", call.function().at(), "unknown aggregate `" + name + "`", hint);
        }
    }

    private void aggregate(Expression.Call call, int needed) {
        var name = call.function().name();
        if (call.arguments().size() < needed) {
            var hint = needed == 1 ? "write `" + name + "(field)`" : "write `" + name + "(field, number)`";
            symbols.diagnostics.error("E071", call.function().at(), "`" + name + "` needs an argument", hint);
        }
        for (var argument : call.arguments()) {
            boolean isNested = argument.value() instanceof Expression.Call inner
                    && inner.function().name().equals("distinct");
            if (isNested) {
                value(argument.value());
            } else {
                binder.bind(argument.value());
            }
        }
    }
}
