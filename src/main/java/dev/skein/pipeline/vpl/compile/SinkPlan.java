package dev.skein.pipeline.vpl.compile;

import dev.skein.pipeline.vpl.CheckedProgram;
import dev.skein.pipeline.vpl.ast.Declaration;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Operator;
import dev.skein.pipeline.vpl.sink.SinkTarget;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The distinct targets of all {@code .to(…)} of a program. Two with equal values are one. */
final class SinkPlan {
    private final List<SinkTarget> targets = new ArrayList<>();
    private final Map<Operator.To, Integer> indexes = new IdentityHashMap<>();

    /** @param values the value of each of {@link #expressions} */
    SinkPlan(CheckedProgram program, Function<Expression, @Nullable Object> values) {
        for (var to : sends(program)) {
            var target = target(program, to, values);
            if (!targets.contains(target)) {
                targets.add(target);
            }
            indexes.put(to, targets.indexOf(target));
        }
    }

    int index(Operator.To to) {
        return Objects.requireNonNull(indexes.get(to));
    }

    List<SinkTarget> targets() {
        return List.copyOf(targets);
    }

    /** Everything that has to be computed before the targets are known. */
    static List<Expression> expressions(CheckedProgram program) {
        var all = new ArrayList<Expression>();
        for (var to : sends(program)) {
            parameters(program, to).forEach(parameter -> all.addAll(parameter.values()));
            to.parameters().forEach(argument -> all.add(argument.value()));
        }
        return all;
    }

    private static List<Operator.To> sends(CheckedProgram program) {
        return program.streams().stream()
                .flatMap(stream -> stream.declaration().operators().stream())
                .filter(Operator.To.class::isInstance)
                .map(Operator.To.class::cast)
                .toList();
    }

    private static List<Declaration.Parameter> parameters(CheckedProgram program, Operator.To to) {
        var connector = program.connectors().get(to.connector().name());
        return connector == null ? List.of() : connector.parameters();
    }

    private static SinkTarget target(
            CheckedProgram program, Operator.To to, Function<Expression, @Nullable Object> values) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        for (var parameter : parameters(program, to)) {
            var items = parameter.values().stream().map(values).toList();
            all.put(parameter.id().name(), parameter.list() ? items : items.get(0));
        }
        for (var argument : to.parameters()) {
            all.put(Objects.requireNonNull(argument.name()).name(), values.apply(argument.value()));
        }
        var connector = program.connectors().get(to.connector().name());
        return new SinkTarget(
                to.connector().name(),
                connector == null ? null : connector.type().name(),
                all);
    }
}
