package dev.skein.job.mcp;

import dev.skein.kernel.Check;
import java.time.Duration;

/**
 * Bounds of one connection.
 *
 * @param handshake longest wait for the answer to {@code initialize}, {@code tools/list} and {@code ping}
 * @param messageMax largest message in either direction, in bytes
 * @param cancelGrace how long a cancelled call may stay unanswered before the connection counts as spoilt
 * @param stopStep longest wait for the server's end after closing its input, again after SIGTERM and after SIGKILL
 */
public record McpLimits(Duration handshake, int messageMax, Duration cancelGrace, Duration stopStep) {
    private static final int MESSAGE_MIN = 1_024;
    private static final int MESSAGE_LIMIT = 256 << 20;
    public static final McpLimits DEFAULTS =
            new McpLimits(Duration.ofSeconds(20), 16 << 20, Duration.ofSeconds(5), Duration.ofSeconds(2));

    public McpLimits {
        Check.positive("jobs.mcp.handshake", handshake);
        Check.between("jobs.mcp.message-max", messageMax, MESSAGE_MIN, MESSAGE_LIMIT);
        Check.positive("jobs.mcp.cancel-grace", cancelGrace);
        Check.positive("jobs.mcp.stop-step", stopStep);
    }
}
