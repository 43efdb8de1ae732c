package dev.skein.job.mcp.stdio;

import java.io.IOException;

/** How the process of a server is made. */
@FunctionalInterface
public interface Launch {
    /** With the rights of this process and without limits. */
    Launch PLAIN = command -> new Started(command.process(System.getenv()).start(), () -> {});

    /** Blocks for as long as that takes. Fails when no process can be made. */
    Started start(ServerCommand command) throws IOException;

    /**
     * A process that leads a group of its own.
     *
     * @param left to be called once, after its end
     */
    record Started(Process process, Runnable left) {}
}
