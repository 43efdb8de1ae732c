package dev.skein.cli.trust;

import dev.skein.auth.Tokens;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what other nodes need to believe a node's tokens. */
@Command(
        name = "keys",
        description = "Print the public keys of a node, for auth.trusted-keys of other nodes.",
        footer = {
            "skein token keys > coordinator.keys.json",
            "skein token keys --data-dir data/coordinator > coordinator.keys.json",
            "skein token keys --data-dir data/worker-0"
        })
public final class KeysCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Mixin
    DataFolder data = new DataFolder();

    public KeysCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        shell.terminal().printLine(Tokens.publicKeys(data.existing(shell)));
        return ExitCode.DONE.number;
    }
}
