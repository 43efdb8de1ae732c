package dev.skein.index;

import dev.skein.config.Settings;
import dev.skein.kernel.Check;
import java.time.Duration;

/**
 * How workspaces are indexed.
 *
 * @param pollInterval how often a router compares its roots with what it knows; longer where looking takes long ({@code
 *     index.poll-interval}, default 1s)
 * @param staleAfter how long a shard counts as fresh after the last comparison ({@code index.stale-after}, default 10s)
 * @param queryDeadline longest wait for the owner of a shard ({@code index.query-deadline}, default 2s)
 * @param shardBytes of sources in one shard, more only where one directory alone has more ({@code
 *     index.shard-bytes-max}, default 32MiB)
 * @param creditBytes of contents on the way to one shard at once ({@code index.credit-bytes}, default 1MiB)
 */
public record IndexConfig(
        Duration pollInterval, Duration staleAfter, Duration queryDeadline, long shardBytes, int creditBytes) {
    private static final long SHARD_MIN = 64L << 10;
    private static final long SHARD_MAX = 1L << 40;
    private static final int CREDIT_MIN = 256 << 10; // one frame
    private static final int CREDIT_MAX = 64 << 20;

    public static final IndexConfig DEFAULTS =
            new IndexConfig(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(2), 32L << 20, 1 << 20);

    public IndexConfig {
        Check.positive("index.poll-interval", pollInterval);
        Check.positive("index.stale-after", staleAfter);
        Check.positive("index.query-deadline", queryDeadline);
        Check.between("index.shard-bytes-max", shardBytes, SHARD_MIN, SHARD_MAX);
        Check.between("index.credit-bytes", creditBytes, CREDIT_MIN, CREDIT_MAX);
    }

    public static IndexConfig from(Settings settings) {
        var poll = settings.duration("index.poll-interval", DEFAULTS.pollInterval);
        var stale = settings.duration("index.stale-after", DEFAULTS.staleAfter);
        var deadline = settings.duration("index.query-deadline", DEFAULTS.queryDeadline);
        long shard = settings.bytes("index.shard-bytes-max", DEFAULTS.shardBytes, SHARD_MIN, SHARD_MAX);
        int credit = (int) settings.bytes("index.credit-bytes", DEFAULTS.creditBytes, CREDIT_MIN, CREDIT_MAX);
        return settings.build(DEFAULTS, () -> new IndexConfig(poll, stale, deadline, shard, credit));
    }
}
