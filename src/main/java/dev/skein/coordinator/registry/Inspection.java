package dev.skein.coordinator.registry;

import dev.skein.coordinator.fleet.Fleet;
import dev.skein.coordinator.fleet.Liveness.Health;
import dev.skein.coordinator.ledger.Ledger;
import dev.skein.coordinator.ledger.Stepped;
import dev.skein.coordinator.orders.Healing;
import dev.skein.coordinator.orders.Orders;
import dev.skein.coordinator.placement.Reconciler;
import dev.skein.coordinator.placement.Reconciler.Scope;
import dev.skein.coordinator.placement.Reports;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Leftover;
import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.PlacementId;
import dev.skein.coordinator.state.Worker;
import dev.skein.pipeline.Hosting.Listed;
import dev.skein.pipeline.Workers.Running;
import dev.skein.pipeline.link.HostLink;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares what a worker runs with what it should. Confined to the coordinator's event loop. */
final class Inspection {
    private static final Logger log = LoggerFactory.getLogger(Inspection.class);

    private final Ledger ledger;
    private final Fleet fleet;
    private final Orders orders;
    private final Healing healing;
    private final HostLink link;

    Inspection(Ledger ledger, Fleet fleet, Orders orders, Healing healing, HostLink link) {
        this.ledger = ledger;
        this.fleet = fleet;
        this.orders = orders;
        this.healing = healing;
        this.link = link;
    }

    /** Asks the worker what it runs; until it has answered or failed to, it counts as registering. */
    void ask(Worker worker) {
        fleet.turned(worker.id(), Health.INSPECTED);
        link.list(worker.host())
                .map(Inspection::reportOf)
                .onSuccess(reported -> found(worker, reported))
                .onFailure(cause -> {
                    log.warn("worker {} does not say what it runs: {}", worker.id(), cause.getMessage());
                    release(worker);
                    healing.heal();
                });
    }

    /** The state after a worker said, on registering, what it runs; what it lost is deployed to it again. */
    ClusterState registered(ClusterState state, Worker worker, List<Running> reported) {
        var stray = Reports.toStop(state, worker.id(), reported).stream()
                .map(pipelineId -> new Leftover(worker.id(), pipelineId))
                .toList();
        var adopted = Reports.adopt(state, worker.id(), reported).withLeftovers(stray);
        boolean all = adopted.placementsOn(worker.id()).noneMatch(placement -> isLost(placement, worker, reported));
        return all
                ? adopted
                : Reconciler.redeploy(
                        adopted,
                        () -> fleet.candidates(adopted),
                        Scope.on(adopted, Stream.of(worker.id()), placement -> isLost(placement, worker, reported)));
    }

    /**
     * What a heartbeat says is acted on at once, except an absence: that must be said twice, as answers may overtake
     * it.
     */
    void heard(String workerId, List<Running> reported) {
        var state = ledger.committed();
        var missing = Reports.missing(state, workerId, reported);
        var lost = Set.copyOf(
                missing.stream().filter(fleet.of(workerId).missing()::contains).toList());
        fleet.change(workerId, worker -> worker.missing(missing));
        if (!lost.isEmpty() || Reports.adopt(state, workerId, reported) != state) {
            log.info("worker {} reports a difference, {} placements lost", workerId, lost.size());
            ledger.step(working -> {
                var adopted = Reports.adopt(working, workerId, reported);
                return Stepped.to(Reconciler.redeploy(
                        adopted,
                        () -> fleet.candidates(adopted),
                        new Scope(
                                lost.stream().map(PlacementId::groupId).collect(Collectors.toSet()),
                                placement -> lost.contains(placement.id())
                                        && placement.equals(state.placement(placement.id())))));
            });
        }
    }

    /** What it said before that it misses is there. */
    void asPlanned(String workerId) {
        if (!fleet.of(workerId).missing().isEmpty()) {
            fleet.change(workerId, worker -> worker.missing(Set.of()));
        }
    }

    private void found(Worker worker, List<Running> reported) {
        release(worker);
        ledger.step(state ->
                        Stepped.to(state.listed(worker.id()).isPresent() ? registered(state, worker, reported) : state))
                .onComplete(done -> healing.heal());
    }

    private void release(Worker worker) {
        if (fleet.of(worker.id()).health() == Health.INSPECTED) {
            fleet.turned(worker.id(), Health.ALIVE);
        }
    }

    /** An order that is under way to a worker that does not tell its processes apart may still succeed. */
    private boolean isLost(Placement placement, Worker worker, List<Running> reported) {
        boolean underWay = placement.isDeploying() && worker.instance() == null && orders.inFlight(placement);
        return placement.occupies(worker.id())
                && !underWay
                && reported.stream().noneMatch(running -> Reports.names(running, placement));
    }

    private static List<Running> reportOf(Listed listed) {
        return listed.pipelines().stream()
                .map(hosted -> new Running(hosted.pipelineId(), hosted.groupId(), hosted.name(), hosted.epoch()))
                .toList();
    }
}
