package dev.skein.coordinator.registry;

import dev.skein.coordinator.fleet.Fleet;
import dev.skein.coordinator.ledger.Ledger;
import dev.skein.coordinator.orders.Healing;
import dev.skein.coordinator.orders.Orders;
import dev.skein.coordinator.placement.Reports;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Leftover;
import dev.skein.coordinator.state.Worker;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.Workers.Heartbeat;
import dev.skein.pipeline.Workers.HeartbeatAck;
import dev.skein.pipeline.Workers.Running;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hears workers. Confined to the coordinator's event loop. */
final class Heartbeats {
    private final Ledger ledger;
    private final Fleet fleet;
    private final Orders orders;
    private final Healing healing;
    private final Inspection inspection;

    Heartbeats(Ledger ledger, Fleet fleet, Orders orders, Healing healing, Inspection inspection) {
        this.ledger = ledger;
        this.fleet = fleet;
        this.orders = orders;
        this.healing = healing;
        this.inspection = inspection;
    }

    /** Answers at once, from memory. */
    Future<HeartbeatAck> heard(Heartbeat beat) {
        var state = ledger.committed();
        var worker = state.workers().get(beat.workerId());
        var refusal = refusal(worker, beat);
        if (worker == null || refusal != null) {
            return Future.failedFuture(refusal == null ? unknown(beat) : refusal);
        }
        boolean unasked = fleet.isAwaited(worker.id()) && beat.pipelines() == null;
        boolean woke = fleet.heard(worker.id());
        fleet.worked(state, beat);
        var stops = follow(state, worker, beat);
        if (unasked) {
            inspection.ask(worker);
        } else if (woke) {
            healing.healSoon();
            orders.stopLeftovers();
        }
        return Future.succeededFuture(new HeartbeatAck(true, stops));
    }

    /** Does what follows from its report, and says what it has to stop. */
    private List<String> follow(ClusterState state, Worker worker, Heartbeat beat) {
        var reported = beat.pipelines();
        if (reported == null) {
            return stops(state, beat);
        }
        if (Reports.isAsPlanned(state, worker.id(), reported)) {
            inspection.asPlanned(worker.id());
            return List.of();
        }
        var stops = stops(state, beat);
        release(worker, reported);
        inspection.heard(worker.id(), reported);
        return stops;
    }

    /** Whoever waits for a copy that does not come any more goes on. */
    private void release(Worker worker, List<Running> reported) {
        var waiting = Reports.toRelease(ledger.committed(), worker.id(), reported);
        waiting.stream()
                .filter(Reports.toRelease(ledger.working(), worker.id(), reported)::contains)
                .forEach(running -> orders.release(worker, running.pipelineId(), running.heldFor()));
    }

    private @Nullable Problem refusal(@Nullable Worker worker, Heartbeat beat) {
        if (worker == null) {
            return unknown(beat);
        }
        if (!worker.isListed()) {
            return Problem.notFound("worker_deregistered", "worker " + worker.id() + " was deregistered");
        }
        if (!beat.trusted() && !isKeyOf(worker, beat.presentedKey())) {
            return new Problem(Kind.UNAUTHORIZED, "the heartbeat of worker " + worker.id() + " bears no valid key");
        }
        return ofAnotherProcess(worker, beat);
    }

    /** One that was replaced must not come back; one that is new to the store has to register first. */
    private @Nullable Problem ofAnotherProcess(Worker worker, Heartbeat beat) {
        var instance = beat.instanceId();
        if (instance == null || worker.instance() == null || instance.equals(worker.instance())) {
            return null;
        }
        return fleet.isSuperseded(worker.id(), instance) && fleet.reachable(worker.id())
                ? Problem.conflict("worker_id_taken", "another process is worker " + worker.id() + " by now")
                : unknown(beat);
    }

    private static Problem unknown(Heartbeat beat) {
        return Problem.notFound("worker_not_found", "no worker " + beat.workerId());
    }

    /** Whether it is the key that the worker registered with. */
    static boolean isKeyOf(Worker worker, @Nullable String presented) {
        var key = worker.apiKey().reveal();
        return presented != null && !key.isEmpty() && MessageDigest.isEqual(bytes(key), bytes(presented));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A worker that does not say what it runs is told of everything it may have left over. */
    private static List<String> stops(ClusterState state, Heartbeat beat) {
        return beat.pipelines() == null
                ? state.leftovers().stream()
                        .filter(left -> left.workerId().equals(beat.workerId()))
                        .map(Leftover::pipelineId)
                        .toList()
                : Reports.toStop(state, beat.workerId(), beat.pipelines());
    }
}
