package dev.skein.pipeline.vpl.check;

import dev.skein.pipeline.vpl.ast.Argument;
import dev.skein.pipeline.vpl.ast.Declaration;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Id;
import dev.skein.pipeline.vpl.ast.Operator;
import dev.skein.pipeline.vpl.names.Binder;
import dev.skein.pipeline.vpl.names.Scope;
import dev.skein.pipeline.vpl.names.Symbols;
import dev.skein.pipeline.vpl.names.Uses;
import dev.skein.pipeline.vpl.resolved.Binding;
import dev.skein.pipeline.vpl.resolved.Resolution;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks connectors where they are declared and where they are used. */
final class Connectors {
    /** What each type takes in its declaration. */
    private static final Map<String, Set<String>> TYPES =
            Map.of("cluster", Set.of("topic"), "console", Set.of(), "log", Set.of());

    private static final String WORKING = "console, log and cluster work";
    private static final Set<String> TO_PARAMETERS = Set.of("topic");

    private final Symbols symbols;
    private final Set<String> cluster;
    private final Set<String> used = new HashSet<>();

    /** @param cluster names known without a declaration */
    Connectors(Symbols symbols, Set<String> cluster) {
        this.symbols = symbols;
        this.cluster = cluster;
    }

    void use(Id connector) {
        used.add(connector.name());
        boolean isKnown = symbols.connectors.containsKey(connector.name()) || cluster.contains(connector.name());
        if (!isKnown && !symbols.isBroken(connector.name())) {
            var known = new HashSet<>(cluster);
            known.addAll(symbols.connectors.keySet());
            var otherwise = "declare it: `connector " + connector.name() + " = cluster(topic: \"…\")`";
            var hint = symbols.hint(connector.name(), known, otherwise);
            var message = "unknown connector `" + connector.name() + "`";
            symbols.diagnostics.error("E030", connector.at(), message, hint);
        }
    }

    void checkTo(Operator.To to) {
        use(to.connector());
        var declared = symbols.connectors.get(to.connector().name());
        if (declared == null || !TYPES.containsKey(declared.type().name())) {
            return;
        }
        checkNames(to.parameters().stream().map(Connectors::nameOf).toList(), TO_PARAMETERS, "`.to`");
        boolean hasTopic = !to.parameters().isEmpty() || !declared.parameters().isEmpty();
        if (declared.type().name().equals("cluster") && !hasTopic) {
            var message = "connector `" + declared.name() + "` has no topic";
            symbols.diagnostics.error("E080", to.connector().at(), message, "write `topic: \"…\"`");
        }
    }

    private static Id nameOf(Argument argument) {
        return argument.name() == null ? new Id(argument.at(), "") : argument.name();
    }

    /** Once all streams are known. */
    void checkDeclared(Resolution resolution) {
        for (var connector : symbols.connectors.values()) {
            if (TYPES.containsKey(connector.type().name())) {
                checkParameters(connector, resolution);
            } else {
                unsupported(connector);
            }
        }
    }

    private void unsupported(Declaration.Connector connector) {
        var type = connector.type();
        var near = symbols.hint(type.name(), TYPES.keySet(), WORKING);
        if (used.contains(connector.name())) {
            var message = "connector type `" + type.name() + "` does not work yet";
            symbols.diagnostics.error("E034", type.at(), message, near);
        } else {
            var message = "unused connector `" + connector.name() + "` is of type `" + type.name()
                    + "`, which does not work yet";
            symbols.diagnostics.warning("W033", type.at(), message, near);
        }
    }

    private void checkParameters(Declaration.Connector connector, Resolution resolution) {
        var known = TYPES.getOrDefault(connector.type().name(), Set.of());
        var names =
                connector.parameters().stream().map(Declaration.Parameter::id).toList();
        checkNames(names, known, "connector type `" + connector.type().name() + "`");
        var binder = new Binder(symbols, resolution, new Scope.TopLevel(symbols), new Uses(), true);
        for (var parameter : connector.parameters()) {
            parameter.values().forEach(binder::bind);
            if (parameter.id().name().equals("topic")) {
                checkText(parameter, resolution);
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

    private void checkText(Declaration.Parameter parameter, Resolution resolution) {
        var value = parameter.values().isEmpty() ? null : parameter.values().get(0);
        if (parameter.list() || value == null || !isText(value, resolution)) {
            var at = value == null ? parameter.id().at() : value.start();
            symbols.diagnostics.error("E062", at, "`" + parameter.id().name() + "` must be a str");
        }
    }

    private static boolean isText(Expression value, Resolution resolution) {
        if (value instanceof Expression.Literal literal) {
            return literal.value() instanceof String;
        }
        return resolution.find(value) instanceof Binding.Global global
                        && (!(global.let().value() instanceof Expression.Literal literal)
                                || literal.value() instanceof String)
                || resolution.find(value) instanceof Binding.EventField;
    }
}
