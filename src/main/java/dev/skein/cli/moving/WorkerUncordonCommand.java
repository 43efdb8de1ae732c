package dev.skein.cli.moving;

import dev.skein.cli.Shell;
import picocli.CommandLine.Command;

/** Puts workers back into the choice. */
@Command(
        name = "uncordon",
        description = "Let cordoned or drained workers take pipelines again.",
        footer = {
            "skein worker uncordon worker-2",
            "skein worker uncordon worker-2 worker-3",
            "skein worker uncordon worker-2 -o json"
        })
public final class WorkerUncordonCommand extends WorkerChangeCommand {
    public WorkerUncordonCommand(Shell shell) {
        super(shell, "uncordon", Kinds.CORDONED);
    }
}
