package dev.skein.cli.moving;

import dev.skein.cli.Shell;
import picocli.CommandLine.Command;

/** Takes workers out of the choice. */
@Command(
        name = "cordon",
        description = "Give workers nothing new; they keep what they have.",
        footer = {
            "skein worker cordon worker-2",
            "skein worker cordon worker-2 worker-3 --reason \"being watched\"",
            "skein worker cordon worker-2 -o json"
        })
public final class WorkerCordonCommand extends WorkerChangeCommand {
    public WorkerCordonCommand(Shell shell) {
        super(shell, "cordon", Kinds.CORDONED);
    }
}
