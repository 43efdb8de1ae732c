package dev.skein.cli.trust;

import dev.skein.cli.Shell;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The data folder of the node that a command is about. */
public final class DataFolder {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "data folder of the node (or SKEIN_DATA_DIR; default data)")
    @Nullable
    Path dataDir;

    public Path existing(Shell shell) {
        var folder = dataDir == null ? Path.of(shell.environment().getOrDefault("SKEIN_DATA_DIR", "data")) : dataDir;
        if (!Files.isDirectory(folder)) {
            throw Failure.of(ExitCode.NOT_FOUND, "there is no data folder " + folder.toAbsolutePath())
                    .because("a node keeps its keys and its audit there")
                    .advise("--data-dir of the node");
        }
        return folder;
    }
}
