package dev.skein.coordinator.view;

import dev.skein.coordinator.fleet.Fleet;
import dev.skein.coordinator.fleet.WorkerStatus;
import dev.skein.coordinator.ledger.Ledger;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Group;
import dev.skein.coordinator.state.Migration;
import dev.skein.coordinator.state.Placement;
import dev.skein.pipeline.Observation.Health;
import dev.skein.pipeline.Observation.Metrics;
import dev.skein.pipeline.Observation.PipelineLoad;
import dev.skein.pipeline.Observation.Summary;
import dev.skein.pipeline.Observation.Sweep;
import dev.skein.pipeline.Observation.WorkerCount;
import dev.skein.pipeline.Workers.Pressure;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Numbers about the present. Confined to the coordinator's event loop. */
public final class Counters {
    private static final double HUNDREDTHS = 100;

    private final Ledger ledger;
    private final Fleet fleet;
    private final InstantSource clock;

    public Counters(Ledger ledger, Fleet fleet, InstantSource clock) {
        this.ledger = ledger;
        this.fleet = fleet;
        this.clock = clock;
    }

    /** Counters of the placements that run on workers that are there, by worker. */
    public Metrics metrics() {
        var state = ledger.committed();
        return new Metrics(state.listed()
                .filter(worker -> !fleet.isGone(state, worker.id()))
                .flatMap(worker -> loads(state, worker.id()))
                .toList());
    }

    /** Ids of groups of which a placement has more than it can do. */
    public Set<String> pressed() {
        var state = ledger.committed();
        return fleet.pressed().stream()
                .filter(worker -> !fleet.isGone(state, worker))
                .flatMap(worker -> loads(state, worker))
                .filter(load -> load.pressure() == Pressure.HIGH)
                .map(PipelineLoad::groupId)
                .collect(Collectors.toSet());
    }

    public Summary summary() {
        var state = ledger.committed();
        var count = workers(state);
        return new Summary(
                count.total(),
                count.healthy(),
                count.unhealthy(),
                count.draining(),
                state.groups().size(),
                (int) state.groups().values().stream()
                        .filter(Counters::isActive)
                        .count(),
                eventsProcessed(state),
                Math.round(fleet.traffic().perSecond(clock.instant()) * HUNDREDTHS) / HUNDREDTHS);
    }

    public Health health(@Nullable Sweep lastSweep) {
        var state = ledger.committed();
        var count = workers(state);
        return new Health(
                word(count), count, state.groups().size(), underWay(state), eventsProcessed(state), lastSweep);
    }

    private static int underWay(ClusterState state) {
        return (int) state.migrations().values().stream()
                .filter(Migration::isUnderWay)
                .count();
    }

    WorkerCount workers(ClusterState state) {
        var statuses = state.listed().map(worker -> fleet.status(state, worker)).toList();
        return new WorkerCount(
                statuses.size(),
                (int) statuses.stream().filter(WorkerStatus::isHealthy).count(),
                (int) statuses.stream()
                        .filter(status -> status == WorkerStatus.UNHEALTHY)
                        .count(),
                (int) statuses.stream()
                        .filter(status -> status == WorkerStatus.DRAINING)
                        .count());
    }

    private static String word(WorkerCount count) {
        if (count.total() == 0) {
            return "no_workers";
        }
        if (count.healthy() == 0) {
            return "critical";
        }
        return count.unhealthy() > 0 ? "degraded" : "healthy";
    }

    private static boolean isActive(Group group) {
        return group.status().equals("running") || group.status().equals("partially_running");
    }

    private long eventsProcessed(ClusterState state) {
        return state.listed()
                .mapToLong(worker -> fleet.eventsProcessed(worker.id()))
                .sum();
    }

    private Stream<PipelineLoad> loads(ClusterState state, String workerId) {
        return state.placementsOn(workerId)
                .filter(Placement::isRunning)
                .flatMap(placement -> fleet.traffic().load(placement).stream());
    }
}
