package dev.skein.pipeline.vpl.check;

import dev.skein.pipeline.vpl.ast.Argument;
import dev.skein.pipeline.vpl.ast.Declaration;
import dev.skein.pipeline.vpl.ast.Declaration.Parameter;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Id;
import dev.skein.pipeline.vpl.ast.Operator;
import dev.skein.pipeline.vpl.ast.StreamSource;
import dev.skein.pipeline.vpl.connector.ConnectorType;
import dev.skein.pipeline.vpl.connector.ConnectorType.Value;
import dev.skein.pipeline.vpl.connector.ConnectorTypes;
import dev.skein.pipeline.vpl.names.Binder;
import dev.skein.pipeline.vpl.names.Scope;
import dev.skein.pipeline.vpl.names.Symbols;
import dev.skein.pipeline.vpl.names.Uses;
import dev.skein.pipeline.vpl.resolved.Binding;
import dev.skein.pipeline.vpl.resolved.Resolution;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks connectors where they are declared and where they are used. */
final class Connectors {
    private static final String TOPIC = "topic";

    private final Symbols symbols;
    private final Map<String, String> cluster;
    private final Set<String> used = new HashSet<>();
    private final List<StreamSource.From> reads = new ArrayList<>();

    /** @param cluster type by name of those known without a declaration; empty when it is not known */
    Connectors(Symbols symbols, Map<String, String> cluster) {
        this.symbols = symbols;
        this.cluster = cluster;
    }

    private void use(Id connector) {
        used.add(connector.name());
        boolean isKnown = symbols.connectors.containsKey(connector.name()) || cluster.containsKey(connector.name());
        if (!isKnown && !symbols.isBroken(connector.name())) {
            var known = new HashSet<>(cluster.keySet());
            known.addAll(symbols.connectors.keySet());
            var otherwise = "declare it: `connector " + connector.name() + " = cluster(topic: \"…\")`";
            var hint = symbols.hint(connector.name(), known, otherwise);
            var message = "unknown connector `" + connector.name() + "`";
            symbols.diagnostics.error("E030", connector.at(), message, hint);
        }
    }

    void checkTo(Operator.To to) {
        use(to.connector());
        var type = typeOf(to.connector());
        if (type == null || isRefused(to.connector(), type)) {
            return;
        }
        checkNames(
                to.parameters().stream().map(Connectors::nameOf).toList(),
                type.to().keySet(),
                "`.to`");
        boolean isGiven =
                to.parameters().stream().anyMatch(given -> nameOf(given).name().equals(TOPIC));
        requireTopic(to.connector(), type, isGiven);
    }

    void checkFrom(StreamSource.From from) {
        use(from.connector());
        reads.add(from);
        var type = typeOf(from.connector());
        if (type == null || isRefused(from.connector(), type)) {
            return;
        }
        if (!type.reads()) {
            var message = "connector type `" + type.name() + "` cannot be read from";
            symbols.diagnostics.error("E034", from.connector().at(), message, "mqtt can");
            return;
        }
        checkNames(ids(from.parameters()), type.from().keySet(), "`.from`");
        boolean isGiven =
                from.parameters().stream().anyMatch(given -> given.id().name().equals(TOPIC));
        requireTopic(from.connector(), type, isGiven);
    }

    /** Messages of such a connector go by topics; one of the cluster may bring its own. */
    private void requireTopic(Id connector, ConnectorType type, boolean isGiven) {
        var declared = symbols.connectors.get(connector.name());
        boolean needs = type.parameters().containsKey(TOPIC) && declared != null;
        boolean has = isGiven
                || declared != null
                        && declared.parameters().stream()
                                .anyMatch(given -> given.id().name().equals(TOPIC));
        if (needs && !has) {
            var message = "connector `" + connector.name() + "` has no topic";
            symbols.diagnostics.error("E080", connector.at(), message, "write `topic: \"…\"`");
        }
    }

    private @Nullable ConnectorType typeOf(Id connector) {
        var declared = symbols.connectors.get(connector.name());
        return ConnectorTypes.find(
                declared == null
                        ? cluster.get(connector.name())
                        : declared.type().name());
    }

    /** Whether this build has none of the type; of a declared one the declaration says so. */
    private boolean isRefused(Id connector, ConnectorType type) {
        if (!type.works() && !symbols.connectors.containsKey(connector.name())) {
            var message = "connector `" + connector.name() + "` of the cluster is of type `" + type.name()
                    + "`, which this build does not have";
            symbols.diagnostics.error("E034", connector.at(), message, working());
        }
        return !type.works();
    }

