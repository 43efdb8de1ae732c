package dev.skein.pipeline.vpl.check;

import dev.skein.pipeline.vpl.Spelling;
import dev.skein.pipeline.vpl.ast.Declaration;
import dev.skein.pipeline.vpl.ast.Id;
import dev.skein.pipeline.vpl.ast.Operator;
import dev.skein.pipeline.vpl.ast.StreamSource;
import dev.skein.pipeline.vpl.flow.StreamCycles;
import dev.skein.pipeline.vpl.flow.StreamCycles.Link;
import dev.skein.pipeline.vpl.names.Symbols;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks how the streams of a program hang together. */
final class Graph {
    private final Symbols symbols;
    private final List<Link> links = new ArrayList<>();

    Graph(Symbols symbols) {
        this.symbols = symbols;
        symbols.streams.values().forEach(stream -> links.add(link(stream)));
    }

    void check() {
        for (var cycle : StreamCycles.of(links)) {
            var message = "streams feed each other: " + cycle;
            symbols.error("E008", cycle.at(), message);
        }
        warnOfNearMisses();
    }

    private static Link link(Declaration.Stream stream) {
        var produces = stream.name();
        for (var operator : stream.operators()) {
            if (operator instanceof Operator.Emit emit && emit.as() != null) {
                produces = emit.as().name();
            }
        }
        return new Link(stream.name(), sources(stream), produces);
    }

    private static List<Id> sources(Declaration.Stream stream) {
        var sources = new ArrayList<Id>();
        var source = stream.source();
        if (source instanceof StreamSource.Plain plain) {
            sources.add(plain.type());
        } else if (source instanceof StreamSource.FirstStep first) {
            sources.add(first.step().type());
        } else if (source instanceof StreamSource.From from) {
            sources.add(from.type());
        } else if (source instanceof StreamSource.Sequence sequence) {
            sequence.steps().forEach(step -> sources.add(step.type()));
        }
        LaterOperators.inputsOf(source).forEach(input -> sources.add(input.type()));
        for (var operator : stream.operators()) {
            if (operator instanceof Operator.Then then) {
                sources.add(then.step().type());
            }
        }
        return sources;
    }

    /** Undeclared event types are legal; one that looks like a declared one is probably a slip. */
    private void warnOfNearMisses() {
        Set<String> known = new HashSet<>(symbols.events.keySet());
        known.addAll(symbols.streams.keySet());
        known.addAll(symbols.patterns.keySet());
        links.forEach(link -> known.add(link.produces()));
        var spelling = new Spelling();
        for (var link : links) {
            for (var source : link.sources()) {
                var near =
                        known.contains(source.name()) ? null : spelling.nearest(source.name(), symbols.events.keySet());
                if (near != null && !withoutDigits(near).equals(withoutDigits(source.name()))) {
                    var message = "`" + source.name() + "` is not declared, but event `" + near + "` is";
                    symbols.diagnostics.warning("W030", source.at(), message, "did you mean `" + near + "`?");
                }
            }
        }
    }

    private static String withoutDigits(String name) {
        var letters = new StringBuilder();
        name.chars().filter(c -> !Character.isDigit(c)).forEach(c -> letters.append((char) c));
        return letters.toString();
    }
}
