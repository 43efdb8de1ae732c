package dev.skein.cli;

import picocli.CommandLine.Option;

/** {@code -h}, on every command. */
public final class HelpFlag {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    boolean asked;
}
