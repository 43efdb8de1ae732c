package dev.skein.coordinator.registry;

import dev.skein.config.Secret;
import dev.skein.coordinator.fleet.Fleet;
import dev.skein.coordinator.fleet.Liveness.Health;
import dev.skein.coordinator.ledger.Audit;
import dev.skein.coordinator.ledger.Ledger;
import dev.skein.coordinator.ledger.Stepped;
import dev.skein.coordinator.orders.Healing;
import dev.skein.coordinator.placement.Reports;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Worker;
import dev.skein.kernel.Ids;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Workers.Register;
import dev.skein.pipeline.Workers.Running;
import io.vertx.core.Future;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lets workers in, for the first time or again. Confined to the coordinator's event loop. */
final class Registration {
    private static final Pattern SCHEME = Pattern.compile("https?");

    private final Ledger ledger;
    private final Fleet fleet;
    private final Healing healing;
    private final Inspection inspection;
    private final InstantSource clock;
    private final Runnable joined;

    /** @param joined hears of each new process */
    Registration(
            Ledger ledger, Fleet fleet, Healing healing, Inspection inspection, InstantSource clock, Runnable joined) {
        this.ledger = ledger;
        this.fleet = fleet;
        this.healing = healing;
        this.inspection = inspection;
        this.clock = clock;
        this.joined = joined;
    }

    /** Completes once the worker is in the store; fails with 409 when another live worker holds the id. */
    Future<@Nullable Void> register(Register request) {
        var fault = faultOf(request);
        if (fault != null) {
            return Future.failedFuture(fault);
        }
        var known = ledger.working().workers().get(request.workerId());
        boolean fresh = isFresh(known, request);
        var worker = workerOf(request, known, fresh);
        var report = request.pipelines();
        boolean mustAsk = fresh && report == null && hasPlacements(worker.id());
        if (fresh && known != null && known.instance() != null) {
            fleet.supersede(worker.id(), known.instance());
        }
        fleet.registered(worker.id(), mustAsk ? Health.INSPECTED : Health.ALIVE, foreign(request));
        return ledger.step(state -> fresh ? entered(state, worker, report) : Stepped.to(state.with(worker)))
                .onSuccess(done -> {
                    welcome(worker, request, mustAsk);
                    if (fresh) {
                        joined.run();
                    }
                });
    }

    private Stepped<@Nullable Void> entered(ClusterState state, Worker worker, @Nullable List<Running> report) {
        var next = state.with(worker);
        return Stepped.to(report == null ? next : inspection.registered(next, worker, report))
                .noting(new Audit(Audit.COORDINATOR, "worker.register", worker.id(), "ok"));
    }

    private void welcome(Worker worker, Register request, boolean mustAsk) {
        var report = request.pipelines();
        if (mustAsk) {
            inspection.ask(worker);
        } else if (report != null) {
            inspection.heard(worker.id(), report);
        }
        healing.healSoon();
    }

    private @Nullable Problem faultOf(Register request) {
        if (!Ids.WORKER.matcher(request.workerId()).matches()) {
            return Problem.invalid("worker_id must be 1 to 128 of A-Z a-z 0-9 . _ -");
        }
        if (!isAbsoluteHttp(request.address())) {
            return Problem.invalid("address must be an absolute http or https address");
        }
        var capacity = request.capacity();
        if (capacity.cpuCores() < 1 || capacity.maxPipelines() < 0 || capacity.pipelinesRunning() < 0) {
            return Problem.invalid("capacity: cpu_cores must be at least 1, the other numbers at least 0");
        }
        return isTaken(request)
                ? Problem.conflict(
                        "worker_id_taken",
                        "worker " + request.workerId() + " lives at another address; give its api_key or another id")
                : null;
    }

    private static boolean isAbsoluteHttp(String address) {
        try {
            var uri = URI.create(address);
            return uri.getHost() != null
                    && SCHEME.matcher(String.valueOf(uri.getScheme())).matches();
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private boolean isTaken(Register request) {
        var known = ledger.working().listed(request.workerId());
        return known.isPresent()
                && fleet.of(request.workerId()).isPresent()
                && !known.get().address().equals(request.address())
                && !known.get().apiKey().equals(new Secret(request.apiKey()))
                && !request.mayTakeOver();
    }

    private boolean hasPlacements(String workerId) {
        return ledger.working().placementsOn(workerId).findAny().isPresent();
    }

    private int foreign(Register request) {
        var report = request.pipelines();
        var state = ledger.working();
        return report == null
                ? Math.max(
                        0,
                        request.capacity().pipelinesRunning()
                                - (int) state.placementsOn(request.workerId()).count())
                : Reports.foreign(state, request.workerId(), report);
    }

    /** Whether this is another process than the one that was known, as far as one can tell. */
    private static boolean isFresh(@Nullable Worker known, Register request) {
        return known == null
                || !known.isListed()
                || request.instanceId() == null
                || !request.instanceId().equals(known.instance());
    }

    /** A new process is not drained any more, but somebody's wish to give it nothing outlives it. */
    private static Worker.State stateOf(@Nullable Worker known, boolean fresh) {
        if (known == null || !known.isListed()) {
            return Worker.State.ACTIVE;
        }
        return fresh && known.state() == Worker.State.DRAINING ? Worker.State.ACTIVE : known.state();
    }

    private Worker workerOf(Register request, @Nullable Worker known, boolean fresh) {
        var now = clock.instant();
        return new Worker(
                request.workerId(),
                request.address(),
                new Secret(request.apiKey()),
                request.capacity().cpuCores(),
                request.capacity().maxPipelines(),
                request.instanceId(),
                request.node(),
                request.roles() == null ? List.of() : List.copyOf(request.roles()),
                request.labels() == null ? List.of() : List.copyOf(request.labels()),
                stateOf(known, fresh),
                known == null || fresh ? now : known.registeredAt(),
                null);
    }
}
