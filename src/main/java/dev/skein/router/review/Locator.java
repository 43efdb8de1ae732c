package dev.skein.router.review;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.cluster.Membership;
import dev.skein.index.workspace.Repositories;
import dev.skein.index.workspace.Repositories.Copy;
import dev.skein.index.workspace.Repositories.Find;
import dev.skein.index.workspace.Workspaces;
import dev.skein.index.workspace.Workspaces.Since;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.kernel.Nearest;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.review.run.Reviews.Origin;
import dev.skein.review.run.Reviews.Place;
import dev.skein.router.review.copy.ReviewCopies;
import io.vertx.core.Future;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Finds where what is to be reviewed lies, and has it brought here when it is a repository. */
final class Locator {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final int TYPING_ERRORS_MAX = 3;

    private final Bus bus;
    private final Membership membership;
    private final ReviewCopies copies;

    Locator(Bus bus, Membership membership, ReviewCopies copies) {
        this.bus = bus;
        this.membership = membership;
        this.copies = copies;
    }

    /** What is copied is kept until it is let go of. */
    Future<Located> locate(Place place) {
        if (!place.git().isEmpty()) {
            return copies.take(place.git(), place.ref()).map(copied -> {
                var origin = new Origin("", place.git(), place.ref(), copied.commit());
                return new Located(copied.root(), copied.name(), origin, null);
            });
        }
        return place.workspace().isEmpty() ? directory(place.root()) : workspace(place.workspace());
    }

    private static Future<Located> directory(String root) {
        try {
            return Future.succeededFuture(new Located(Path.of(root), "", Origin.NONE, null));
        } catch (InvalidPathException e) {
            var message = "the root cannot be a path on this node";
            return Future.failedFuture(new Problem(Kind.INVALID, "no_such_root", message, List.of()));
        }
    }

    void letGo(Located at) {
        copies.letGo(at.root());
    }

    private Future<Located> workspace(String nameOrId) {
        return bus.ask(Workspaces.GET, new Workspaces.Get(nameOrId), DEADLINE)
                .recover(cause -> isUnknown(cause) ? byId(nameOrId) : Future.failedFuture(cause))
                .compose(view -> view.router().equals(bus.here().node()) ? here(view) : elsewhere(view));
    }

    private static boolean isUnknown(Throwable cause) {
        var problem = Problem.in(cause);
        return problem != null && problem.kind() == Kind.NOT_FOUND;
    }

    private Future<View> byId(String id) {
        return bus.ask(Workspaces.ATLAS, new Since(""), DEADLINE).map(atlas -> {
            var all = Objects.requireNonNullElse(atlas.workspaces(), List.<View>of());
            return all.stream().filter(view -> view.id().equals(id)).findFirst().orElseThrow(() -> unknown(id, all));
        });
    }

    private static Problem unknown(String name, List<View> workspaces) {
        var names = workspaces.stream().map(View::name).toList();
        var hint = Nearest.to(name, names, TYPING_ERRORS_MAX).map(near -> "; did you mean " + near + "?");
        return Problem.notFound("workspace_not_found", "no workspace " + name + hint.orElse(""));
    }

    private Future<Located> elsewhere(View view) {
        NodeAddress life = membership
                .life(view.router())
                .orElseThrow(() -> Problem.busy(
                        "review_node_away",
                        "node %s, which has workspace %s, is not there".formatted(view.router(), view.name())));
        return Future.succeededFuture(new Located(Path.of(view.root()), view.name(), Origin.NONE, life));
    }

    private Future<Located> here(View view) {
        return bus.askAt(bus.here(), Repositories.FIND, new Find(view.name(), true), DEADLINE)
                .map(found -> found.copies().stream()
                        .filter(copy -> copy.root().equals(view.root()))
                        .findFirst()
                        .map(copy -> origin(view, copy))
                        .orElse(plain(view)))
                .otherwise(plain(view))
                .map(origin -> new Located(Path.of(view.root()), view.name(), origin, null));
    }

    private static Origin plain(View view) {
        return new Origin(view.name(), "", "", "");
    }

    private static Origin origin(View view, Copy copy) {
        var commit = copy.commit();
        return new Origin(view.name(), copy.url(), copy.ref(), commit == null ? "" : commit);
    }
}
