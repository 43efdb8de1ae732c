package dev.skein.coordinator.registry;

import dev.skein.coordinator.fleet.Fleet;
import dev.skein.coordinator.ledger.Audit;
import dev.skein.coordinator.ledger.Ledger;
import dev.skein.coordinator.ledger.Stepped;
import dev.skein.coordinator.moves.Moves;
import dev.skein.coordinator.orders.Control;
import dev.skein.coordinator.orders.Healing;
import dev.skein.coordinator.orders.Settlement;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.PlacementId;
import dev.skein.coordinator.state.Worker;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.Workers.Caller;
import dev.skein.pipeline.Workers.Leave;
import dev.skein.pipeline.Workers.Left;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

/**
 * Workers that go: because they stop, or because somebody wants them gone. Confined to the coordinator's event loop.
 */
final class Departure {
    private static final int DEREGISTERED_MAX = 1_000;

    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final Ledger ledger;
    private final Fleet fleet;
    private final Healing healing;
    private final Settlement settlement;
    private final Moves moves;
    private final InstantSource clock;
    private final Duration leaveDeadline;

    Departure(Control control, Moves moves, InstantSource clock, Duration leaveDeadline) {
        this.ledger = control.ledger();
        this.fleet = control.fleet();
        this.healing = control.healing();
        this.settlement = control.settlement();
        this.moves = moves;
        this.clock = clock;
        this.leaveDeadline = leaveDeadline;
    }

    /** Moves its placements, waits until they run elsewhere or time is up, and deregisters it. */
    Future<Left> leave(Leave request) {
        var worker = ledger.working().listed(request.workerId()).orElse(null);
        if (worker == null) {
            return Future.failedFuture(unknown(request.workerId()));
        }
        if (!request.trusted() && !Heartbeats.isKeyOf(worker, request.presentedKey())) {
            return Future.failedFuture(
                    new Problem(Kind.UNAUTHORIZED, "worker " + worker.id() + " is asked to leave without a valid key"));
        }
        if (request.instanceId() != null && !request.instanceId().equals(worker.instance())) {
            return Future.succeededFuture(new Left(0, List.of())); // another process has taken its place
        }
        var all = ledger.working().placementsOn(worker.id()).map(Placement::id).toList();
        var deadline = clock.instant().plus(leaveDeadline);
        return moves.relieve(worker.id(), moving())
                .compose(moved -> settlement.settled(all, deadline).map(all))
                .compose(moved -> ledger.step(state -> departed(state, worker.id(), moved)))
                .onSuccess(left -> fleet.forget(worker.id()));
    }

    /** Deregisters it at once; its placements are moved and its copies stopped without waiting for that. */
    Future<Boolean> delete(String workerId, Caller caller) {
        return ledger.step(state -> {
            var worker = state.listed(workerId).orElseThrow(() -> unknown(workerId));
            var gone = pruned(state.with(worker.deregistered(clock.instant())));
            return Stepped.to(healing.healed(gone), true).noting(new Audit(caller, "worker.delete", workerId, "ok"));
        });
    }

    /** Takes a worker off the list that was drained and has been silent for long. */
    void forgetDrained(String workerId) {
        ledger.step(state -> Stepped.to(state.listed(workerId)
                .map(worker -> pruned(state.with(worker.deregistered(clock.instant()))))
                .orElse(state)));
    }

    /** What has not moved by then is deployed elsewhere, and that takes a while too. */
    private Duration moving() {
        return leaveDeadline.compareTo(SETTLING.multipliedBy(2)) > 0
                ? leaveDeadline.minus(SETTLING)
                : leaveDeadline.dividedBy(2);
    }

    private Stepped<Left> departed(ClusterState state, String workerId, List<PlacementId> moved) {
        var remaining = moved.stream().filter(id -> !runs(state, id, workerId)).toList();
        var left = new Left(
                moved.size() - remaining.size(),
                remaining.stream().map(PlacementId::name).toList());
        var mine = state.leftovers().stream()
                .filter(leftover -> leftover.workerId().equals(workerId))
                .toList(); // they end with its process
        var next = state.listed(workerId)
                .map(worker -> pruned(state.with(worker.deregistered(clock.instant()))))
                .orElse(state)
                .withoutLeftovers(mine);
        return Stepped.to(next, left).noting(new Audit(Audit.COORDINATOR, "worker.leave", workerId, "ok"));
    }

    private static boolean runs(ClusterState state, PlacementId id, String leaver) {
        var placement = state.placement(id);
        return placement == null // a deleted one is nobody's concern
                || (placement.isRunning() && !placement.workerId().equals(leaver));
    }

    /** Deregistered workers are remembered so that their heartbeats can be told, but not for ever. */
    private static ClusterState pruned(ClusterState state) {
        var gone = state.workers().values().stream()
                .filter(worker -> !worker.isListed())
                .sorted(Comparator.comparing(Worker::registeredAt).reversed())
                .map(Worker::id)
                .toList();
        return gone.size() <= DEREGISTERED_MAX
                ? state
                : state.withoutWorkers(gone.subList(DEREGISTERED_MAX, gone.size()));
    }

    private static Problem unknown(String workerId) {
        return Problem.notFound("worker_not_found", "no worker " + workerId);
    }
}
