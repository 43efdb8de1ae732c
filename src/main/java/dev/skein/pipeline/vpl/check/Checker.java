package dev.skein.pipeline.vpl.check;

import dev.skein.pipeline.vpl.CheckedProgram;
import dev.skein.pipeline.vpl.Diagnostics;
import dev.skein.pipeline.vpl.ast.Declaration;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Id;
import dev.skein.pipeline.vpl.ast.Let;
import dev.skein.pipeline.vpl.ast.Program;
import dev.skein.pipeline.vpl.flow.Dependencies;
import dev.skein.pipeline.vpl.names.Binder;
import dev.skein.pipeline.vpl.names.Scope;
import dev.skein.pipeline.vpl.names.Symbols;
import dev.skein.pipeline.vpl.names.Types;
import dev.skein.pipeline.vpl.names.Uses;
import dev.skein.pipeline.vpl.resolved.CheckedFunction;
import dev.skein.pipeline.vpl.resolved.CheckedStream;
import dev.skein.pipeline.vpl.resolved.Resolution;
import dev.skein.pipeline.vpl.resolved.Routing;
import dev.skein.pipeline.vpl.syntax.Parser.Parsed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Checks a parsed program as a whole; after errors the result is of no use. */
public final class Checker {
    private final Program program;
    private final Symbols symbols;
    private final Types types;
    private final Resolution resolution = new Resolution();
    private final Kinds kinds;
    private final Connectors connectors;
    private final Map<String, FunctionChecker.Facts> functions = new LinkedHashMap<>();
    private final Dependencies dependencies = new Dependencies();
    private final List<Expression.Call> calls = new ArrayList<>(); // where no function may emit
    private final List<CheckedStream> streams = new ArrayList<>();
    private final List<Let> initialisers = new ArrayList<>();

    private Checker(Parsed parsed, Map<String, String> clusterConnectors, Diagnostics diagnostics) {
        program = parsed.program();
        symbols = new Symbols(parsed, diagnostics);
        types = new Types(symbols);
        kinds = new Kinds(symbols, types, resolution);
        connectors = new Connectors(symbols, clusterConnectors);
    }

    /** Reports to {@code diagnostics}. */
    public static CheckedProgram check(Parsed parsed, Map<String, String> clusterConnectors, Diagnostics diagnostics) {
        var checker = new Checker(parsed, clusterConnectors, diagnostics);
        checker.bindFunctions();
        checker.bindInitialisers();
        checker.orderInitialisers();
        checker.checkFunctionKinds();
        checker.checkStreams();
        checker.checkEmitters();
        checker.connectors.checkDeclared(checker.resolution);
        new Graph(checker.symbols).check();
        checker.refuseLater();
        return checker.result();
    }

    private void bindFunctions() {
        for (var function : symbols.functions.values()) {
            var facts = new FunctionChecker(symbols, types, resolution).check(function);
            functions.put(function.name(), facts);
            dependencies.add(key("fn", function.name()), keys(facts.uses()));
        }
    }

    private void bindInitialisers() {
        for (var let : symbols.lets.values()) {
            var uses = new Uses();
            new Binder(symbols, resolution, new Scope.TopLevel(symbols), uses, true).bind(let.value());
            dependencies.add(key("let", let.name()), keys(uses));
            calls.addAll(uses.calls);
        }
    }

    private static Set<String> keys(Uses uses) {
        var keys = new HashSet<String>();
        uses.functions.forEach(name -> keys.add(key("fn", name)));
        uses.lets.forEach(name -> keys.add(key("let", name)));
        return keys;
    }

    private static String key(String kind, String name) {
        return kind + " " + name;
    }

    private void orderInitialisers() {
        for (var group : dependencies.groups()) {
            var lets = group.stream()
                    .filter(key -> key.startsWith("let "))
                    .map(key -> symbols.lets.get(key.substring(key.indexOf(' ') + 1)))
                    .toList();
            boolean isCycle = group.size() > 1 || dependencies.needsItself(group.get(0));
            if (!lets.isEmpty() && isCycle) {
                var names = lets.stream().map(Let::name).collect(Collectors.joining(", "));
                symbols.error("E008", lets.get(0).id(), "top-level values need each other: " + names);
            }
            lets.forEach(kinds::initialiser);
            initialisers.addAll(lets);
        }
    }

    private void checkFunctionKinds() {
        functions.forEach((name, facts) -> kinds.function(facts.function(), facts.variables()));
    }

    private void checkStreams() {
        var names = new StreamChecker.Names(resolution, kinds, connectors);
        for (var stream : symbols.streams.values()) {
            var facts = new StreamChecker(stream, symbols, types, names).check(streams.size());
            streams.add(facts.stream());
            calls.addAll(facts.calls());
        }
    }

    private Set<String> dependents(Predicate<Uses> wanted) {
        var direct = new HashSet<String>();
        functions.forEach((name, facts) -> {
            if (wanted.test(facts.uses())) {
                direct.add(key("fn", name));
            }
        });
        return dependencies.dependents(direct);
    }

    private void checkEmitters() {
        var emitters = dependents(uses -> uses.emits);
        for (var call : calls) {
            if (emitters.contains(key("fn", call.function().name()))) {
                var message = "`" + call.function().name() + "` emits and is called outside of `.process`";
                var hint = "write `.process(" + call.function().name() + "(…))`";
                symbols.diagnostics.error("E052", call.function().at(), message, hint);
            }
        }
    }

    private void refuseLater() {
        for (var pattern : program.all(Declaration.Pattern.class)) {
            symbols.later(new Id(pattern.at(), "pattern"), "`pattern`");
            new Patterns(symbols, kinds).check(pattern);
        }
        for (var imported : program.all(Declaration.Import.class)) {
            symbols.later(new Id(imported.at(), "import"), "`import`");
        }
        for (var config : program.all(Declaration.Config.class)) {
            symbols.later(new Id(config.at(), "config"), "`config`");
        }
    }

    private CheckedProgram result() {
        var emitters = dependents(uses -> uses.emits);
        var readers = dependents(uses -> uses.readsEvent);
        var checked = new LinkedHashMap<String, CheckedFunction>();
        functions.forEach((name, facts) -> {
            var function = facts.function();
            var result = types.resolveOptional(function.result());
            var key = key("fn", name);
            var variables = facts.variables();
            checked.put(
                    name,
                    new CheckedFunction(function, variables, result, emitters.contains(key), readers.contains(key)));
        });
        return new CheckedProgram(
                program,
                types.events(),
                checked,
                List.copyOf(streams),
                List.copyOf(initialisers),
                symbols.connectors,
                symbols.contexts,
                resolution,
                new Routing(streams));
    }
}
