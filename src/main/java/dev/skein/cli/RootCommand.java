package dev.skein.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What comes before the first word. */
@Command(
        name = "skein",
        synopsisSubcommandLabel = "NOUN VERB",
        description = "One backend for heavy developer workloads: cluster, pipelines and their tools.",
        footer = {"skein demo", "skein node up", "skein worker list"})
final class RootCommand {
    @Mixin
    HelpFlag help = new HelpFlag();
}
