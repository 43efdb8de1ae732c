package dev.skein.coordinator.moves;

import dev.skein.coordinator.ledger.Audit;
import dev.skein.coordinator.ledger.Stepped;
import dev.skein.coordinator.orders.Control;
import dev.skein.coordinator.placement.Balance;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Migration;
import dev.skein.coordinator.state.Migration.Reason;
import dev.skein.coordinator.state.PlacementId;
import dev.skein.coordinator.state.Worker;
import dev.skein.kernel.Page;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Migrations.Cordon;
import dev.skein.pipeline.Migrations.Cordoned;
import dev.skein.pipeline.Migrations.Drain;
import dev.skein.pipeline.Migrations.Drained;
import dev.skein.pipeline.Migrations.Get;
import dev.skein.pipeline.Migrations.ListAll;
import dev.skein.pipeline.Migrations.Listed;
import dev.skein.pipeline.Migrations.Migrate;
import dev.skein.pipeline.Migrations.Rebalance;
import dev.skein.pipeline.Migrations.Rebalanced;
import dev.skein.pipeline.Migrations.Started;
import dev.skein.pipeline.Migrations.View;
import dev.skein.pipeline.Observation.PipelineLoad;
import dev.skein.pipeline.Workers.Caller;
import dev.skein.pipeline.link.HostLink;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything about pipelines that move. Confined to the coordinator's event loop. */
public final class Moves {
    private static final Duration KEPT = Duration.ofHours(1);
    private static final int KEPT_MAX = 10_000;

    private final Control control;
    private final MovesConfig config;
    private final InstantSource clock;
    private final Mover mover;
    private final Drains drains;
    private final Failovers failovers;
    private MoveMetrics metrics = MoveMetrics.NONE;
    private @Nullable Instant rebalanceAt;

    public Moves(Control control, HostLink link, MovesConfig config, InstantSource clock) {
        this.control = control;
        this.config = config;
        this.clock = clock;
        this.mover = new Mover(control, link, config, clock, this::finished);
        this.drains = new Drains(control, mover, clock);
        this.failovers = new Failovers(control.ledger(), clock, this::finished);
        control.ledger().listen(failovers);
    }

    /** Who hears of each end from now on. */
    public void counting(MoveMetrics hearer) {
        metrics = hearer;
    }

    private void finished(Migration migration, Instant now) {
        metrics.finished(migration, now);
    }

    /** Answers once it is committed that the pipeline moves. */
    public Future<Started> migrate(Migrate request) {
        var id = new PlacementId(request.groupId(), request.pipeline());
        var target = request.targetWorkerId();
        var underWay = underWay(id, target);
        if (underWay.isPresent()) {
            return Future.succeededFuture(started(underWay.get()));
        }
        var group = control.ledger().working().groups().get(request.groupId());
        if (group == null || group.deleting()) {
            return Future.failedFuture(Problem.notFound("group_not_found", "no pipeline group " + request.groupId()));
        }
        return mover.begin(new Mover.Wanted(id, Reason.MANUAL, state -> checked(state, id, target)))
                .onSuccess(begun -> note(request.caller(), "pipeline.migrate", id.name() + " to " + target))
                .map(begun -> started(begun.migration()));
    }

    private Optional<Migration> underWay(PlacementId id, String target) {
        return control.ledger().working().migrations().values().stream()
                .filter(Migration::isUnderWay)
                .filter(migration ->
                        migration.placement().equals(id) && migration.target().equals(target))
                .findFirst();
    }

    private String checked(ClusterState state, PlacementId id, String target) {
        if (state.listed(target).isEmpty()) {
            throw Problem.notFound("worker_not_found", "no worker " + target);
        }
        if (Objects.requireNonNull(state.placement(id)).workerId().equals(target)) {
            throw Problem.invalid(id.name() + " runs on " + target + " already");
        }
        boolean free = control.fleet().candidates(state).stream()
                .anyMatch(candidate ->
                        candidate.workerId().equals(target) && candidate.running() < candidate.maxPipelines());
        if (!free) {
            throw Problem.conflict("target_unavailable", "worker " + target + " is not ready or has no room");
        }
        return target;
    }

    private static Started started(Migration migration) {
        var placement = migration.placement();
        return new Started(migration.id(), placement.name(), placement.groupId(), "started");
    }

    private void note(Caller caller, String what, String target) {
        control.ledger().step(state -> Stepped.to(state).noting(new Audit(caller, what, target, "ok")));
    }

    /** Answers when the worker is empty, when nothing more can be done for that, or when time is over. */
    public Future<Drained> drain(Drain request) {
        var seconds = request.timeoutSecs();
        var longest = seconds == null ? config.drainDeadline() : Duration.ofSeconds(Math.max(1, seconds));
        var id = request.workerId();
        return control.ledger()
                .step(state -> Stepped.to(state.with(listed(state, id).draining()))
                        .noting(new Audit(request.caller(), "worker.drain", withReason(id, request.reason()), "ok")))
                .compose(done -> drains.drain(id, longest, request.force()))
                .map(outcome -> drained(id, outcome));
    }

