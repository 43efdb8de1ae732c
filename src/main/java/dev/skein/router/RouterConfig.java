package dev.skein.router;

import dev.skein.config.Settings;
import dev.skein.kernel.Check;
import dev.skein.router.lane.LaneLimits;
import java.time.Duration;

/**
 * How one router behaves. Every cap holds per placement that events are sent to.
 *
 * @param outboxEvents events that wait ({@code router.outbox-events}, default 1000)
 * @param outboxBytes what they may weigh ({@code router.outbox-bytes}, default 8MiB)
 * @param creditEvents events in flight ({@code router.credit-events}, default 2048)
 * @param creditBytes what they may weigh ({@code router.credit-bytes}, default 1MiB)
 * @param batchEvents events in one delivery ({@code router.batch-events}, default 512)
 * @param batchBytes what they may weigh ({@code router.batch-bytes}, default 256KiB)
 * @param patience longest wait for an answer, in batches for any progress ({@code router.patience}, default 10s)
 * @param refreshInterval how often to ask for tables without a hint ({@code router.refresh-interval}, default 5s)
 * @param forwardWait how long an event's answer waits for the next pipeline once its outputs are kept here
 *     ({@code router.forward-wait}, default 2s)
 * @param hopsMax routes an event may take ({@code router.hops-max}, default 32)
 * @param journalBytes events that nobody waits for, on disk ({@code router.journal-bytes}, default 64MiB)
 */
public record RouterConfig(
        int outboxEvents,
        long outboxBytes,
        int creditEvents,
        long creditBytes,
        int batchEvents,
        long batchBytes,
        Duration patience,
        Duration refreshInterval,
        Duration forwardWait,
        int hopsMax,
        long journalBytes) {
    public static final RouterConfig DEFAULTS = new RouterConfig(
            1_000,
            8 << 20,
            2_048,
            1 << 20,
            512,
            256 << 10,
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            32,
            64 << 20);

    private static final int EVENTS_MAX = 1 << 20;
    private static final long BYTES_MIN = 4 << 10;
    private static final long BYTES_MAX = 1L << 30;
    private static final long JOURNAL_BYTES_MIN = 1 << 20;
    private static final long JOURNAL_BYTES_MAX = 1L << 40;
    private static final int HOPS_MAX = 1_000;
    private static final int DELIVERIES = 8; // in flight at once

    public RouterConfig {
        Check.between("router.outbox-events", outboxEvents, 1, EVENTS_MAX);
        Check.between("router.outbox-bytes", outboxBytes, BYTES_MIN, BYTES_MAX);
        Check.between("router.credit-events", creditEvents, 1, EVENTS_MAX);
        Check.between("router.credit-bytes", creditBytes, BYTES_MIN, BYTES_MAX);
        Check.between("router.batch-events", batchEvents, 1, creditEvents);
        Check.between("router.batch-bytes", batchBytes, BYTES_MIN, creditBytes);
        Check.positive("router.patience", patience);
        Check.positive("router.refresh-interval", refreshInterval);
        Check.positive("router.forward-wait", forwardWait);
        Check.between("router.hops-max", hopsMax, 1, HOPS_MAX);
        Check.between("router.journal-bytes", journalBytes, JOURNAL_BYTES_MIN, JOURNAL_BYTES_MAX);
    }

    public static RouterConfig from(Settings settings) {
        var d = DEFAULTS;
        return settings.build(
                d,
                () -> new RouterConfig(
                        settings.integer("router.outbox-events", d.outboxEvents, 1, EVENTS_MAX),
                        settings.bytes("router.outbox-bytes", d.outboxBytes, BYTES_MIN, BYTES_MAX),
                        settings.integer("router.credit-events", d.creditEvents, 1, EVENTS_MAX),
                        settings.bytes("router.credit-bytes", d.creditBytes, BYTES_MIN, BYTES_MAX),
                        settings.integer("router.batch-events", d.batchEvents, 1, EVENTS_MAX),
                        settings.bytes("router.batch-bytes", d.batchBytes, BYTES_MIN, BYTES_MAX),
                        settings.duration("router.patience", d.patience),
                        settings.duration("router.refresh-interval", d.refreshInterval),
                        settings.duration("router.forward-wait", d.forwardWait),
                        settings.integer("router.hops-max", d.hopsMax, 1, HOPS_MAX),
                        settings.bytes("router.journal-bytes", d.journalBytes, JOURNAL_BYTES_MIN, JOURNAL_BYTES_MAX)));
    }

    /** The caps of each lane. */
    LaneLimits laneLimits() {
        return new LaneLimits(
                outboxEvents,
                outboxBytes,
                DELIVERIES,
                creditEvents,
                creditBytes,
                batchEvents,
                batchBytes,
                patience.toMillis());
    }
}
