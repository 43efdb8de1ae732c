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
 * @param overlayBytes of unsaved texts at most ({@code index.overlay-bytes-max}, default 256MiB)
 * @param overlayMemoryBytes of unsaved texts in memory, the others are in files ({@code index.overlay-memory}, default
 *     16MiB)
 * @param sessionLease how long an editor keeps its documents open without a word ({@code index.session-lease}, default
 *     5m)
 * @param readLocal whether a worker reads what lies on its own machine too, instead of having it sent ({@code
 *     index.read-local}, default true)
 * @param cacheKeep how long a worker keeps on disk what it has of shards that are neither its own nor to be copied by
 *     it ({@code index.cache-keep}, default 24h)
 */
public record IndexConfig(
        Duration pollInterval,
        Duration staleAfter,
        Duration queryDeadline,
        long shardBytes,
        int creditBytes,
        long overlayBytes,
        long overlayMemoryBytes,
        Duration sessionLease,
        boolean readLocal,
        Duration cacheKeep) {
    private static final long SHARD_MIN = 64L << 10;
    private static final long SHARD_MAX = 1L << 40;
    private static final int CREDIT_MIN = 256 << 10; // one frame
    private static final int CREDIT_MAX = 64 << 20;

    private static final long OVERLAY_MIN = 1L << 20;
    private static final long OVERLAY_MAX = 1L << 40;

    public static final IndexConfig DEFAULTS = new IndexConfig(
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            32L << 20,
            1 << 20,
            256L << 20,
            16L << 20,
            Duration.ofMinutes(5),
            true,
            Duration.ofHours(24));

    public IndexConfig {
        Check.positive("index.poll-interval", pollInterval);
        Check.positive("index.stale-after", staleAfter);
        Check.positive("index.query-deadline", queryDeadline);
        Check.between("index.shard-bytes-max", shardBytes, SHARD_MIN, SHARD_MAX);
        Check.between("index.credit-bytes", creditBytes, CREDIT_MIN, CREDIT_MAX);
        Check.between("index.overlay-bytes-max", overlayBytes, OVERLAY_MIN, OVERLAY_MAX);
        Check.between("index.overlay-memory", overlayMemoryBytes, 0, OVERLAY_MAX);
        Check.positive("index.session-lease", sessionLease);
        Check.positive("index.cache-keep", cacheKeep);
    }

    public static IndexConfig from(Settings settings) {
        var poll = settings.duration("index.poll-interval", DEFAULTS.pollInterval);
        var stale = settings.duration("index.stale-after", DEFAULTS.staleAfter);
        var deadline = settings.duration("index.query-deadline", DEFAULTS.queryDeadline);
        long shard = settings.bytes("index.shard-bytes-max", DEFAULTS.shardBytes, SHARD_MIN, SHARD_MAX);
        int credit = (int) settings.bytes("index.credit-bytes", DEFAULTS.creditBytes, CREDIT_MIN, CREDIT_MAX);
        long overlay = settings.bytes("index.overlay-bytes-max", DEFAULTS.overlayBytes, OVERLAY_MIN, OVERLAY_MAX);
        long memory = settings.bytes("index.overlay-memory", DEFAULTS.overlayMemoryBytes, 0, OVERLAY_MAX);
        var lease = settings.duration("index.session-lease", DEFAULTS.sessionLease);
        boolean local = settings.flag("index.read-local", DEFAULTS.readLocal);
        var keep = settings.duration("index.cache-keep", DEFAULTS.cacheKeep);
        return settings.build(
                DEFAULTS,
                () -> new IndexConfig(poll, stale, deadline, shard, credit, overlay, memory, lease, local, keep));
    }
}
