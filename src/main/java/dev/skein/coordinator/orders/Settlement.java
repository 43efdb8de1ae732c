package dev.skein.coordinator.orders;

import dev.skein.coordinator.ledger.Ledger;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.PlacementId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who waits until placements run or have failed. Confined to the coordinator's event loop. */
public final class Settlement implements Ledger.Listener {
    private record Waiter(Set<PlacementId> open, Instant deadline, Promise<@Nullable Void> promise) {}

    private final Ledger ledger;
    private final List<Waiter> waiters = new ArrayList<>();

    public Settlement(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Completes once none of them deploys any more, in the order of that, or when the deadline is over. */
    public Future<@Nullable Void> settled(Collection<PlacementId> placements, Instant deadline) {
        var waiter = new Waiter(new HashSet<>(placements), deadline, Promise.promise());
        waiters.add(waiter);
        finish(ledger.committed());
        return waiter.promise.future();
    }

    @Override
    public void committed(ClusterState before, ClusterState after) {
        finish(after);
    }

    /** Lets go of those whose deadline is over. */
    public void tick(Instant now) {
        release(waiters.stream()
                .filter(waiter -> !now.isBefore(waiter.deadline))
                .toList());
    }

    private void finish(ClusterState state) {
        waiters.forEach(waiter -> waiter.open.removeIf(id -> hasSettled(state, id)));
        release(waiters.stream().filter(waiter -> waiter.open.isEmpty()).toList());
    }

    private void release(List<Waiter> done) {
        waiters.removeAll(done);
        done.forEach(waiter -> waiter.promise.tryComplete());
    }

    private static boolean hasSettled(ClusterState state, PlacementId id) {
        var placement = state.placement(id);
        return placement == null || !placement.isDeploying();
    }
}
