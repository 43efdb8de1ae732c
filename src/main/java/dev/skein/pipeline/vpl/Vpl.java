package dev.skein.pipeline.vpl;

import java.util.List;
import java.util.Set;

/** The front half of the VPL compiler. */
public final class Vpl {
    private Vpl() {}

    /**
     * Checks one program.
     *
     * @param source at most 1 MiB of UTF-8
     * @param clusterConnectors names of connectors known besides those the program declares
     */
    public static Checked check(String source, Set<String> clusterConnectors) {
        return new Checked(List.of(), null);
    }
}
