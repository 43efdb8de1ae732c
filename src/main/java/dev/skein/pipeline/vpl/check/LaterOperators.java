package dev.skein.pipeline.vpl.check;

import dev.skein.pipeline.vpl.ast.Argument;
import dev.skein.pipeline.vpl.ast.Declaration;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Expression.BinaryOperator;
import dev.skein.pipeline.vpl.ast.Id;
import dev.skein.pipeline.vpl.ast.Operator;
import dev.skein.pipeline.vpl.ast.Position;
import dev.skein.pipeline.vpl.ast.StreamSource;
import dev.skein.pipeline.vpl.ast.StreamSource.Step;
import dev.skein.pipeline.vpl.names.Binder;
import dev.skein.pipeline.vpl.names.Scope;
import dev.skein.pipeline.vpl.names.Symbols;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses the sources and operators of later tiers, and already says of one stream what would be wrong with them: a
 * fault
 * should not show only after the construct has come.
 */
final class LaterOperators {
    private static final Set<String> CONDITIONS = Set.of("filter", "having");

    private final Declaration.Stream stream;
    private final Symbols symbols;
    private final Binder binder;
    private final Kinds kinds;
    private final Set<String> seen = new HashSet<>();
    private final Set<String> partition = new HashSet<>();

    LaterOperators(Declaration.Stream stream, Symbols symbols, Binder binder, Kinds kinds) {
        this.stream = stream;
        this.symbols = symbols;
        this.binder = binder;
        this.kinds = kinds;
    }

    /** Whether a part of the stream is refused, so that its expressions are read by rules not built yet. */
    static boolean isLater(Declaration.Stream stream) {
        boolean isKnown = stream.source() instanceof StreamSource.Plain || stream.source() instanceof StreamSource.From;
        return !isKnown
                || stream.operators().stream()
                        .anyMatch(operator -> operator instanceof Operator.Other
                                || operator instanceof Operator.Then
                                || operator instanceof Operator.Not);
    }

    void checkSource(Scope.Chain scope, Connectors connectors) {
        var source = stream.source();
        if (source instanceof StreamSource.Plain plain) {
            scope.source(plain.type().name());
            if (symbols.patterns.containsKey(plain.type().name())) {
                refuse(plain.at(), "a pattern as a source");
            }
        } else if (source instanceof StreamSource.FirstStep first) {
            refuse(first.at(), "a source with an alias, a condition or a repetition");
            step(first.step(), scope);
        } else if (source instanceof StreamSource.From from) {
            connectors.checkFrom(from);
            scope.source(from.type().name());
        } else if (source instanceof StreamSource.Sequence sequence) {
            refuse(sequence.at(), "`sequence`");
            sequence.steps().forEach(step -> step(step, scope));
        } else if (source instanceof StreamSource.Timer timer) {
            refuse(timer.at(), "`timer`");
            duration(timer.period());
            duration(timer.initialDelay());
        } else {
            inputs(scope);
        }
    }

    private void inputs(Scope.Chain scope) {
        boolean isJoin = stream.source() instanceof StreamSource.Join;
        refuse(stream.source().at(), isJoin ? "`join`" : "`merge`");
        for (var input : inputsOf(stream.source())) {
            scope.alias(
                    input.name() == null ? input.type().name() : input.name().name());
            if (input.condition() != null) {
                binder.bind(input.condition());
            }
        }
    }

    static List<StreamSource.Input> inputsOf(StreamSource source) {
        if (source instanceof StreamSource.Merge merge) {
            return merge.inputs();
        }
        return source instanceof StreamSource.Join join ? join.inputs() : List.of();
    }

    private void step(Step step, Scope.Chain scope) {
        scope.source(step.type().name());
        if (step.alias() != null) {
            scope.alias(step.alias().name());
        }
        if (step.where() != null) {
            binder.bind(step.where());
            kinds.condition(step.where());
        }
    }

    void check(Operator operator, Scope.Chain scope) {
        if (operator instanceof Operator.Then then) {
            refuse(then.at(), "`->`");
            seen.add("->");
            step(then.step(), scope);
        } else if (operator instanceof Operator.Not not) {
            refuse(not.at(), "`.not`");
            if (not.where() != null) {
                binder.bind(not.where());
            }
        } else if (operator instanceof Operator.Other other) {
            place(other);
            refuse(other.at(), "`." + other.id().name() + "`");
            arguments(other);
            if (Set.of("select", "aggregate").contains(other.id().name())) {
                scope.replaceFields(names(other));
            }
            seen.add(other.id().name());
        }
    }

