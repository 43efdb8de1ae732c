package dev.skein.pipeline.vpl;

import dev.skein.pipeline.vpl.ast.Position;
import dev.skein.pipeline.vpl.check.Checker;
import dev.skein.pipeline.vpl.syntax.Parser;
import java.nio.charset.StandardCharsets;
import java.util.Set;

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
        var diagnostics = new Diagnostics();
        if (source.length() > BYTES_MAX || source.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            diagnostics.error("E000", new Position(1, 1), "the program is larger than 1 MiB");
            return new Checked(diagnostics.sorted(), null);
        }
        var parsed = Parser.parse(source, diagnostics);
        var program = Checker.check(parsed, clusterConnectors, diagnostics);
        return new Checked(diagnostics.sorted(), diagnostics.hasErrors() ? null : program);
    }
}
