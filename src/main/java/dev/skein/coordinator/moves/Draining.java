package dev.skein.coordinator.moves;

import dev.skein.coordinator.ledger.Stepped;
import dev.skein.coordinator.moves.Drains.Outcome;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.PlacementId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** One worker being emptied: rounds of moves until nothing is left, nothing helps, or time is over. */
final class Draining {
    private static final int TRIES_MAX = 3;

    private final Drains owner;
    private final String workerId;
    private final Instant deadline;
    private final Promise<Outcome> outcome = Promise.promise();
    private final Map<PlacementId, Integer> tries = new HashMap<>();
    private final Set<PlacementId> moving = new HashSet<>();
    private int migrated;
    boolean forced;

    Draining(Drains owner, String workerId, Instant deadline, boolean forced) {
        this.owner = owner;
        this.workerId = workerId;
        this.deadline = deadline;
        this.forced = forced;
    }

    Future<Outcome> outcome() {
        return outcome.future();
    }

    void tick(Instant now) {
        if (now.isBefore(deadline)) {
            go();
        } else {
            finish();
        }
    }

    /** Starts what can move; to be called again whenever something has changed. */
    void go() {
        if (outcome.future().isComplete()) {
            return;
        }
        var left = state().placementsOn(workerId).toList();
        if (left.isEmpty() && moving.isEmpty()) {
            finish();
            return;
        }
        if (left.stream().anyMatch(placement -> !placement.isRunning())) {
            relocate();
        }
        left.stream().map(Placement::id).filter(this::isWaiting).forEach(this::move);
        boolean nothingHelps = moving.isEmpty() && left.stream().allMatch(this::isGivenUp);
        if (nothingHelps) {
            finish();
        }
    }

    private ClusterState state() {
        return owner.control().ledger().committed();
    }

    /** Asked anew for each, as moves that are answered at once change it. */
    private boolean isWaiting(PlacementId id) {
        var placement = state().placement(id);
        return placement != null
                && placement.occupies(workerId)
                && placement.isRunning()
                && !placement.isMoving()
                && !moving.contains(id)
                && !isGivenUp(placement);
    }

    private boolean isGivenUp(Placement placement) {
        return tries.getOrDefault(placement.id(), 0) >= TRIES_MAX;
    }

    private void move(PlacementId placement) {
        moving.add(placement);
        tries.merge(placement, 1, Integer::sum);
        owner.move(placement, workerId)
                .compose(Mover.Begun::done)
                .otherwise(false)
                .onSuccess(moved -> ended(placement, moved));
    }

    private void ended(PlacementId placement, boolean moved) {
        moving.remove(placement);
        migrated += moved ? 1 : 0;
        if (moved || moving.isEmpty()) {
            go();
        }
    }

    /** What does not run yet has nothing to lose. */
    private void relocate() {
        owner.control()
                .ledger()
                .step(working -> Stepped.to(owner.abandoned(working, workerId, Placement::isDeploying)));
    }

    private void finish() {
        var left = state().placementsOn(workerId).toList();
        if (forced && !left.isEmpty()) {
            forced = false;
            abandonAll();
            return;
        }
        outcome.tryComplete(new Outcome(
                migrated, left.stream().map(placement -> placement.id().name()).toList()));
    }

    private void abandonAll() {
        int before = (int) state().placementsOn(workerId).count();
        owner.control()
                .ledger()
                .step(working -> Stepped.to(owner.abandoned(working, workerId, placement -> true)))
                .onComplete(done -> {
                    migrated += before - (int) state().placementsOn(workerId).count();
                    finish();
                });
    }
}
