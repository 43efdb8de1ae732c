package dev.skein.pipeline.vpl;

import dev.skein.pipeline.vpl.ast.Declaration;
import dev.skein.pipeline.vpl.ast.Operator;
import dev.skein.pipeline.vpl.ast.Position;
import dev.skein.pipeline.vpl.ast.StreamSource;
import dev.skein.pipeline.vpl.check.Checker;
import dev.skein.pipeline.vpl.syntax.Parser;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The front half of the VPL compiler. */
public final class Vpl {
    private static final int BYTES_MAX = 1 << 20;

    private Vpl() {}

    /**
     * Checks one program.
     *
     * @param source at most 1 MiB of UTF-8
     * @param clusterConnectors names of connectors known besides those the program declares
     */
    public static Checked check(String source, Set<String> clusterConnectors) {
        var types = new HashMap<String, String>();
        clusterConnectors.forEach(name -> types.put(name, ""));
        return check(source, types);
    }

    /**
     * Checks one program.
     *
     * @param source at most 1 MiB of UTF-8
     * @param clusterConnectors type by name of connectors known besides those the program declares; an empty type is
     *     not known and not checked
     */
    public static Checked check(String source, Map<String, String> clusterConnectors) {
        var diagnostics = new Diagnostics();
        if (source.length() > BYTES_MAX || source.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            diagnostics.error("E000", new Position(1, 1), "the program is larger than 1 MiB");
            return new Checked(diagnostics.sorted(), null);
        }
        var parsed = Parser.parse(source, diagnostics);
        var program = Checker.check(parsed, clusterConnectors, diagnostics);
        return new Checked(diagnostics.sorted(), diagnostics.hasErrors() ? null : program);
    }

    /** Names of the connectors that a program uses without declaring them; of a wrong one those that can be seen. */
    public static Set<String> connectors(String source) {
        var program = Parser.parse(source, new Diagnostics()).program();
        var names = new TreeSet<String>();
        for (var stream : program.all(Declaration.Stream.class)) {
            if (stream.source() instanceof StreamSource.From from) {
                names.add(from.connector().name());
            }
            for (var operator : stream.operators()) {
                if (operator instanceof Operator.To to) {
                    names.add(to.connector().name());
                }
            }
        }
        program.all(Declaration.Connector.class).forEach(declared -> names.remove(declared.name()));
        return Collections.unmodifiableSet(names);
    }
}
