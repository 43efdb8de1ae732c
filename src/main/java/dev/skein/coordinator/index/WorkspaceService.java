package dev.skein.coordinator.index;

import dev.skein.bus.Bus;
import dev.skein.coordinator.fleet.Fleet;
import dev.skein.coordinator.index.Workspace.Placed;
import dev.skein.coordinator.leader.Term;
import dev.skein.coordinator.ledger.Audit;
import dev.skein.coordinator.ledger.Ledger;
import dev.skein.coordinator.ledger.Stepped;
import dev.skein.coordinator.placement.Candidate;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Worker;
import dev.skein.index.workspace.Workspaces;
import dev.skein.index.workspace.Workspaces.Atlas;
import dev.skein.index.workspace.Workspaces.Changed;
import dev.skein.index.workspace.Workspaces.Extent;
import dev.skein.index.workspace.Workspaces.Listed;
import dev.skein.index.workspace.Workspaces.Register;
import dev.skein.index.workspace.Workspaces.Remove;
import dev.skein.index.workspace.Workspaces.Removed;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.kernel.Ids;
import dev.skein.kernel.Page;
import dev.skein.kernel.Problem;
import dev.skein.store.Store;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Workspaces in one term of the leader: its endpoints and its clockwork. Confined to the coordinator's event loop. */
public final class WorkspaceService {
    private static final Logger log = LoggerFactory.getLogger(WorkspaceService.class);
    private static final int WORKSPACES_MAX = 10_000;

    private final Bus bus;
    private final Term term;
    private final Ledger ledger;
    private final Fleet fleet;
    private final Map<String, Workspace> byName = new TreeMap<>(); // as in the store
    private long changes;
    private String announced = "";
    private boolean placing;
    private Future<?> last = Future.succeededFuture(); // changes are made one after the other

    private WorkspaceService(Bus bus, Term term, Ledger ledger, Fleet fleet) {
        this.bus = bus;
        this.term = term;
        this.ledger = ledger;
        this.fleet = fleet;
    }

    /** Loads what the store holds. */
    public static Future<WorkspaceService> open(Bus bus, Term term, Ledger ledger, Fleet fleet) {
        var service = new WorkspaceService(bus, term, ledger, fleet);
        return service.load().map(service);
    }

    /** A worker that is new, gone or in another life changes who can be asked, which need not wait for a tick. */
    private void follow(ClusterState before, ClusterState after) {
        if (before.workers() != after.workers()) {
            announce();
        }
    }

    private Future<?> load() {
        return term.store().read(WorkspaceRows::load).onSuccess(all -> {
            byName.clear();
            all.forEach(workspace -> byName.put(workspace.name(), workspace));
        });
    }

    /** Where it is not known whether a change was made, the store says so. */
    private <T> Future<T> write(Store.Work<T> change) {
        return term.store().write(change).recover(cause -> {
            var problem = Problem.in(cause);
            boolean isUnknown = problem != null && problem.code().equals(Store.UNKNOWN);
            return isUnknown ? load().transform(done -> Future.failedFuture(cause)) : Future.failedFuture(cause);
        });
    }

    public Future<?> mount() {
        ledger.listen(this::follow);
        return Future.all(
                bus.serve(Workspaces.REGISTER, this::register).completion(),
                bus.serve(Workspaces.GET, ask -> Future.succeededFuture(view(known(ask.name()))))
                        .completion(),
                bus.serve(Workspaces.LIST, ask -> Future.succeededFuture(list(new Page(ask.limit(), ask.offset()))))
                        .completion(),
                bus.serve(Workspaces.REMOVE, this::remove).completion(),
                bus.serve(Workspaces.ATLAS, ask -> Future.succeededFuture(atlas(ask.version())))
                        .completion());
    }

    private Listed list(Page page) {
        var all = List.copyOf(byName.values());
        return new Listed(page.of(all).stream().map(this::view).toList(), all.size());
    }

    private View view(Workspace workspace) {
        return workspace.view(this::node);
    }

    private @Nullable String node(String worker) {
        return ledger.committed().listed(worker).map(Worker::node).orElse(null);
    }

    private Workspace known(String name) {
        var found = byName.get(name);
        if (found == null) {
            throw Problem.notFound("workspace_not_found", "no workspace " + name);
        }
        return found;
    }

    private Future<View> register(Register request) {
        return inTurn(() -> {
            refuse(request);
            var shards = new TreeMap<String, Placed>();
            for (Extent extent : request.shards()) {
                shards.put(extent.root(), new Placed(extent.files(), extent.bytes(), null, 0));
            }
            var fresh = new Workspace(
                    Ids.uuid(), request.name(), request.root(), request.router(), request.sourceRoots(), shards);
            var audit = new Audit(request.caller(), "workspace.add", request.name(), "ok");
            return write(tx -> WorkspaceRows.insert(tx, fresh))
                    .compose(done -> {
                        byName.put(fresh.name(), fresh);
                        changed();
                        return note(audit);
                    })
                    .compose(noted -> place())
                    .map(placed -> view(byName.getOrDefault(fresh.name(), fresh)));
        });
    }

