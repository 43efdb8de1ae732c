package dev.skein.worker;

import dev.skein.config.Secret;
import dev.skein.config.Settings;
import dev.skein.kernel.Check;
import dev.skein.worker.hosting.WorkerHost;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one worker behaves.
 *
 * @param id what the cluster calls it ({@code worker.id}, default the node's id)
 * @param maxPipelines pipelines it hosts at once ({@code worker.max-pipelines}, default 100)
 * @param coordinator URL of a coordinator to register with over REST ({@code worker.coordinator}); without it the
 *     worker registers over the bus
 * @param advertise absolute address at which the coordinator reaches this worker's HTTP endpoints
 *     ({@code worker.advertise}, default made from the bound address)
 * @param labels what it can do besides pipelines ({@code worker.labels}, default none)
 * @param apiKey what others must send as {@code x-api-key} to this worker ({@code worker.api-key}, default none)
 * @param joinKey what proves to a coordinator over REST that this worker may join ({@code worker.join-key}, default the
 *     worker's own key)
 * @param heartbeatInterval between two signs of life over the bus ({@code worker.heartbeat-interval}, default 1s); over
 *     REST the coordinator says how often
 * @param lease how long it goes on without an acknowledged sign of life over the bus ({@code worker.lease}, default
 *     10s)
 * @param restLease the same over REST ({@code worker.rest-lease}, default 15s)
 * @param threadsMax most threads for pipelines ({@code worker.threads-max}, default 256)
 * @param inboxEventsMax events that may wait for one pipeline ({@code worker.inbox-events}, default 65536)
 * @param inboxBytesMax what they may weigh ({@code worker.inbox-bytes}, default 32MiB)
 * @param ca PEM file of the authorities believed when a coordinator and workers call each other over HTTPS
 *     ({@code worker.ca}, the machine's usual ones by default)
 */
public record WorkerConfig(
        @Nullable String id,
        int maxPipelines,
        @Nullable String coordinator,
        @Nullable String advertise,
        List<String> labels,
        @Nullable Secret apiKey,
        @Nullable Secret joinKey,
        Duration heartbeatInterval,
        Duration lease,
        Duration restLease,
        int threadsMax,
        int inboxEventsMax,
        long inboxBytesMax,
        @Nullable String ca) {
    public static final WorkerConfig DEFAULTS = new WorkerConfig(
            null,
            100,
            null,
            null,
            List.of(),
            null,
            null,
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            256,
            65_536,
            32 << 20,
            null);

    private static final int PIPELINES_MAX = 100_000;
    private static final int THREADS_MAX = 10_000;
    private static final long INBOX_BYTES_MIN = 64 << 10;
    private static final long INBOX_BYTES_MAX = 4L << 30;

    public WorkerConfig {
        Check.between("worker.max-pipelines", maxPipelines, 1, PIPELINES_MAX);
        Check.between("worker.threads-max", threadsMax, 1, THREADS_MAX);
        Check.between("worker.inbox-events", inboxEventsMax, 1, Integer.MAX_VALUE);
        Check.between("worker.inbox-bytes", inboxBytesMax, INBOX_BYTES_MIN, INBOX_BYTES_MAX);
        Check.positive("worker.heartbeat-interval", heartbeatInterval);
        if (lease.compareTo(heartbeatInterval.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(
                    "worker.lease must be at least twice worker.heartbeat-interval, got " + lease);
        }
        labels = List.copyOf(labels);
    }

    public static WorkerConfig from(Settings settings) {
        var d = DEFAULTS;
        return settings.build(
                d,
                () -> new WorkerConfig(
                        settings.optional("worker.id"),
                        settings.integer("worker.max-pipelines", d.maxPipelines, 1, PIPELINES_MAX),
                        settings.optional("worker.coordinator"),
                        settings.optional("worker.advertise"),
                        settings.list("worker.labels", d.labels),
                        settings.secret("worker.api-key"),
                        settings.secret("worker.join-key"),
                        settings.duration("worker.heartbeat-interval", d.heartbeatInterval),
                        settings.duration("worker.lease", d.lease),
                        settings.duration("worker.rest-lease", d.restLease),
                        settings.integer("worker.threads-max", d.threadsMax, 1, THREADS_MAX),
                        settings.integer("worker.inbox-events", d.inboxEventsMax, 1, Integer.MAX_VALUE),
                        settings.bytes("worker.inbox-bytes", d.inboxBytesMax, INBOX_BYTES_MIN, INBOX_BYTES_MAX),
                        settings.optional("worker.ca")));
    }

    /** The limits of its host. */
    public WorkerHost.Limits hostLimits() {
        return new WorkerHost.Limits(maxPipelines, inboxEventsMax, inboxBytesMax);
    }
}