    /** What must or must not stand before an operator. */
    private void place(Operator.Other other) {
        var name = other.id().name();
        if (name.equals("having") && !seen.contains("aggregate")) {
            report("E010", other.id(), "`.having` needs an `.aggregate` before it", "add `.aggregate(…)`");
        } else if (name.equals("aggregate") && seen.contains(name)) {
            report("E011", other.id(), "a second `.aggregate`", "feed another stream");
        } else if (name.equals("window") && seen.contains(name)) {
            report("E012", other.id(), "a second `.window`", "feed another stream");
        } else if (name.equals("within") && !isSequence()) {
            report("E020", other.id(), "`.within` outside of a sequence", "join steps with `->`");
        } else if (name.equals("partition_by") && seen.contains("window")) {
            var message = "`.partition_by` after `.window` has no effect on it";
            symbols.diagnostics.warning("W002", other.at(), message, "move it before `.window`");
        }
        boolean isWindowless = !seen.contains("window") && !(stream.source() instanceof StreamSource.Join);
        if (name.equals("aggregate") && isWindowless) {
            var message = "`.aggregate` without a window is cumulative and emits at every event";
            symbols.diagnostics.warning("W001", other.at(), message, "add `.window(…)` before it");
        }
    }

    private boolean isSequence() {
        var source = stream.source();
        boolean isPattern = source instanceof StreamSource.Plain plain
                && symbols.patterns.containsKey(plain.type().name());
        return seen.contains("->") || source instanceof StreamSource.Sequence || isPattern;
    }

    private void arguments(Operator.Other other) {
        var name = other.id().name();
        var values = other.arguments().stream().map(Argument::value).toList();
        if (name.equals("aggregate")) {
            new Aggregates(symbols, binder, partition).check(other.arguments());
            return;
        }
        values.forEach(binder::bind);
        if (name.equals("partition_by")) {
            values.stream()
                    .filter(Expression.Name.class::isInstance)
                    .forEach(key -> partition.add(((Expression.Name) key).name()));
        }
        if (CONDITIONS.contains(name)) {
            one(other);
            values.forEach(kinds::condition);
        } else if (name.equals("within")) {
            one(other);
            values.forEach(this::duration);
        } else if (name.equals("on")) {
            keys(other);
        }
        other.arguments().stream()
                .filter(argument ->
                        argument.name() != null && argument.name().name().equals("session"))
                .forEach(argument -> duration(argument.value()));
    }

    private void one(Operator.Other other) {
        int count = other.arguments().size();
        if (count != 1) {
            var message = "`." + other.id().name() + "` takes 1 argument, got " + count;
            symbols.error("E051", other.id(), message);
        }
    }

    private void keys(Operator.Other on) {
        boolean all =
                on.arguments().size() == 1 && isEquality(on.arguments().get(0).value());
        if (!all) {
            report("E033", on.id(), "a join needs equality keys", "write `.on(L.key == R.key)`");
        }
    }

    private static boolean isEquality(Expression condition) {
        var rest = condition;
        while (rest instanceof Expression.Binary both && both.operator() == BinaryOperator.AND) {
            if (!isComparison(both.right())) {
                return false;
            }
            rest = both.left();
        }
        return isComparison(rest);
    }

    private static boolean isComparison(Expression part) {
        return part instanceof Expression.Binary equal && equal.operator() == BinaryOperator.EQUAL;
    }

    private void duration(@Nullable Expression span) {
        if (span != null) {
            binder.bind(span);
            kinds.duration(span);
        }
    }

    private static Set<String> names(Operator.Other other) {
        var names = new HashSet<String>();
        for (var argument : other.arguments()) {
            var named = argument.name() != null ? argument.name() : argument.alias();
            if (named != null) {
                names.add(named.name());
            } else if (argument.value() instanceof Expression.Name bare) {
                names.add(bare.name());
            }
        }
        return names;
    }

    /** What is missing at the end of the chain. */
    void finish() {
        boolean hasKeys =
                seen.contains("on") || inputsOf(stream.source()).stream().anyMatch(input -> input.condition() != null);
        if (stream.source() instanceof StreamSource.Join join && !hasKeys) {
            var id = new Id(join.at(), "join");
            report("E033", id, "`join` needs equality keys", "add `.on(L.key == R.key)`");
        }
        boolean isOpen = seen.contains("->") || stream.source() instanceof StreamSource.Sequence;
        if (isOpen && !seen.contains("within")) {
            var message = "a sequence without `.within` never forgets a run";
            symbols.diagnostics.warning("W021", stream.source().at(), message, "add `.within(…)`");
        }
    }

    private void report(String code, Id id, String message, String hint) {
        symbols.diagnostics.error(code, id.at(), message, hint);
    }

    private void refuse(Position at, String construct) {
        symbols.later(new Id(at, construct), construct);
    }
}
