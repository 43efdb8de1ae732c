package dev.skein.cli.trust;

import dev.skein.auth.Algorithm;
import dev.skein.auth.Tokens;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gives a node a new key to sign tokens with. */
@Command(
        name = "rotate",
        description = {
            "Make a new key that signs tokens from now on; those of the key before are believed until they end.",
            "A running node notices within seconds. Keys replaced more than an hour ago are removed."
        },
        footer = {
            "skein token rotate",
            "skein token rotate --data-dir data/coordinator",
            "skein token rotate --algorithm ES256"
        })
public final class RotateCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Mixin
    DataFolder data = new DataFolder();

    @Option(names = "--algorithm", paramLabel = "NAME", description = "EdDSA, ES256 or RS256 (default EdDSA)")
    String algorithm = "EdDSA";

    public RotateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var chosen = Algorithm.named(algorithm)
                .orElseThrow(() -> Failure.usage("--algorithm must be EdDSA, ES256 or RS256, got " + algorithm));
        var kids = Tokens.rotate(data.existing(shell), chosen);
        kids.forEach(shell.terminal()::printLine);
        shell.terminal().say("the last of %d keys signs from now on".formatted(kids.size()));
        return ExitCode.DONE.number;
    }
}
