package dev.skein.store;

import dev.skein.config.Settings;
import dev.skein.kernel.Check;
import java.time.Duration;

/**
 * How the store keeps its word.
 *
 * @param durability what an acknowledged write survives ({@code store.durability}: {@code fsync}, {@code async} or
 *     {@code memory}, default {@code fsync})
 * @param queueMax writes, and likewise reads, that may wait before more are refused as busy ({@code store.queue-max},
 *     default 10000)
 * @param batchMax writes that share one commit at most ({@code store.batch-max}, default 512)
 * @param closeDeadline longest wait for submitted writes when closing ({@code store.close-deadline}, default 10s)
 */
public record StoreConfig(Durability durability, int queueMax, int batchMax, Duration closeDeadline) {
    public static final StoreConfig DEFAULTS = new StoreConfig(Durability.FSYNC, 10_000, 512, Duration.ofSeconds(10));

    private static final int QUEUE_LIMIT = 1_000_000;
    private static final int BATCH_LIMIT = 10_000;

    public StoreConfig {
        Check.between("store.queue-max", queueMax, 1, QUEUE_LIMIT);
        Check.between("store.batch-max", batchMax, 1, BATCH_LIMIT);
        Check.positive("store.close-deadline", closeDeadline);
    }

    /** Reads every key of this record. */
    public static StoreConfig from(Settings settings) {
        var durability = settings.choice("store.durability", DEFAULTS.durability.word(), Durability.words());
        int queueMax = settings.integer("store.queue-max", DEFAULTS.queueMax, 1, QUEUE_LIMIT);
        int batchMax = settings.integer("store.batch-max", DEFAULTS.batchMax, 1, BATCH_LIMIT);
        var closeDeadline = settings.duration("store.close-deadline", DEFAULTS.closeDeadline);
        return new StoreConfig(Durability.of(durability), queueMax, batchMax, closeDeadline);
    }
}