    private static String working() {
        return String.join(", ", ConnectorTypes.working()) + " work";
    }

    /** What kind of value a parameter of {@code .to} must be. */
    Kinds.Kind wanted(Operator.To to, Argument argument) {
        var type = typeOf(to.connector());
        var value = type == null ? null : type.to().get(nameOf(argument).name());
        return value == null ? Kinds.Kind.STR : kind(value);
    }

    private static Kinds.Kind kind(Value value) {
        return switch (value) {
            case TEXT -> Kinds.Kind.STR;
            case WHOLE -> Kinds.Kind.INT;
            case FLAG -> Kinds.Kind.BOOL;
        };
    }

    private static Id nameOf(Argument argument) {
        return argument.name() == null ? new Id(argument.at(), "") : argument.name();
    }

    /** Once all streams are known. */
    void checkDeclared(Resolution resolution) {
        for (var connector : symbols.connectors.values()) {
            var type = ConnectorTypes.find(connector.type().name());
            if (type != null && type.works()) {
                checkParameters(connector, type, resolution);
            } else {
                unsupported(connector);
            }
        }
        for (var from : reads) {
            var type = typeOf(from.connector());
            checkValues(from.parameters(), type == null ? Map.of() : type.from(), resolution);
        }
    }

    private void unsupported(Declaration.Connector connector) {
        var type = connector.type();
        var near = symbols.hint(type.name(), ConnectorTypes.working(), working());
        if (used.contains(connector.name())) {
            var message = "connector type `" + type.name() + "` does not work: this build has none";
            symbols.diagnostics.error("E034", type.at(), message, near);
        } else {
            var message = "unused connector `" + connector.name() + "` is of type `" + type.name()
                    + "`, which this build does not have";
            symbols.diagnostics.warning("W033", type.at(), message, near);
        }
    }

    private void checkParameters(Declaration.Connector connector, ConnectorType type, Resolution resolution) {
        var names = ids(connector.parameters());
        checkNames(names, type.parameters().keySet(), "connector type `" + type.name() + "`");
        checkValues(connector.parameters(), type.parameters(), resolution);
        for (var required : type.required()) {
            boolean isGiven = names.stream().anyMatch(id -> id.name().equals(required));
            if (!isGiven && !required.equals(TOPIC)) { // a topic may also stand where it is used
                var message = "connector `" + connector.name() + "` has no " + required;
                symbols.diagnostics.error("E080", connector.type().at(), message, "write `" + required + ": \"…\"`");
            }
        }
    }

    private static List<Id> ids(List<Parameter> parameters) {
        return parameters.stream().map(Parameter::id).toList();
    }

    private void checkValues(List<Parameter> parameters, Map<String, Value> known, Resolution resolution) {
        var binder = new Binder(symbols, resolution, new Scope.TopLevel(symbols), new Uses(), true);
        for (var parameter : parameters) {
            parameter.values().forEach(binder::bind);
            var wanted = known.get(parameter.id().name());
            if (wanted != null) {
                checkValue(parameter, wanted, resolution);
            }
        }
    }

    private void checkNames(List<Id> names, Set<String> known, String what) {
        var seen = new HashSet<String>();
        for (var id : names) {
            if (!known.contains(id.name())) {
                var message = "unknown parameter `" + id.name() + "` of " + what;
                symbols.diagnostics.error("E080", id.at(), message, symbols.hint(id.name(), known));
            } else if (!seen.add(id.name())) {
                symbols.error("E080", id, "parameter `" + id.name() + "` is given twice");
            }
        }
    }

    private void checkValue(Parameter parameter, Value wanted, Resolution resolution) {
        var value = parameter.values().isEmpty() ? null : parameter.values().get(0);
        if (parameter.list() || value == null || !fits(value, wanted, resolution)) {
            var at = value == null ? parameter.id().at() : value.start();
            var word = kind(wanted).word();
            symbols.diagnostics.error("E062", at, "`" + parameter.id().name() + "` must be a " + word);
        }
    }

    private static boolean fits(Expression value, Value wanted, Resolution resolution) {
        if (value instanceof Expression.Literal literal) {
            return fits(literal.value(), wanted);
        }
        return resolution.find(value) instanceof Binding.Global global
                        && (!(global.let().value() instanceof Expression.Literal literal)
                                || fits(literal.value(), wanted))
                || resolution.find(value) instanceof Binding.EventField;
    }

    private static boolean fits(@Nullable Object literal, Value wanted) {
        return switch (wanted) {
            case TEXT -> literal instanceof String;
            case WHOLE -> literal instanceof Long;
            case FLAG -> literal instanceof Boolean;
        };
    }
}