    private static Drained drained(String workerId, Drains.Outcome outcome) {
        boolean empty = outcome.remaining().isEmpty();
        return new Drained(
                workerId, outcome.migrated(), empty ? "drained" : "draining", empty ? null : outcome.remaining());
    }

    /** Empties a worker that is about to stop; what does not move in time is deployed elsewhere. */
    public Future<Integer> relieve(String workerId, Duration longest) {
        return control.ledger()
                .step(state -> Stepped.to(state.listed(workerId)
                        .map(worker -> state.with(worker.draining()))
                        .orElse(state)))
                .compose(done -> drains.drain(workerId, longest, true))
                .map(Drains.Outcome::migrated);
    }

    public Future<Cordoned> cordon(Cordon request) {
        var id = request.workerId();
        var what = request.cordoned() ? "worker.cordon" : "worker.uncordon";
        return control.ledger()
                .step(state -> Stepped.to(state.with(turned(listed(state, id), request.cordoned())))
                        .noting(new Audit(request.caller(), what, withReason(id, request.reason()), "ok")))
                .onSuccess(done -> control.healing().heal())
                .map(done -> new Cordoned(id, request.cordoned()));
    }

    /** Also ends a drain: uncordoned means that it gets new pipelines again. */
    private static Worker turned(Worker worker, boolean cordoned) {
        if (!cordoned) {
            return worker.active();
        }
        return worker.state() == Worker.State.DRAINING ? worker : worker.cordoned();
    }

    private static Worker listed(ClusterState state, String workerId) {
        return state.listed(workerId).orElseThrow(() -> Problem.notFound("worker_not_found", "no worker " + workerId));
    }

    private static String withReason(String workerId, @Nullable String reason) {
        return reason == null || reason.isBlank() ? workerId : workerId + ": " + reason;
    }

    public Future<Rebalanced> rebalance(Rebalance request) {
        note(request.caller(), "cluster.rebalance", "");
        return evenOut();
    }

    private Future<Rebalanced> evenOut() {
        var state = control.ledger().working();
        var shifts = Balance.plan(state, control.fleet().candidates(state), this::eventsIn);
        var begun = shifts.stream()
                .map(shift -> mover.begin(new Mover.Wanted(
                                shift.placement().id(),
                                Reason.REBALANCE,
                                now -> checked(now, shift.placement().id(), shift.target())))
                        .map(each -> List.of(each.migration().id()))
                        .otherwise(List.of()))
                .toList();
        return Future.join(begun).otherwiseEmpty().map(done -> {
            var ids = begun.stream().flatMap(each -> each.result().stream()).toList();
            return new Rebalanced(ids.size(), ids);
        });
    }

    private long eventsIn(PlacementId id) {
        var placement = control.ledger().working().placement(id);
        return placement == null
                ? 0
                : control.fleet()
                        .traffic()
                        .load(placement)
                        .map(PipelineLoad::eventsIn)
                        .orElse(0L);
    }

    /** A process has joined: once no more do, the load is evened out. */
    public void joined() {
        if (config.autoRebalance()) {
            rebalanceAt = clock.instant().plus(config.settling());
        }
    }

    public Future<View> get(Get request) {
        var migration = control.ledger().committed().migrations().get(request.migrationId());
        return migration == null
                ? Future.failedFuture(Problem.notFound("migration_not_found", "no migration " + request.migrationId()))
                : Future.succeededFuture(view(migration));
    }

    public Future<Listed> list(ListAll request) {
        var all = List.copyOf(control.ledger().committed().migrations().values());
        var page = new Page(request.limit(), request.offset())
                .of(all).stream().map(this::view).toList();
        return Future.succeededFuture(new Listed(page, all.size()));
    }

    private View view(Migration migration) {
        return new View(
                migration.id(),
                migration.placement().name(),
                migration.placement().groupId(),
                migration.source(),
                migration.target(),
                migration.status(),
                migration.reason().word(),
                migration.elapsed(clock.instant()).toMillis(),
                migration.stateMoved());
    }

    /** To be called each second. */
    public void tick() {
        drains.tick();
        if (rebalanceAt != null && !clock.instant().isBefore(rebalanceAt)) {
            rebalanceAt = null;
            evenOut();
        }
    }

    /** To be called at each sweep. */
    public void sweep() {
        mover.sweep(failovers::knows);
        forgetOld();
    }

    private void forgetOld() {
        var before = clock.instant().minus(KEPT);
        var finished = control.ledger().committed().migrations().values().stream()
                .filter(migration -> !migration.isUnderWay())
                .toList();
        int surplus = Math.max(0, finished.size() - KEPT_MAX);
        var old = new java.util.ArrayList<String>();
        for (int i = 0; i < finished.size(); i++) {
            var end = finished.get(i).finishedAt();
            if (i < surplus || (end != null && end.isBefore(before))) {
                old.add(finished.get(i).id());
            }
        }
        if (!old.isEmpty()) {
            control.ledger().step(state -> Stepped.to(state.withoutMigrations(old)));
        }
    }
}
