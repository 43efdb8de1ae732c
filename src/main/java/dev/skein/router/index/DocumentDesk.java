package dev.skein.router.index;

import dev.skein.bus.Endpoint;
import dev.skein.bus.NodeAddress;
import dev.skein.bus.Turns;
import dev.skein.cluster.Membership;
import dev.skein.index.overlay.Documents;
import dev.skein.index.overlay.Documents.Done;
import dev.skein.index.overlay.Documents.Listed;
import dev.skein.index.overlay.Documents.Open;
import dev.skein.index.overlay.Documents.Renewed;
import dev.skein.index.overlay.Draft;
import dev.skein.index.overlay.Overlay;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Takes what editors say, or passes it to the router that reads the workspace. Confined to one event loop, which keeps
 * the order in which it came; texts are taken in beside it.
 */
final class DocumentDesk {
    private static final Duration DEADLINE = Duration.ofSeconds(20); // longer than any of it takes

    private static final long SHOWN_MILLIS = 2_000; // that an editor waits for an owner at most

    private final Means means;
    private final Membership membership;
    private final Duration lease;
    private final FanOut fanOut;
    private final Keepers keepers;
    private final Understudy understudy;

    /** @param lease how long a session keeps its documents without a word */
    DocumentDesk(
            Means means, Membership membership, Duration lease, FanOut fanOut, Keepers keepers, Understudy understudy) {
        this.means = means;
        this.membership = membership;
        this.lease = lease;
        this.fanOut = fanOut;
        this.keepers = keepers;
        this.understudy = understudy;
    }

    Future<?> serve(Turns turns) {
        return Future.all(List.of(
                serve(turns, Documents.PUT, Documents.Put::workspace, this::put),
                serve(turns, Documents.CLOSE, Documents.Close::workspace, this::close),
                serve(turns, Documents.MOVE, Documents.Move::workspace, this::move),
                serve(turns, Documents.LOOK, Documents.Look::workspace, this::look),
                serve(turns, Documents.RENEW, Documents.Renew::workspace, this::renew),
                serve(turns, Documents.LIST, Documents.ListOpen::workspace, this::list)));
    }

    /** What one keeper does with a question. */
    private interface Work<Q, R> {
        Future<R> on(Keeper keeper, Q question);
    }

    private <Q extends Record, R extends Record> Future<?> serve(
            Turns turns, Endpoint<Q, R> endpoint, Function<Q, String> workspace, Work<Q, R> work) {
        Function<Q, Future<R>> handler = question -> fanOut.find(workspace.apply(question))
                .compose(view -> keepers.find(view.id())
                        .map(keeper -> work.on(keeper, question))
                        .orElseGet(() -> pass(view, endpoint, question)));
        return turns.serveHere(endpoint, handler);
    }

    private <Q extends Record, R extends Record> Future<R> pass(View view, Endpoint<Q, R> endpoint, Q question) {
        Optional<NodeAddress> there = membership.present().stream()
                .filter(life -> life.node().equals(view.router())
                        && !life.equals(means.bus().here()))
                .findFirst();
        return there.map(life -> means.bus().askAt(life, endpoint, question, DEADLINE))
                .orElseGet(() -> Future.failedFuture(Problem.busy(
                        "router_unavailable", "node %s, which reads the workspace, is away".formatted(view.router()))));
    }

    /** One after the other, as they came. */
    private <T> Future<T> inTurn(Callable<T> work) {
        return means.vertx().executeBlocking(work, true);
    }

    private long now() {
        return means.steady().millis();
    }

    private Future<Done> put(Keeper keeper, Documents.Put ask) {
        keeper.requireDocument(ask.path());
        return inTurn(() -> {
                    var content = ask.text().getBytes(StandardCharsets.UTF_8);
                    var edit = new Overlay.Edit(ask.path(), ask.session(), ask.version(), content);
                    return keeper.overlay().put(edit, now());
                })
                .compose(change -> shown(keeper, ask.path(), change));
    }

