package dev.skein.coordinator.moves;

import dev.skein.coordinator.ledger.Stepped;
import dev.skein.coordinator.orders.Control;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Migration;
import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.PlacementId;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.link.HostLink;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Begins moves and sees to it that none is left half done. Confined to the coordinator's event loop. */
final class Mover {
    /**
     * A move that somebody wants.
     *
     * @param target the worker, given the state right then; refuses by throwing a {@link Problem}
     */
    record Wanted(PlacementId placement, Migration.Reason reason, Function<ClusterState, String> target) {}

    /** One that has begun; {@code done} says whether the pipeline has moved, and never fails. */
    record Begun(Migration migration, Future<Boolean> done) {}

    private final Control control;
    private final HostLink link;
    private final MovesConfig config;
    private final InstantSource clock;
    private final MoveMetrics metrics;
    private final Turns all;
    private final Turns perGroup = new Turns(1); // else two pipelines that feed each other could wait for each other
    private final Map<String, PlacementId> active = new HashMap<>();

    Mover(Control control, HostLink link, MovesConfig config, InstantSource clock, MoveMetrics metrics) {
        this.control = control;
        this.link = link;
        this.config = config;
        this.clock = clock;
        this.metrics = metrics;
        this.all = new Turns(config.atOnce());
    }

    /** Completes once it is committed that it moves; what it needs at the target is taken then. */
    Future<Begun> begin(Wanted wanted) {
        return control.ledger().step(state -> begun(state, wanted)).map(attempt -> {
            active.put(attempt.migration().id(), wanted.placement);
            return new Begun(attempt.migration(), run(attempt));
        });
    }

    private Stepped<Attempt> begun(ClusterState state, Wanted wanted) {
        var placement = state.placement(wanted.placement);
        if (placement == null) {
            throw Problem.notFound("pipeline_not_found", "no pipeline " + wanted.placement.name());
        }
        if (!placement.isRunning() || placement.isMoving()) {
            throw Problem.conflict("target_unavailable", placement.id().name() + " is on its way already");
        }
        var target = wanted.target.apply(state);
        var moving = placement.moving(target);
        var migration = Migration.begun(placement, target, wanted.reason, clock.instant());
        var next = state.change(placement.id(), known -> moving).with(migration);
        return Stepped.to(next, new Attempt(this, migration, moving));
    }

    private Future<Boolean> run(Attempt attempt) {
        var migration = attempt.migration();
        return all.take("", () -> attempt.run(perGroup)).onComplete(done -> {
            active.remove(migration.id());
            var known = control.ledger().committed().migrations().get(migration.id());
            metrics.finished(known == null ? migration : known, clock.instant());
        });
    }

    Control control() {
        return control;
    }

    HostLink link() {
        return link;
    }

    MovesConfig config() {
        return config;
    }

    InstantSource clock() {
        return clock;
    }

    /**
     * Repairs what could not be committed when it ended, or was under way in an earlier life; at each sweep.
     *
     * @param others whether somebody else sees to its end
     */
    void sweep(Predicate<Migration> others) {
        var lost = control.ledger().committed().migrations().values().stream()
                .filter(Migration::isUnderWay)
                .filter(migration -> !active.containsKey(migration.id()) && !others.test(migration))
                .toList();
        if (!lost.isEmpty()) {
            control.ledger().step(working -> Stepped.to(abandoned(working, lost)));
        }
    }

    private ClusterState abandoned(ClusterState state, List<Migration> lost) {
        var next = state;
        for (var migration : lost) {
            next = next.with(migration.failed("the coordinator lost track of it", clock.instant()));
            if (!active.containsValue(migration.placement())) {
                next = next.change(migration.placement(), Placement::staying);
            }
        }
        return next;
    }
}