    private void refuse(Register request) {
        if (byName.containsKey(request.name())) {
            throw Problem.conflict("workspace_exists", "there is a workspace named " + request.name());
        }
        if (byName.size() >= WORKSPACES_MAX) {
            throw Problem.conflict("too_many_workspaces", "there are " + WORKSPACES_MAX + " workspaces already");
        }
        byName.values().stream()
                .filter(other ->
                        other.router().equals(request.router()) && other.root().equals(request.root()))
                .findFirst()
                .ifPresent(other -> {
                    throw Problem.conflict(
                            "workspace_root_taken",
                            "%s on %s is the root of workspace %s already; ask that one, or remove it first"
                                    .formatted(other.root(), other.router(), other.name()));
                });
    }

    private Future<Removed> remove(Remove request) {
        return inTurn(() -> {
            var gone = known(request.name());
            return write(tx -> WorkspaceRows.delete(tx, gone.id()))
                    .compose(done -> {
                        byName.remove(gone.name());
                        changed();
                        return note(new Audit(request.caller(), "workspace.remove", gone.name(), "ok"));
                    })
                    .map(noted -> new Removed(true));
        });
    }

    private Future<?> note(Audit audit) {
        return ledger.step(state -> Stepped.to(state, true).noting(audit));
    }

    private <T> Future<T> inTurn(Supplier<Future<T>> change) {
        var mine = last.transform(before -> {
            try {
                return change.get();
            } catch (Problem refused) {
                return Future.failedFuture(refused);
            }
        });
        last = mine;
        return mine;
    }

    /** To be called each second. */
    public void look() {
        if (!placing && (!plan().isEmpty() || !spares().isEmpty())) {
            placing = true;
            inTurn(this::place)
                    .onFailure(cause -> log.warn("shards could not be placed: {}", cause.getMessage()))
                    .onComplete(done -> placing = false);
        }
        announce(); // a worker may have another life
    }

    private List<ShardPlacer.Move> plan() {
        return ShardPlacer.plan(byName.values(), takers(), this::isGone);
    }

    private List<SparePlacer.Spare> spares() {
        return SparePlacer.plan(byName.values(), takers(), this::isGone);
    }

    private List<String> takers() {
        return fleet.candidates(ledger.committed()).stream()
                .map(Candidate::workerId)
                .filter(id -> node(id) != null)
                .toList();
    }

    /** One that drains still answers, but gives its shards away while it can. */
    private boolean isGone(String worker) {
        var state = ledger.committed();
        return fleet.isGone(state, worker)
                || state.listed(worker)
                        .filter(each -> each.state() == Worker.State.DRAINING)
                        .isPresent();
    }

    private Future<Boolean> place() {
        var moves = plan();
        if (moves.isEmpty()) {
            return spare();
        }
        return write(tx -> WorkspaceRows.place(tx, moves)).map(done -> {
            moves.forEach(this::moved);
            changed();
            return true;
        });
    }

    private Future<Boolean> spare() {
        var spares = spares();
        if (spares.isEmpty()) {
            return Future.succeededFuture(false);
        }
        return write(tx -> WorkspaceRows.spare(tx, spares)).map(done -> {
            for (var each : spares) {
                byName.computeIfPresent(each.workspace().name(), (key, workspace) -> {
                    var placed = workspace.shards().get(each.shard());
                    return placed == null ? workspace : workspace.with(each.shard(), placed.sparedBy(each.worker()));
                });
            }
            changed();
            return true;
        });
    }

    private void moved(ShardPlacer.Move move) {
        var name = move.workspace().name();
        byName.computeIfPresent(name, (key, workspace) -> {
            var placed = workspace.shards().get(move.shard());
            return placed == null ? workspace : workspace.with(move.shard(), placed.on(move.worker()));
        });
        log.info("a shard of workspace {} goes to {}", name, move.worker());
    }

    private Atlas atlas(String version) {
        var views = byName.values().stream().map(this::view).toList();
        var now = version(views);
        return new Atlas(now, now.equals(version) ? null : views);
    }

    private String version(List<View> views) {
        return "%d-%d-%08x".formatted(term.epoch(), changes, views.hashCode());
    }

    private void changed() {
        changes++;
        announce();
    }

    private void announce() {
        var now = version(byName.values().stream().map(this::view).toList());
        if (!now.equals(announced)) {
            announced = now;
            bus.announce(Workspaces.CHANGED, new Changed(now));
        }
    }
}
