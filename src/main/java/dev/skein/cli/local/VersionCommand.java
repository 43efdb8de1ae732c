package dev.skein.cli.local;

import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the version of the jar. */
@Command(name = "version", description = "Print the version.", footer = "skein version")
public final class VersionCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    public VersionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var version = VersionCommand.class.getPackage().getImplementationVersion();
        shell.terminal().printLine("skein " + (version == null ? "unpackaged" : version));
        return 0;
    }
}
