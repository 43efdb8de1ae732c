package dev.skein.coordinator.registry;

import dev.skein.bus.NodeAddress;
import dev.skein.coordinator.CoordinatorConfig;
import dev.skein.coordinator.moves.Moves;
import dev.skein.coordinator.orders.Control;
import dev.skein.kernel.Page;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Observation.Sweep;
import dev.skein.pipeline.Workers.Delete;
import dev.skein.pipeline.Workers.Deleted;
import dev.skein.pipeline.Workers.Get;
import dev.skein.pipeline.Workers.Heartbeat;
import dev.skein.pipeline.Workers.HeartbeatAck;
import dev.skein.pipeline.Workers.Leave;
import dev.skein.pipeline.Workers.Left;
import dev.skein.pipeline.Workers.ListAll;
import dev.skein.pipeline.Workers.Listed;
import dev.skein.pipeline.Workers.Register;
import dev.skein.pipeline.Workers.Registered;
import dev.skein.pipeline.Workers.View;
import dev.skein.pipeline.link.HostLink;
import io.vertx.core.Future;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Everything about workers. Confined to the coordinator's event loop. */
public final class Registry {
    private final CoordinatorConfig config;
    private final Control control;
    private final Registration registration;
    private final Heartbeats heartbeats;
    private final Departure departure;
    private final Watch watch;

    public Registry(CoordinatorConfig config, Control control, Moves moves, HostLink link, InstantSource clock) {
        var ledger = control.ledger();
        var fleet = control.fleet();
        var healing = control.healing();
        var inspection = new Inspection(ledger, fleet, control.orders(), healing, link);
        this.config = config;
        this.control = control;
        this.registration = new Registration(ledger, fleet, healing, inspection, clock, moves::joined);
        this.heartbeats = new Heartbeats(ledger, fleet, control.orders(), healing, inspection);
        this.departure = new Departure(control, moves, clock, config.leaveDeadline());
        this.watch = new Watch(ledger, fleet, healing, link, config.detection(), clock);
    }

    public Future<Registered> register(Register request) {
        var interval = request.node() == null
                ? config.heartbeats().rest()
                : config.heartbeats().bus();
        return registration
                .register(request)
                .map(done -> new Registered(request.workerId(), "registered", (int) Math.max(1, interval.toSeconds())));
    }

    public Future<HeartbeatAck> heartbeat(Heartbeat beat) {
        return heartbeats.heard(beat);
    }

    public Future<View> get(Get request) {
        var state = control.ledger().committed();
        return state.listed(request.workerId())
                .map(worker -> Future.succeededFuture(WorkerViews.of(state, control.fleet(), worker)))
                .orElseGet(() ->
                        Future.failedFuture(Problem.notFound("worker_not_found", "no worker " + request.workerId())));
    }

    public Future<Listed> list(ListAll request) {
        var state = control.ledger().committed();
        var workers = state.listed().toList();
        var page = new Page(request.limit(), request.offset())
                .of(workers).stream()
                        .map(worker -> WorkerViews.of(state, control.fleet(), worker))
                        .toList();
        return Future.succeededFuture(new Listed(page, workers.size()));
    }

    public Future<Deleted> delete(Delete request) {
        return departure.delete(request.workerId(), request.caller()).map(Deleted::new);
    }

    public Future<Left> leave(Leave request) {
        return departure.leave(request);
    }

    /** To be called each second. */
    public void tick() {
        watch.tick();
    }

    /** To be called at each sweep. */
    public void sweep() {
        watch.sweep();
        watch.drainedAndGone().forEach(departure::forgetDrained);
    }

    /** A node was seen to leave the cluster. */
    public void left(NodeAddress node) {
        watch.left(node);
    }

    public @Nullable Sweep lastSweep() {
        return watch.lastSweep();
    }
}
