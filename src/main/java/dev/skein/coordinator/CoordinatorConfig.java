package dev.skein.coordinator;

import dev.skein.config.Settings;
import dev.skein.coordinator.fleet.Detection;
import dev.skein.coordinator.moves.MovesConfig;
import dev.skein.kernel.Check;
import java.time.Duration;

/**
 * How the coordinator watches and drives its workers.
 *
 * @param clusterName what people call the cluster ({@code cluster.name}, default {@code skein})
 * @param sweepInterval how often silent workers known by REST are looked for and failed placements are tried again
 *     ({@code coordinator.sweep-interval}, default 5s)
 * @param leaveDeadline longest time to move the placements of a worker that stops ({@code coordinator.leave-deadline},
 *     default 25s)
 */
public record CoordinatorConfig(
        String clusterName,
        Heartbeats heartbeats,
        Detection detection,
        Duration sweepInterval,
        Duration leaveDeadline,
        Limits limits,
        MovesConfig moves) {

    /**
     * How often workers shall report.
     *
     * @param rest those known by REST only ({@code coordinator.heartbeat-interval}, default 5s)
     * @param bus those on the bus ({@code coordinator.bus-heartbeat-interval}, default 1s)
     */
    public record Heartbeats(Duration rest, Duration bus) {
        public Heartbeats {
            Check.positive("coordinator.heartbeat-interval", rest);
            Check.positive("coordinator.bus-heartbeat-interval", bus);
        }
    }

    /**
     * How much at once and in all.
     *
     * @param ordersPerWorker orders to one worker at once; the rest wait in line ({@code
     *     coordinator.orders-per-worker-max}, default 8)
     * @param auditRows lines of the audit to keep ({@code coordinator.audit-rows-max}, default 100000)
     */
    public record Limits(int ordersPerWorker, long auditRows) {
        private static final int ORDERS_LIMIT = 1_000;
        private static final long AUDIT_LIMIT = 100_000_000;

        public Limits {
            Check.between("coordinator.orders-per-worker-max", ordersPerWorker, 1, ORDERS_LIMIT);
            Check.between("coordinator.audit-rows-max", auditRows, 1, AUDIT_LIMIT);
        }
    }

    public static final CoordinatorConfig DEFAULTS = new CoordinatorConfig(
            "skein",
            new Heartbeats(Duration.ofSeconds(5), Duration.ofSeconds(1)),
            new Detection(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofSeconds(10)),
            Duration.ofSeconds(5),
            Duration.ofSeconds(25),
            new Limits(8, 100_000),
            MovesConfig.DEFAULTS);

    public CoordinatorConfig {
        Check.positive("coordinator.sweep-interval", sweepInterval);
        Check.positive("coordinator.leave-deadline", leaveDeadline);
        longer(
                "coordinator.heartbeat-timeout",
                detection.restTimeout(),
                "coordinator.heartbeat-interval",
                heartbeats.rest);
        longer("coordinator.dead-after", detection.deadAfter(), "coordinator.suspect-after", detection.suspectAfter());
        longer(
                "coordinator.suspect-after",
                detection.suspectAfter(),
                "coordinator.bus-heartbeat-interval",
                heartbeats.bus);
    }

    /** Reads every key of this record. */
    public static CoordinatorConfig from(Settings settings) {
        var name = settings.text("cluster.name", DEFAULTS.clusterName);
        var heartbeats = new Heartbeats(
                settings.duration("coordinator.heartbeat-interval", DEFAULTS.heartbeats.rest),
                settings.duration("coordinator.bus-heartbeat-interval", DEFAULTS.heartbeats.bus));
        var detection = new Detection(
                settings.duration("coordinator.heartbeat-timeout", DEFAULTS.detection.restTimeout()),
                settings.duration("coordinator.suspect-after", DEFAULTS.detection.suspectAfter()),
                settings.duration("coordinator.dead-after", DEFAULTS.detection.deadAfter()));
        var sweep = settings.duration("coordinator.sweep-interval", DEFAULTS.sweepInterval);
        var leave = settings.duration("coordinator.leave-deadline", DEFAULTS.leaveDeadline);
        var limits = new Limits(
                settings.integer(
                        "coordinator.orders-per-worker-max", DEFAULTS.limits.ordersPerWorker, 1, Limits.ORDERS_LIMIT),
                settings.whole("coordinator.audit-rows-max", DEFAULTS.limits.auditRows, 1, Limits.AUDIT_LIMIT));
        var moves = MovesConfig.from(settings);
        return settings.build(
                DEFAULTS, () -> new CoordinatorConfig(name, heartbeats, detection, sweep, leave, limits, moves));
    }

    private static void longer(String key, Duration value, String than, Duration floor) {
        if (value.compareTo(floor) <= 0) {
            throw new IllegalArgumentException(key + " must be longer than " + than);
        }
    }
}
