package dev.skein.job.mcp.pool;

import dev.skein.kernel.Check;
import java.time.Duration;

/**
 * Bounds of the pool of one server.
 *
 * @param min connections kept also when nobody calls
 * @param max connections at once
 * @param callsAtOnce calls at once on one connection
 * @param queueMax calls that wait for a connection before new ones are refused
 * @param idleExit how long a connection without a call is kept
 * @param callsMax calls after which a connection is replaced
 * @param memoryMax resident memory of a server and its descendants above which it is killed, in bytes
 */
public record PoolConfig(
        int min, int max, int callsAtOnce, int queueMax, Duration idleExit, long callsMax, long memoryMax) {
    private static final int CONNECTIONS_LIMIT = 64;
    private static final int QUEUE_LIMIT = 100_000;
    public static final PoolConfig DEFAULTS = new PoolConfig(0, 2, 4, 1_000, Duration.ofSeconds(300), 10_000, 1L << 30);

    public PoolConfig {
        Check.between("max", max, 1, CONNECTIONS_LIMIT);
        Check.between("min", min, 0, max);
        Check.between("calls-at-once", callsAtOnce, 1, QUEUE_LIMIT);
        Check.between("queue-max", queueMax, 0, QUEUE_LIMIT);
        Check.positive("idle-exit", idleExit);
        Check.between("calls-max", callsMax, 1, Long.MAX_VALUE);
        Check.between("memory-max", memoryMax, 1 << 20, Long.MAX_VALUE);
    }
}
