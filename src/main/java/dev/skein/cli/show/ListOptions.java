package dev.skein.cli.show;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Flags of every command that lists something. */
public final class ListOptions {
    private static final int LIMIT = 50;

    @Mixin
    public ShowOptions show = new ShowOptions();

    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = "only items for which this holds; skein help filters")
    public @Nullable String filter;

    @Option(
            names = "--sort",
            split = ",",
            paramLabel = "FIELD",
            description = "order by these fields; -FIELD for the highest first")
    public List<String> sort = List.of();

    @Option(names = "--limit", paramLabel = "N", description = "show at most N items (default 50; 0 for all)")
    public int limit = LIMIT;

    @Option(
            names = {"-w", "--watch"},
            negatable = true,
            description = "keep showing: redrawn on a terminal, changes as jsonl elsewhere")
    public boolean watch;
}
