package dev.skein.cli.local;

import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.terminal.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints the script that lets a shell complete nouns, verbs and flags. */
@Command(
        name = "completion",
        description = "Print the script that completes words in bash, zsh or fish.",
        footer = {
            "skein completion bash > ~/.local/share/bash-completion/completions/skein",
            "skein completion zsh > ~/.zfunc/_skein",
            "skein completion fish > ~/.config/fish/completions/skein.fish"
        })
public final class CompletionCommand implements Callable<Integer> {
    private static final Set<String> SHELLS = Set.of("bash", "zsh", "fish");

    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
    String kind = "";

    public CompletionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (!SHELLS.contains(kind)) {
            throw Failure.usage("there is no completion for " + kind).advise("skein completion bash");
        }
        try (var script = CompletionCommand.class.getResourceAsStream("/completion/skein." + kind)) {
            if (script == null) {
                throw new IllegalStateException("the jar lacks its completion scripts");
            }
            shell.terminal().print(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
