package dev.skein.router.repository;

import dev.skein.bus.Bus;
import dev.skein.git.Clones;
import dev.skein.git.Source;
import dev.skein.index.workspace.AtlasFollower;
import dev.skein.index.workspace.Repositories.Add;
import dev.skein.index.workspace.Repositories.Added;
import dev.skein.index.workspace.Repositories.Copy;
import dev.skein.index.workspace.Repositories.State;
import dev.skein.index.workspace.Workspaces;
import dev.skein.index.workspace.Workspaces.Create;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is asked for of the copies of this node. Confined to the verticle's event loop. */
final class Copies {
    private static final Logger log = LoggerFactory.getLogger(Copies.class);
    private static final int BUSY_MAX = 16;
    private static final Duration LEADER = Duration.ofSeconds(5);
    private static final Duration CREATE = Duration.ofMinutes(5); // a large directory is walked once
    private static final long UNSURE_MILLIS = 60_000; // after which a lost question has no effect any more
    private static final Set<Kind> UNSURE = Set.of(Kind.TIMEOUT, Kind.UNREACHABLE, Kind.BUSY, Kind.INTERNAL);

    private final Bus bus;
    private final Clones clones;
    private final Bench bench;
    private final Shelf shelf;
    private final AtlasFollower atlas;

    Copies(Bus bus, Clones clones, Bench bench, Folder folder) {
        this.bus = bus;
        this.clones = clones;
        this.bench = bench;
        this.shelf = new Shelf(bench, clones, folder, bus.here().node(), this::renew);
        this.atlas = new AtlasFollower(bus, shelf::follow);
    }

    AtlasFollower atlas() {
        return atlas;
    }

    /** To be called each second. */
    void look() {
        atlas.look();
        shelf.look();
    }

    /** @param name null for all */
    List<Copy> find(@Nullable String name) {
        return shelf.all().stream()
                .filter(copying -> name == null || copying.name.equals(name))
                .map(this::view)
                .toList();
    }

    private Copy view(Copying copying) {
        return copying.view(bus.here().node());
    }

    /** Copies and adds; answers before the end when that takes a while. */
    Future<Added> add(Add request) {
        if (!Workspaces.NAME.matcher(request.name()).matches()) {
            var message = "name must be 1 to 64 letters, digits, dots, dashes or underscores and begin with one of the"
                    + " first two, got " + request.name();
            return Future.failedFuture(new Problem(Kind.INVALID, "invalid_workspace", message, List.of(message)));
        }
        return bench.look(() -> clones.allowed(request.url(), request.ref()))
                .compose(source -> requireFree(request.name()).compose(free -> begin(request, source)));
    }

    /** The leader says so again in the end; to ask it now saves the copying. */
    private Future<?> requireFree(String name) {
        return bus.ask(Workspaces.GET, new Workspaces.Get(name), LEADER).transform(answer -> {
            var problem = Problem.in(answer.cause());
            boolean isFree = problem != null && problem.kind() == Kind.NOT_FOUND;
            var why = answer.succeeded() ? taken("there is a workspace named " + name) : answer.cause();
            return isFree ? Future.succeededFuture() : Future.failedFuture(why);
        });
    }

    private static Problem taken(String message) {
        return Problem.conflict("workspace_exists", message);
    }

    private Future<Added> begin(Add request, Source source) {
        var pending = shelf.pending(request.name());
        if (pending.stream().anyMatch(Copying::isBusy)) {
            return Future.failedFuture(taken("workspace %s is being copied already".formatted(request.name())));
        }
        if (shelf.busy() >= BUSY_MAX) {
            return full();
        }
        pending.forEach(shelf::trash); // that failed before
        var copying = shelf.begin(request.name(), source);
        var work = bring(copying, State.CLONING)
                .compose(done -> offer(copying, request))
                .onFailure(cause -> end(copying, cause));
        copying.work = work;
        return bench.soon(work, () -> new Added(view(copying), null), () -> shelf.trash(copying));
    }

    private static <T> Future<T> full() {
        var message = "%d repositories are being copied on this node already; ask again later".formatted(BUSY_MAX);
        return Future.failedFuture(new Problem(Kind.LIMITED, "too_many_copies", message, List.of()));
    }

    private Future<?> bring(Copying copying, State during) {
        copying.is(State.WAITING);
        return bench.copy(() -> {
                    var watch = clones.watch(copying.directory);
                    copying.begins(during, watch);
                    return clones.bring(copying.source, copying.directory, watch);
                })
                .onSuccess(head -> copying.commit = head.commit());
    }

    private Future<Added> offer(Copying copying, Add request) {
        if (copying.isCalledOff()) {
            return Future.failedFuture(calledOff());
        }
        copying.isOffered = true;
        var root = copying.directory.toString();
        var create = new Create(request.name(), root, request.sourceRoots(), request.caller());
        return bus.askAt(bus.here(), Workspaces.CREATE, create, CREATE)
                .compose(view ->
                        copying.isCalledOff() ? takeBack(request) : atlas.look().map(view))
                .map(view -> {
                    copying.is(State.READY);
                    log.info("workspace {} is {} at {}", view.name(), copying.source.url(), copying.commit);
                    return new Added(view(copying), view);
                });
    }

    private static Problem calledOff() {
        return Problem.conflict("git_stopped", "copying the repository was called off");
    }

    private Future<View> takeBack(Add request) {
        return bus.ask(Workspaces.REMOVE, new Workspaces.Remove(request.name(), request.caller()), LEADER)
                .compose(gone -> Future.failedFuture(calledOff()));
    }

    private void end(Copying copying, Throwable cause) {
        var problem = problem(cause);
        boolean isUnsure = copying.isOffered && UNSURE.contains(problem.kind());
        copying.keepMillis = bench.millis() + (isUnsure ? UNSURE_MILLIS : 0);
        copying.failed(problem);
        copying.is(State.FAILED);
        log.info("{} does not become workspace {}: {}", copying.source.url(), copying.name, problem.code());
        shelf.look();
    }

    private static Problem problem(Throwable cause) {
        var problem = Problem.in(cause);
        if (problem == null) {
            log.warn("a repository was not copied", cause);
            return new Problem(Kind.INTERNAL, "the repository was not copied, see the log of the node");
        }
        return problem;
    }

    boolean has(View view) {
        return shelf.of(view).isPresent();
    }

    /** Brings one of this node up to date; answers before the end when that takes a while. */
    Future<Copy> refresh(View view) {
        var copying = shelf.of(view).orElse(null);
        if (copying == null) {
            var message = "workspace %s is a directory, which is looked at by itself".formatted(view.name());
            return Future.failedFuture(Problem.conflict("workspace_not_git", message));
        }
        if (copying.isBusy()) {
            return Future.succeededFuture(view(copying)); // which serves as well
        }
        if (shelf.busy() >= BUSY_MAX) {
            return full();
        }
        return bench.soon(renew(copying), () -> view(copying), () -> log.debug("refreshing failed"));
    }

    private Future<Copy> renew(Copying copying) {
        var work = bring(copying, State.REFRESHING)
                .onSuccess(done -> copying.fault = null)
                .onFailure(cause -> copying.failed(problem(cause)))
                .onComplete(done -> copying.is(State.READY))
                .map(done -> view(copying));
        copying.work = work;
        return work;
    }

    /** Whether there was one that is no workspace. */
    boolean drop(String name) {
        var pending = shelf.pending(name);
        pending.forEach(shelf::trash);
        return !pending.isEmpty();
    }

    /** Ends what goes on; half copies are deleted in the next life. */
    void close() {
        shelf.all().forEach(Copying::callOff);
        bench.close();
    }
}
