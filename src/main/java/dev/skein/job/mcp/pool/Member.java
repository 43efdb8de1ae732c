package dev.skein.job.mcp.pool;

import dev.skein.job.mcp.McpClient;
import dev.skein.job.mcp.McpTransport;
import java.time.Instant;

/** One connection of a pool. Confined to the pool's context. */
final class Member {
    enum State {
        STARTING,
        READY,
        STOPPING
    }

    final McpTransport transport;
    final McpClient client;
    State state = State.STARTING;
    int inFlight;
    long calls;
    long residentBytes;
    Instant idleSince;
    String cause = "lost"; // of its end, when it ends

    Member(McpTransport transport, McpClient client, Instant now) {
        this.transport = transport;
        this.client = client;
        idleSince = now;
    }

    void begun() {
        inFlight++;
        calls++;
    }

    void done(Instant now) {
        inFlight--;
        idleSince = now;
    }
}
