package dev.skein.http.api.workspaces;

import dev.skein.bus.Bus;
import dev.skein.http.cluster.Coordinator;
import dev.skein.http.exchange.Answer;
import dev.skein.index.workspace.Repositories;
import dev.skein.index.workspace.Repositories.Add;
import dev.skein.index.workspace.Repositories.Copy;
import dev.skein.index.workspace.Repositories.Found;
import dev.skein.index.workspace.Repositories.State;
import dev.skein.index.workspace.Workspaces;
import dev.skein.index.workspace.Workspaces.Removed;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of workspaces is copied from repositories. Thread-safe. */
final class RepositoryCalls {
    private static final Duration LOOK = Duration.ofSeconds(3);
    private static final Duration BEGIN = Duration.ofSeconds(30); // its router answers sooner, done or not
    private static final int ACCEPTED = 202;

    private final Coordinator coordinator;
    private final Bus bus;

    RepositoryCalls(Coordinator coordinator, Bus bus) {
        this.coordinator = coordinator;
        this.bus = bus;
    }

    Future<Answer> add(Add add) {
        return bus.askAt(bus.here(), Repositories.ADD, add, BEGIN).map(added -> {
            var view = added.workspace();
            return view == null
                    ? new Answer.Json(ACCEPTED, WorkspaceView.of(added.copy()))
                    : Answer.created(WorkspaceView.of(view, added.copy()));
        });
    }

    Future<Answer> refresh(String name) {
        return bus.askAt(bus.here(), Repositories.REFRESH, new Repositories.Refresh(name), BEGIN)
                .compose(copy -> coordinator
                        .read(Workspaces.GET, new Workspaces.Get(name))
                        .map(view -> WorkspaceView.of(view, copy))
                        .map(view -> copy.state() == State.READY ? Answer.ok(view) : new Answer.Json(ACCEPTED, view)));
    }

    /** A workspace, or what is to become one. */
    Future<WorkspaceView> get(String name) {
        var copies = find(name);
        return coordinator
                .read(Workspaces.GET, new Workspaces.Get(name))
                .compose(view -> copies.map(all -> WorkspaceView.of(view, of(view, all))))
                .recover(cause -> copies.compose(all -> {
                    var pending = pending(all);
                    return pending.isEmpty() || !isUnknown(cause)
                            ? Future.failedFuture(cause)
                            : Future.succeededFuture(WorkspaceView.of(pending.get(0)));
                }));
    }

    /** Of every router that answers. */
    Future<List<Copy>> all() {
        return find(null);
    }

    private Future<List<Copy>> find(@Nullable String name) {
        return bus.askAt(bus.here(), Repositories.FIND, new Repositories.Find(name, false), LOOK)
                .map(Found::copies)
                .otherwise(List.of());
    }

    /** @param unknown the failure if there is nothing to be called off either */
    Future<Removed> drop(String name, Throwable unknown) {
        return bus.askAt(bus.here(), Repositories.DROP, new Repositories.Drop(name, false), LOOK)
                .compose(done ->
                        done.dropped() ? Future.succeededFuture(new Removed(true)) : Future.failedFuture(unknown));
    }

    static boolean isUnknown(Throwable cause) {
        var problem = Problem.in(cause);
        return problem != null && problem.kind() == Kind.NOT_FOUND;
    }

    static @Nullable Copy of(View view, List<Copy> all) {
        return all.stream()
                .filter(copy -> copy.root().equals(view.root())) // a name that is used once
                .findFirst()
                .orElse(null);
    }

    /** Those that are no workspaces yet, or never will be, by name. */
    static List<Copy> pending(List<Copy> all) {
        return all.stream()
                .filter(copy -> !copy.isWorkspace())
                .sorted(Comparator.comparing(Copy::name))
                .toList();
    }
}
