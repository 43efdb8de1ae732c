package dev.skein.coordinator.orders;

import dev.skein.coordinator.fleet.Fleet;
import dev.skein.coordinator.ledger.Ledger;
import dev.skein.coordinator.ledger.Stepped;
import dev.skein.coordinator.placement.Reconciler;
import dev.skein.coordinator.placement.Reconciler.Scope;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Placement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what is planned equal what can be: by level, so it may be called at any time and as often as one likes.
 * Confined to the coordinator's event loop.
 */
public final class Healing {
    private static final Logger log = LoggerFactory.getLogger(Healing.class);

    private static final int SOON_MAX = 20;

    private final Ledger ledger;
    private final Fleet fleet;
    private final Orders orders;
    private int sinceTick;
    private boolean isDue;

    public Healing(Ledger ledger, Fleet fleet, Orders orders) {
        this.ledger = ledger;
        this.fleet = fleet;
        this.orders = orders;
    }

    /** The same at once, or at the next tick when many ask at a time: thousands of workers may come together. */
    public void healSoon() {
        if (sinceTick < SOON_MAX) {
            sinceTick++;
            heal();
        } else {
            isDue = true;
        }
    }

    /** To be called each second. */
    public void tick() {
        sinceTick = 0;
        if (isDue) {
            isDue = false;
            heal();
        }
    }

    /** Commits what {@link #healed} finds; does nothing when all is well. */
    public void heal() {
        ledger.step(state -> Stepped.to(healed(state)))
                .onFailure(cause -> log.warn("placements stay as they are: {}", cause.getMessage()));
    }

    /**
     * Moves what was on workers that are gone, orders again what was ordered in an earlier life or whose answer could
     * not be kept, and gives workers to what has none.
     */
    public ClusterState healed(ClusterState state) {
        var gone = state.takenWorkers()
                .filter(workerId -> fleet.isGone(state, workerId))
                .toList();
        if (gone.isEmpty() && state.unsettled().isEmpty()) {
            return state;
        }
        var lost = Scope.on(state, gone.stream(), placement -> fleet.isGone(state, placement.workerId()));
        var moved = Reconciler.moveAway(state, () -> fleet.candidates(state), lost);
        var stuck = new Scope(moved.unsettled(), this::isStuck);
        var ordered = Reconciler.redeploy(moved, () -> fleet.candidates(moved), stuck);
        return Reconciler.retry(ordered, () -> fleet.candidates(ordered));
    }

    private boolean isStuck(Placement placement) {
        var known = ledger.committed().placement(placement.id());
        return placement.isDeploying()
                && known != null
                && known.isDeploying()
                && known.epoch() == placement.epoch()
                && fleet.reachable(placement.workerId())
                && !orders.inFlight(placement);
    }
}
