package dev.skein.cli;

import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Explains commands and topics. */
@Command(
        name = "help",
        description = {
            "Explain a command, or a topic: filters, exit-codes, formats, environment, aliases.",
        },
        footer = {"skein help", "skein help group deploy", "skein help exit-codes"})
final class HelpCommand implements Callable<Integer> {
    static final List<String> TOPICS = List.of("filters", "exit-codes", "formats", "environment", "aliases");

    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(arity = "0..*", paramLabel = "WORD", description = "command or topic")
    List<String> words = List.of();

    HelpCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (words.isEmpty()) {
            return Cli.run(new String[] {"--help"}, shell);
        }
        var word = words.get(0);
        if (word.equals("topics")) {
            TOPICS.forEach(shell.terminal()::printLine);
            return ExitCode.DONE.number;
        }
        if (TOPICS.contains(word)) {
            shell.terminal().print(word.equals("exit-codes") ? exitCodes() : text(word));
            return ExitCode.DONE.number;
        }
        if (Nouns.command(word) == null) {
            var known = new ArrayList<>(Nouns.ALL);
            known.addAll(TOPICS);
            throw new Faults(shell.terminal(), "help", word).unknownWord(word, known, "skein help");
        }
        var asked = new ArrayList<>(words);
        asked.add("--help");
        return Cli.run(asked.toArray(String[]::new), shell);
    }

    private static String exitCodes() {
        var text = new StringBuilder();
        for (var code : ExitCode.values()) {
            text.append("%4d  %s%n".formatted(code.number, code.meaning));
        }
        return text + text("exit-codes");
    }

    private static String text(String topic) {
        try (var text = HelpCommand.class.getResourceAsStream("/help/" + topic + ".txt")) {
            if (text == null) {
                throw Failure.of(ExitCode.FAILED, "the jar lacks its help on " + topic);
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
