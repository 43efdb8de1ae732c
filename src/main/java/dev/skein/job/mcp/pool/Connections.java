package dev.skein.job.mcp.pool;

import dev.skein.job.mcp.McpTransport;
import dev.skein.kernel.Problem;

/** Makes the connections of one pool. */
public interface Connections {
    /** A transport that is not open yet; called on the pool's context. */
    McpTransport connect();

    /** Process behind a transport of this maker, 0 when there is none on this machine. */
    default long process(McpTransport transport) {
        return 0;
    }

    /** Ends the process behind a transport at once. */
    default void kill(McpTransport transport, Problem why) {}
}