    private Future<Done> shown(Keeper keeper, String path, Overlay.Change change) {
        understudy.changed(keeper, path);
        var indexed = change.changed() ? keeper.push(path) : Future.succeededFuture(keeper.has(path));
        return indexed.timeout(SHOWN_MILLIS, TimeUnit.MILLISECONDS)
                .otherwise(late -> false)
                .map(has -> done(change, has));
    }

    private Done done(Overlay.Change change, boolean indexed) {
        var revisions = means.revisions();
        long revision = change.revision() == 0 ? revisions.current() : change.revision();
        return new Done(change.changed(), indexed, revision, revisions.epoch());
    }

    /** The disk counts as it is now. */
    private Future<Done> close(Keeper keeper, Documents.Close ask) {
        keeper.requireDocument(ask.path());
        return inTurn(() -> keeper.overlay().close(ask.path(), ask.session()))
                .compose(change -> change.changed()
                        ? inTurn(() -> keeper.glance(List.of(ask.path())))
                                .compose(seen -> shown(keeper, ask.path(), change))
                        : shown(keeper, ask.path(), change));
    }

    private Future<Done> move(Keeper keeper, Documents.Move ask) {
        keeper.requireDocument(ask.from());
        keeper.requireDocument(ask.to());
        return inTurn(() -> {
                    var change = keeper.overlay().move(ask.from(), ask.to(), ask.session());
                    if (change.changed()) {
                        keeper.glance(List.of(ask.from(), ask.to()));
                        keeper.moved(ask.from(), ask.to());
                    }
                    return done(change, !change.changed());
                })
                .onSuccess(done -> {
                    understudy.changed(keeper, ask.from());
                    understudy.changed(keeper, ask.to());
                });
    }

    private Future<Done> look(Keeper keeper, Documents.Look ask) {
        if (ask.paths().size() > Documents.LOOK_MAX) {
            throw Problem.invalid("at most %d files can be named at once".formatted(Documents.LOOK_MAX));
        }
        ask.paths().forEach(keeper::requireDocument);
        return inTurn(() -> keeper.glance(ask.paths()))
                .compose(changed -> keeper.bring(Set.copyOf(ask.paths())) // one that did not change may be on the way
                        .map(has -> done(new Overlay.Change(0, !changed.isEmpty()), has)));
    }

    private Future<Renewed> renew(Keeper keeper, Documents.Renew ask) {
        keeper.overlay().renew(ask.session(), now());
        var its = new ArrayList<Open>();
        keeper.overlay().after("", Overlay.DOCUMENTS_MAX, path -> true).forEach((path, draft) -> {
            if (draft.session().equals(ask.session())) {
                its.add(open(path, draft));
            }
        });
        return Future.succeededFuture(new Renewed(means.revisions().epoch(), lease.toMillis(), its));
    }

    private static Open open(String path, Draft draft) {
        return new Open(path, draft.session(), draft.version(), draft.text().length());
    }

    private Future<Listed> list(Keeper keeper, Documents.ListOpen ask) {
        var overlay = keeper.overlay();
        var page = new ArrayList<Open>();
        overlay.after("", Overlay.DOCUMENTS_MAX, path -> true).entrySet().stream()
                .skip(ask.offset())
                .limit(ask.limit())
                .forEach(each -> page.add(open(each.getKey(), each.getValue())));
        return Future.succeededFuture(new Listed(
                page,
                overlay.size(),
                overlay.refused(),
                keeper.superseded(),
                means.revisions().epoch()));
    }

    /** Closes what belongs to sessions that were not heard of in time. */
    void expire() {
        long since = now() - lease.toMillis();
        keepers.all()
                .forEach(keeper -> inTurn(() -> keeper.overlay().expire(since))
                        .onSuccess(gone -> gone.forEach(path -> {
                            keeper.push(path);
                            understudy.changed(keeper, path);
                        })));
    }
}
