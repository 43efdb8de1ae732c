package dev.skein.coordinator;

import dev.skein.config.Settings;
import dev.skein.coordinator.fleet.Detection;
import dev.skein.kernel.Check;
import java.time.Duration;

/**
 * How the coordinator watches and drives its workers.
 *
 * @param restHeartbeat how often workers known by REST only shall report ({@code coordinator.heartbeat-interval},
 *     default 5s)
 * @param restTimeout silence after which such a worker is unhealthy ({@code coordinator.heartbeat-timeout}, default
 *     15s)
 * @param sweepInterval how often that is looked at and failed placements are tried again ({@code
 *     coordinator.sweep-interval}, default 5s)
 * @param busHeartbeat how often workers on the bus shall report; after twice that silence they are asked ({@code
 *     coordinator.bus-heartbeat-interval}, default 1s)
 * @param suspectAfter silence after which a worker on the bus gets nothing new ({@code coordinator.suspect-after},
 *     default 5s)
 * @param deadAfter silence after which it is unhealthy ({@code coordinator.dead-after}, default 10s)
 * @param leaveDeadline longest time to move the placements of a worker that stops ({@code coordinator.leave-deadline},
 *     default 25s)
 * @param ordersPerWorkerMax orders to one worker at once; the rest wait in line ({@code
 *     coordinator.orders-per-worker-max}, default 8)
 * @param clusterName what people call the cluster ({@code cluster.name}, default {@code skein})
 * @param auditRowsMax lines of the audit to keep ({@code coordinator.audit-rows-max}, default 100000)
 */
public record CoordinatorConfig(
        Duration restHeartbeat,
        Duration restTimeout,
        Duration sweepInterval,
        Duration busHeartbeat,
        Duration suspectAfter,
        Duration deadAfter,
        Duration leaveDeadline,
        int ordersPerWorkerMax,
        String clusterName,
        long auditRowsMax) {
    public static final CoordinatorConfig DEFAULTS = new CoordinatorConfig(
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(25),
            8,
            "skein",
            100_000);

    private static final int ORDERS_LIMIT = 1_000;
    private static final long AUDIT_LIMIT = 100_000_000;
    private static final Duration LEFT_GRACE = Duration.ofMillis(1_500);

    public CoordinatorConfig {
        Check.positive("coordinator.heartbeat-interval", restHeartbeat);
        Check.positive("coordinator.heartbeat-timeout", restTimeout);
        Check.positive("coordinator.sweep-interval", sweepInterval);
        Check.positive("coordinator.bus-heartbeat-interval", busHeartbeat);
        Check.positive("coordinator.suspect-after", suspectAfter);
        Check.positive("coordinator.dead-after", deadAfter);
        Check.positive("coordinator.leave-deadline", leaveDeadline);
        Check.between("coordinator.orders-per-worker-max", ordersPerWorkerMax, 1, ORDERS_LIMIT);
        Check.between("coordinator.audit-rows-max", auditRowsMax, 1, AUDIT_LIMIT);
        longer("coordinator.heartbeat-timeout", restTimeout, "coordinator.heartbeat-interval", restHeartbeat);
        longer("coordinator.dead-after", deadAfter, "coordinator.bus-heartbeat-interval", busHeartbeat);
    }

    /** Reads every key of this record. */
    public static CoordinatorConfig from(Settings settings) {
        var d = DEFAULTS;
        var restHeartbeat = settings.duration("coordinator.heartbeat-interval", d.restHeartbeat);
        var restTimeout = settings.duration("coordinator.heartbeat-timeout", d.restTimeout);
        var sweepInterval = settings.duration("coordinator.sweep-interval", d.sweepInterval);
        var busHeartbeat = settings.duration("coordinator.bus-heartbeat-interval", d.busHeartbeat);
        var suspectAfter = settings.duration("coordinator.suspect-after", d.suspectAfter);
        var deadAfter = settings.duration("coordinator.dead-after", d.deadAfter);
        var leaveDeadline = settings.duration("coordinator.leave-deadline", d.leaveDeadline);
        int orders = settings.integer("coordinator.orders-per-worker-max", d.ordersPerWorkerMax, 1, ORDERS_LIMIT);
        var clusterName = settings.text("cluster.name", d.clusterName);
        long audit = settings.whole("coordinator.audit-rows-max", d.auditRowsMax, 1, AUDIT_LIMIT);
        return settings.build(
                d,
                () -> new CoordinatorConfig(
                        restHeartbeat,
                        restTimeout,
                        sweepInterval,
                        busHeartbeat,
                        suspectAfter,
                        deadAfter,
                        leaveDeadline,
                        orders,
                        clusterName,
                        audit));
    }

    /** When silence means what. */
    public Detection detection() {
        return new Detection(restTimeout, busHeartbeat.multipliedBy(2), suspectAfter, deadAfter, LEFT_GRACE);
    }

    private static void longer(String key, Duration value, String than, Duration floor) {
        if (value.compareTo(floor) <= 0) {
            throw new IllegalArgumentException(key + " must be longer than " + than);
        }
    }
}
