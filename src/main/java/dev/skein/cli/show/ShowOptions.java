package dev.skein.cli.show;

import java.util.List;
import picocli.CommandLine.Option;

/** Flags of every command that prints something. */
public final class ShowOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "table (default), wide, json, jsonl, yaml or name")
    public Format format = Format.TABLE;

    @Option(
            names = "--fields",
            split = ",",
            paramLabel = "FIELD",
            description = "show these fields only, in any format; separated by commas")
    public List<String> fields = List.of();

    @Option(
            names = {"-q", "--quiet"},
            description = "print ids only; on failure the error only")
    public boolean quiet;

    @Option(names = "--no-color", description = "no colour, as with NO_COLOR")
    public boolean noColor;
}
