package dev.skein.coordinator.moves;

import dev.skein.coordinator.ledger.Stepped;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Leftover;
import dev.skein.coordinator.state.Migration;
import dev.skein.coordinator.state.Migration.Phase;
import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.Worker;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Hosting.Checkpoint;
import dev.skein.pipeline.Hosting.Deploy;
import dev.skein.pipeline.Hosting.Hold;
import dev.skein.pipeline.Hosting.Restore;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * How one pipeline moves without losing, doubling or reordering an event.
 *
 * The new copy is deployed first, since compiling takes long and disturbs nobody. Then the old copy is brought to rest:
 * it refuses what is new as busy, which routers keep in their lanes and send again, in order; it finishes what it has;
 * and its outputs reach their targets, since the new copy's will take another way that could be shorter. Only then is
 * what it had come to given to the new copy, and the switch committed; from there on the old one is a leftover. Routers
 * learn with the new place that answers from the old one still come, and send nothing there before they have them.
 *
 * Until the switch is committed the old copy is complete: whatever fails, it is released and goes on. A release that is
 * lost is repeated when a heartbeat tells of a copy that waits for nobody.
 */
final class Attempt {
    private static final Logger log = LoggerFactory.getLogger(Attempt.class);

    private final Mover mover;
    private final Migration migration;
    private final Placement moving;
    private final Placement.Move move;
    private String newPipelineId = "";
    private boolean held;

    /** @param moving the placement as it was committed when the move began */
    Attempt(Mover mover, Migration migration, Placement moving) {
        this.mover = mover;
        this.migration = migration;
        this.moving = moving;
        this.move = Objects.requireNonNull(moving.move(), "it does not move");
    }

    Migration migration() {
        return migration;
    }

    /** Whether it has moved; never fails. */
    Future<Boolean> run(Turns perGroup) {
        return Future.succeededFuture()
                .compose(begin -> deploy())
                .compose(ready -> perGroup.take(moving.id().groupId(), this::handOver))
                .compose(this::cleanUp)
                .map(true)
                .recover(this::abort);
    }

    private Future<Boolean> deploy() {
        var group =
                mover.control().ledger().committed().groups().get(moving.id().groupId());
        if (group == null) {
            return Future.failedFuture(gone());
        }
        var source = group.pipelineOf(moving).source();
        var order = new Deploy(moving.id().name(), source, moving.id().groupId(), move.epoch()).following();
        return worker(move.workerId())
                .compose(target -> mover.link().deploy(target.host(), order))
                .compose(deployed -> {
                    newPipelineId = deployed.pipelineId();
                    return newPipelineId.isEmpty()
                            ? Future.failedFuture(new Problem(Problem.Kind.INVALID, "the program was refused there"))
                            : Future.succeededFuture(true);
                });
    }

    private Future<Leftover> handOver() {
        note(Phase.CHECKPOINTING);
        return hold().compose(this::restore).compose(this::switchOver);
    }

    private Future<@Nullable Checkpoint> hold() {
        held = true;
        var wait = mover.config().restDeadline().toMillis();
        return worker(moving.workerId())
                .compose(source -> mover.link()
                        .hold(source.host(), new Hold(moving.pipelineId(), moving.epoch(), move.epoch(), wait)))
                .map(rest -> rest.checkpoint());
    }

    private Future<Boolean> restore(@Nullable Checkpoint checkpoint) {
        note(Phase.RESTORING);
        var state = checkpoint == null ? Checkpoint.NOTHING : checkpoint; // also tells it to begin
        return worker(move.workerId())
                .compose(target -> mover.link().restore(target.host(), new Restore(newPipelineId, state)))
                .map(restored -> checkpoint != null && restored.restored());
    }

    private Future<Leftover> switchOver(boolean stateMoved) {
        note(Phase.SWITCHING);
        var old = new Leftover(moving.workerId(), moving.pipelineId());
        return mover.control().ledger().step(state -> {
            requireUnchanged(state);
            var known = state.migrations().getOrDefault(migration.id(), migration);
            var next = state.change(moving.id(), placement -> placement.moved(newPipelineId))
                    .withLeftovers(List.of(old))
                    .with(known.in(Phase.CLEANING_UP).withState(stateMoved));
            return Stepped.to(next, old);
        });
    }

    private void requireUnchanged(ClusterState state) {
        var group = state.groups().get(moving.id().groupId());
        var placement = state.placement(moving.id());
        boolean same = group != null
                && !group.deleting()
                && placement != null
                && placement.isRunning()
                && placement.pipelineId().equals(moving.pipelineId())
                && move.equals(placement.move());
        if (!same) {
            throw gone();
        }
        if (!mover.control().fleet().reachable(move.workerId())) {
            throw Problem.unreachable("worker " + move.workerId() + " is gone");
        }
    }

    /** The pipeline has moved already, so nothing that goes wrong here is a failure. */
    private Future<Boolean> cleanUp(Leftover old) {
        var control = mover.control();
        return stopped(old)
                .otherwise(false)
                .compose(stopped -> control.ledger()
                        .step(state -> Stepped.to(
                                finished(
                                        state,
                                        known -> known.completed(mover.clock().instant())),
                                true))
                        .otherwise(true));
    }

    private Future<Boolean> stopped(Leftover old) {
        var control = mover.control();
        return control.ledger().committed().leftovers().contains(old)
                ? control.orders().stop(old)
                : Future.succeededFuture(true);
    }

    private Future<Boolean> abort(Throwable cause) {
        var problem = Problem.in(cause);
        var why = problem == null ? "internal error" : problem.sentence();
        log.warn("{} stays on {}: {}", moving.id(), moving.workerId(), why, problem == null ? cause : null);
        if (held) {
            worker(moving.workerId())
                    .onSuccess(source -> mover.control().orders().release(source, moving.pipelineId(), move.epoch()));
        }
        return mover.control()
                .ledger()
                .step(state -> Stepped.to(aborted(state, why), false))
                .otherwise(false);
    }

    private ClusterState aborted(ClusterState state, String why) {
        var left =
                newPipelineId.isEmpty() ? List.<Leftover>of() : List.of(new Leftover(move.workerId(), newPipelineId));
        return finished(state, known -> known.failed(why, mover.clock().instant()))
                .change(moving.id(), placement -> move.equals(placement.move()) ? placement.staying() : placement)
                .withLeftovers(left);
    }

    private ClusterState finished(ClusterState state, java.util.function.UnaryOperator<Migration> end) {
        var known = state.migrations().get(migration.id());
        return known == null || !known.isUnderWay() ? state : state.with(end.apply(known));
    }

    /** For those who look; nothing waits for it to be kept. */
    private void note(Phase phase) {
        mover.control().ledger().step(state -> Stepped.to(finished(state, known -> known.in(phase))));
    }

    private Future<Worker> worker(String id) {
        return mover.control()
                .ledger()
                .committed()
                .listed(id)
                .map(Future::succeededFuture)
                .orElseGet(() -> Future.failedFuture(Problem.unreachable("worker " + id + " is gone")));
    }

    private static Problem gone() {
        return Problem.conflict("stale_epoch", "it was placed anew meanwhile");
    }
}
