package dev.skein.pipeline.vpl.compile;

import dev.skein.pipeline.vpl.CheckedProgram;
import dev.skein.pipeline.vpl.ast.Argument;
import dev.skein.pipeline.vpl.ast.Declaration.Parameter;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Id;
import dev.skein.pipeline.vpl.ast.Operator;
import dev.skein.pipeline.vpl.ast.StreamSource;
import dev.skein.pipeline.vpl.sink.SinkTarget;
import dev.skein.pipeline.vpl.sink.SourceTarget;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The distinct targets of all {@code .to(…)} of a program, and all its {@code .from(…)}. Equal ones are one. */
final class SinkPlan {
    private final CheckedProgram program;
    private final Function<Expression, @Nullable Object> values;
    private final List<SinkTarget> targets = new ArrayList<>();
    private final Map<Operator.To, Integer> indexes = new IdentityHashMap<>();

    /** @param values the value of each of {@link #expressions} */
    SinkPlan(CheckedProgram program, Function<Expression, @Nullable Object> values) {
        this.program = program;
        this.values = values;
        for (var to : sends(program)) {
            var target = target(to);
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

    List<SourceTarget> sources() {
        return reads(program).stream().map(this::source).distinct().toList();
    }

    /** Everything that has to be computed before the targets are known. */
    static List<Expression> expressions(CheckedProgram program) {
        var all = new ArrayList<Expression>();
        for (var to : sends(program)) {
            parameters(program, to.connector()).forEach(parameter -> all.addAll(parameter.values()));
            to.parameters().forEach(argument -> all.add(argument.value()));
        }
        for (var from : reads(program)) {
            parameters(program, from.connector()).forEach(parameter -> all.addAll(parameter.values()));
            from.parameters().forEach(parameter -> all.addAll(parameter.values()));
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

    private static List<StreamSource.From> reads(CheckedProgram program) {
        return program.streams().stream()
                .map(stream -> stream.declaration().source())
                .filter(StreamSource.From.class::isInstance)
                .map(StreamSource.From.class::cast)
                .toList();
    }

    private static List<Parameter> parameters(CheckedProgram program, Id name) {
        var connector = program.connectors().get(name.name());
        return connector == null ? List.of() : connector.parameters();
    }

    private SinkTarget target(Operator.To to) {
        var all = declared(to.connector());
        for (Argument argument : to.parameters()) {
            all.put(Objects.requireNonNull(argument.name()).name(), values.apply(argument.value()));
        }
        return new SinkTarget(to.connector().name(), type(to.connector()), all);
    }

    private SourceTarget source(StreamSource.From from) {
        var all = declared(from.connector());
        from.parameters().forEach(parameter -> put(all, parameter));
        return new SourceTarget(from.type().name(), from.connector().name(), type(from.connector()), all);
    }

    private Map<String, @Nullable Object> declared(Id connector) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        parameters(program, connector).forEach(parameter -> put(all, parameter));
        return all;
    }

    private void put(Map<String, @Nullable Object> all, Parameter parameter) {
        var items = parameter.values().stream().map(values).toList();
        all.put(parameter.id().name(), parameter.list() ? items : items.get(0));
    }

    private @Nullable String type(Id name) {
        var connector = program.connectors().get(name.name());
        return connector == null ? null : connector.type().name();
    }
}
