package dev.skein.coordinator.moves;

import dev.skein.coordinator.orders.Control;
import dev.skein.coordinator.placement.Reconciler;
import dev.skein.coordinator.placement.Reconciler.Scope;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Migration.Reason;
import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.PlacementId;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Workers being emptied. One drain per worker; who asks again meanwhile hears of the same. Confined like its owner. */
final class Drains {
    /**
     * What came of one.
     *
     * @param remaining names of what is still there
     */
    record Outcome(int migrated, List<String> remaining) {}

    private final Control control;
    private final Mover mover;
    private final InstantSource clock;
    private final Map<String, Draining> underWay = new HashMap<>();

    Drains(Control control, Mover mover, InstantSource clock) {
        this.control = control;
        this.mover = mover;
        this.clock = clock;
    }

    /**
     * Moves everything off a worker that gets nothing new any more.
     *
     * @param force whether what is left when time is over is deployed elsewhere without what it had come to
     */
    Future<Outcome> drain(String workerId, Duration longest, boolean force) {
        var known = underWay.get(workerId);
        if (known != null) {
            known.forced |= force;
            return known.outcome();
        }
        var draining = new Draining(this, workerId, clock.instant().plus(longest), force);
        underWay.put(workerId, draining);
        draining.go();
        return draining.outcome().onComplete(done -> underWay.remove(workerId));
    }

    /** Ends those whose time is over, and gives the others another try; to be called each second. */
    void tick() {
        List.copyOf(underWay.values()).forEach(draining -> draining.tick(clock.instant()));
    }

    Control control() {
        return control;
    }

    Future<Mover.Begun> move(PlacementId placement, String from) {
        return mover.begin(new Mover.Wanted(placement, Reason.DRAIN, state -> elsewhere(state, placement, from)));
    }

    private String elsewhere(ClusterState state, PlacementId id, String from) {
        var placement = Objects.requireNonNull(state.placement(id));
        if (!placement.workerId().equals(from)) {
            throw Problem.conflict("target_unavailable", id.name() + " has moved already");
        }
        return Reconciler.elsewhere(state, control.fleet().candidates(state), placement)
                .orElseThrow(() -> Problem.conflict("target_unavailable", Reconciler.NO_ROOM));
    }

    /** Deploys elsewhere at once what nothing can be asked of, or nothing more. */
    ClusterState abandoned(ClusterState state, String workerId, Predicate<Placement> which) {
        var candidates = control.fleet().candidates(state);
        return Reconciler.moveAway(
                state,
                () -> candidates,
                Scope.on(
                        state,
                        Stream.of(workerId),
                        placement -> placement.occupies(workerId)
                                && which.test(placement)
                                && Reconciler.elsewhere(state, candidates, placement)
                                        .isPresent()));
    }
}
