package dev.skein.cli;

import dev.skein.cli.terminal.ExitCode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** docs/cli.md as the parser's model has it. */
final class CliDocument {
    private static final List<String> SHARED = List.of(
            "-o",
            "--fields",
            "--no-color",
            "-q",
            "--filter",
            "--sort",
            "--limit",
            "-w",
            "--endpoint",
            "--context",
            "--token-file",
            "--api-key",
            "--ca-file",
            "--timeout",
            "--request-id",
            "-v",
            "-h",
            "--yes");

    private final StringBuilder text = new StringBuilder();

    static String of(CommandLine root) {
        var document = new CliDocument();
        document.introduction();
        document.commands(root);
        document.shared(root);
        document.exitCodes();
        return document.text.toString();
    }

    private void introduction() {
        text.append("""
                # Command line

                `bin/skein` finds Java 17 or later, builds the jar on first use, and runs
                `skein <noun> <verb> [name…] [flags]`. The same commands work as `java -jar target/skein.jar …`.
                Nouns may be plural; any unambiguous beginning of an id, or a group's name, stands for it.
                `skein help TOPIC` explains filters, exit-codes, formats, environment and aliases. This page is
                compared with the parser by a test.

                """);
    }

    private void commands(CommandLine root) {
        for (var noun : Nouns.ALL) {
            var spec = root.getSubcommands().get(noun).getCommandSpec();
            text.append("## ").append(noun).append("\n\n");
            sentence(spec);
            if (spec.subcommands().isEmpty()) {
                details(spec);
            } else {
                verbs(noun, spec);
            }
        }
    }

    /** A verb may have verbs of its own. */
    private void verbs(String name, CommandSpec of) {
        of.subcommands().values().stream().distinct().forEach(verb -> {
            var whole = name + " " + verb.getCommandName();
            text.append("### ").append(whole).append("\n\n");
            sentence(verb.getCommandSpec());
            if (verb.getSubcommands().isEmpty()) {
                details(verb.getCommandSpec());
            } else {
                verbs(whole, verb.getCommandSpec());
            }
        });
    }

    private void sentence(CommandSpec spec) {
        text.append(String.join(" ", spec.usageMessage().description())).append("\n\n");
    }

    private void details(CommandSpec spec) {
        text.append("```sh\n");
        Stream.of(spec.usageMessage().footer())
                .forEach(line -> text.append(line.strip()).append('\n'));
        text.append("```\n\n");
        var own = spec.options().stream()
                .filter(option -> !option.hidden() && !isShared(option))
                .toList();
        var names = spec.positionalParameters();
        if (!own.isEmpty() || !names.isEmpty()) {
            text.append("| name or flag | meaning |\n|---|---|\n");
            names.forEach(name -> row(name.paramLabel(), name.description()));
            own.forEach(option -> row(flag(option), option.description()));
            text.append('\n');
        }
        var shared = spec.options().stream().filter(CliDocument::isShared).map(OptionSpec::shortestName);
        text.append("Also ").append(shared.map(name -> "`" + name + "`").collect(Collectors.joining(" ")));
        text.append(".\n\n");
    }

    private void shared(CommandLine root) {
        text.append("## Flags of many commands\n\n| flag | meaning |\n|---|---|\n");
        var list = root.getSubcommands().get("group").getSubcommands();
        for (var name : SHARED) {
            var option = Stream.of(list.get("list"), list.get("delete"))
                    .map(command -> command.getCommandSpec().findOption(name))
                    .filter(found -> found != null)
                    .findFirst()
                    .orElseThrow();
            row(flag(option), option.description());
        }
        text.append('\n');
    }

    private void exitCodes() {
        text.append("## Exit codes\n\n| code | meaning |\n|---|---|\n");
        for (var code : ExitCode.values()) {
            row(Integer.toString(code.number), code.meaning);
        }
    }

    private void row(String name, String... description) {
        text.append("| `").append(name).append("` | ");
        text.append(String.join(" ", description).replace("|", "\\|")).append(" |\n");
    }

    private static boolean isShared(OptionSpec option) {
        return Stream.of(option.names()).anyMatch(SHARED::contains) && !isOfANode(option);
    }

    /** A node's --api-key is its own setting, not a way to sign in. */
    private static boolean isOfANode(OptionSpec option) {
        return option.longestName().equals("--api-key") && option.command().findOption("--endpoint") == null;
    }

    private static String flag(OptionSpec option) {
        var names = Stream.of(option.names())
                .map(name -> option.negatable() ? name.replaceFirst("^--", "--[no-]") : name)
                .collect(Collectors.joining(", "));
        return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
    }
}
