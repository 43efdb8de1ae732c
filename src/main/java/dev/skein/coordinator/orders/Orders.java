package dev.skein.coordinator.orders;

import dev.skein.coordinator.fleet.Fleet;
import dev.skein.coordinator.ledger.Ledger;
import dev.skein.coordinator.ledger.Stepped;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Group;
import dev.skein.coordinator.state.Leftover;
import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.PlacementId;
import dev.skein.coordinator.state.Worker;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.Hosting.Deploy;
import dev.skein.pipeline.Hosting.Deployed;
import dev.skein.pipeline.Hosting.Release;
import dev.skein.pipeline.link.HostLink;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the difference of two committed states into orders: what deploys under a new epoch is deployed, what is newly
 * left over is stopped. Confined to the coordinator's event loop.
 */
public final class Orders implements Ledger.Listener {
    private static final Logger log = LoggerFactory.getLogger(Orders.class);

    private record Ordered(PlacementId id, long epoch) {}

    private final Ledger ledger;
    private final Fleet fleet;
    private final HostLink link;
    private final Lanes lanes;
    private final Set<Ordered> deploying = new HashSet<>();
    private final Map<Leftover, Future<Boolean>> stopping = new HashMap<>();

    /**
     * The orders of one life of the coordinator.
     *
     * @param ordersMax how many orders one worker gets at once
     */
    public Orders(Ledger ledger, Fleet fleet, HostLink link, int ordersMax) {
        this.ledger = ledger;
        this.fleet = fleet;
        this.link = link;
        this.lanes = new Lanes(ordersMax);
    }

    @Override
    public void committed(ClusterState before, ClusterState after) {
        if (before.groups() != after.groups()) {
            after.groups().values().forEach(group -> deployNew(before.groups().get(group.id()), group));
        }
        after.leftovers().stream()
                .filter(leftover -> !before.leftovers().contains(leftover))
                .forEach(this::stop);
    }

    /** Whether an order to deploy it under its epoch waits for its answer. */
    public boolean inFlight(Placement placement) {
        return deploying.contains(new Ordered(placement.id(), placement.epoch()));
    }

    /** Tries again to stop what is left over on workers that can be reached. */
    public void stopLeftovers() {
        ledger.committed().leftovers().forEach(this::stop);
    }

    /** Tells the worker to stop it; true once it is certain that it does not run any more. */
    public Future<Boolean> stop(Leftover leftover) {
        var worker = ledger.committed().workers().get(leftover.workerId());
        boolean reachable = fleet.reachable(leftover.workerId());
        if (worker == null || (!worker.isListed() && !reachable)) {
            return forget(leftover); // it is not expected back; should it come, its report is compared with the plan
        }
        if (!reachable) {
            return Future.succeededFuture(false);
        }
        var underWay = stopping.get(leftover);
        if (underWay != null) {
            return underWay;
        }
        var stopped = lanes.submit(worker.id(), () -> link.stop(worker.host(), leftover.pipelineId()))
                .map(true)
                .recover(cause -> Future.succeededFuture(isUnknownThere(cause) || !worker.isListed()));
        stopping.put(leftover, stopped);
        return stopped.onComplete(done -> stopping.remove(leftover))
                .compose(gone -> gone ? forget(leftover) : Future.succeededFuture(false));
    }

    /** Tells the worker that no other copy takes this one's place; heartbeats tell when that has to be repeated. */
    public void release(Worker worker, String pipelineId, long heldFor) {
        link.release(worker.host(), new Release(pipelineId, heldFor))
                .onFailure(
                        cause -> log.warn("{} on {} is not released: {}", pipelineId, worker.id(), cause.getMessage()));
    }

    private Future<Boolean> forget(Leftover leftover) {
        return ledger.step(state -> Stepped.to(state.withoutLeftovers(List.of(leftover)), true));
    }

    private static boolean isUnknownThere(Throwable cause) {
        var problem = Problem.in(cause);
        return problem != null && problem.kind() == Kind.NOT_FOUND;
    }

    private void deployNew(@Nullable Group before, Group after) {
        if (before == after) {
            return;
        }
        for (var placement : after.placements()) {
            var known = before == null
                    ? null
                    : before.placement(placement.id().name()).orElse(null);
            if (placement.isDeploying() && (known == null || known.epoch() != placement.epoch())) {
                deploy(after, placement);
            }
        }
    }

    private void deploy(Group group, Placement placement) {
        var ordered = new Ordered(placement.id(), placement.epoch());
        var order =
                new Deploy(placement.id().name(), group.pipelineOf(placement).source(), group.id(), placement.epoch());
        deploying.add(ordered);
        lanes.submit(placement.workerId(), () -> send(placement, order)).onComplete(answer -> {
            deploying.remove(ordered);
            answered(placement, answer);
        });
    }

    private Future<Deployed> send(Placement placement, Deploy order) {
        var current = ledger.committed().placement(placement.id());
        if (current == null || current.epoch() != placement.epoch()) {
            return Future.failedFuture(Problem.conflict("stale_epoch", "it is placed anew by now"));
        }
        return ledger.committed()
                .listed(placement.workerId())
                .map(worker -> link.deploy(worker.host(), order))
                .orElseGet(() -> Future.failedFuture(Problem.unreachable("it is not registered any more")));
    }

    private void answered(Placement placement, AsyncResult<Deployed> answer) {
        ledger.step(state -> Stepped.to(
                        answer.succeeded()
                                ? succeeded(state, placement, answer.result())
                                : accept(state, placement, known -> known.failed(reason(known, answer.cause())))))
                .onFailure(cause -> log.warn("the outcome of {} is not kept: {}", placement.id(), cause.getMessage()));
    }

    private static ClusterState succeeded(ClusterState state, Placement placement, Deployed deployed) {
        var id = deployed.pipelineId();
        if (id.isEmpty()) {
            return accept(state, placement, known -> known.refused(deployed.diagnostics()));
        }
        if (isExpected(state, placement)) {
            return accept(state, placement, known -> known.running(id, deployed.diagnostics()));
        }
        var current = state.placement(placement.id());
        boolean known = current != null
                && current.pipelineId().equals(id)
                && current.workerId().equals(placement.workerId());
        return known ? state : state.withLeftovers(List.of(new Leftover(placement.workerId(), id)));
    }

    private static ClusterState accept(ClusterState state, Placement placement, UnaryOperator<Placement> change) {
        return isExpected(state, placement) ? state.change(placement.id(), change) : state;
    }

    /** Under another epoch, or after the group's deletion began, the answer changes nothing. */
    private static boolean isExpected(ClusterState state, Placement placement) {
        var group = state.groups().get(placement.id().groupId());
        var current = state.placement(placement.id());
        return group != null
                && !group.deleting()
                && current != null
                && current.isDeploying()
                && current.epoch() == placement.epoch();
    }

    private static String reason(Placement placement, Throwable cause) {
        var problem = Problem.in(cause);
        var text = problem == null ? "internal error" : problem.sentence();
        boolean silent = problem != null && (problem.kind() == Kind.UNREACHABLE || problem.kind() == Kind.TIMEOUT);
        return "worker " + placement.workerId() + (silent ? " unreachable: " : ": ") + text;
    }
}
