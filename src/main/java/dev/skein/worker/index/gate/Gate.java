package dev.skein.worker.index.gate;

import dev.skein.bus.Bus;
import dev.skein.bus.Endpoint;
import dev.skein.bus.NodeAddress;
import dev.skein.bus.Turns;
import dev.skein.index.feed.Feeds.Begin;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.workspace.AtlasFollower;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets a shard be fed by that router alone which reads its workspace, as the leader says, and under the router's own
 * name. What goes beyond that is noted in the audit. Confined to one event loop.
 */
public final class Gate {
    private static final String FOREIGN = "foreign_router";
    private static final String OUTSIDE = "path_outside_shard"; // as shards refuse it

    private final Bus bus;
    private final AtlasFollower atlas;
    private final Turns turns;

    public Gate(Bus bus, AtlasFollower atlas, Turns turns) {
        this.bus = bus;
        this.atlas = atlas;
        this.turns = turns;
    }

    /**
     * Serves what only a router may ask that has begun.
     *
     * @param router whom a question says it is from
     */
    public <Q extends Record, R extends Record> Future<?> serve(
            Endpoint<Q, R> endpoint, Function<Q, String> router, Function<Q, Future<R>> work) {
        return bus.serveAsker(
                        true,
                        endpoint,
                        (asker, question) -> named(asker, router.apply(question))
                                .compose(named -> turns.take(asker, () -> work.apply(question)))
                                .onFailure(cause -> note(asker, endpoint, cause)))
                .completion();
    }

    /**
     * Serves what only the node may ask that keeps the spare of a shard, by the leader's word.
     *
     * @param shard that a question is about
     */
    public <Q extends Record, R extends Record> Future<?> serveSpare(
            Endpoint<Q, R> endpoint, Function<Q, Ref> shard, Function<Q, Future<R>> work) {
        return bus.serveAsker(
                        true,
                        endpoint,
                        (asker, question) -> spare(asker, shard.apply(question))
                                .compose(spare -> turns.take(asker, () -> work.apply(question)))
                                .onFailure(cause -> note(asker, endpoint, cause)))
                .completion();
    }

    private Future<?> spare(@Nullable NodeAddress asker, Ref shard) {
        if (isSpare(asker, shard)) {
            return Future.succeededFuture();
        }
        return atlas.look()
                .compose(looked -> isSpare(asker, shard)
                        ? Future.succeededFuture()
                        : Future.failedFuture(foreign("another node keeps the spare of that shard")));
    }

    private boolean isSpare(@Nullable NodeAddress asker, Ref ref) {
        return asker == null
                || atlas.of(ref.workspace()).stream()
                        .flatMap(view -> view.shards().stream())
                        .anyMatch(shard -> shard.root().equals(ref.root())
                                && asker.toString().equals(shard.spareNode()));
    }

    private static Future<?> named(@Nullable NodeAddress asker, String router) {
        return asker == null || asker.toString().equals(router)
                ? Future.succeededFuture()
                : Future.failedFuture(foreign("a router feeds under its own name"));
    }

    private static Problem foreign(String why) {
        return new Problem(Kind.FORBIDDEN, FOREIGN, why, List.of());
    }

    private void note(@Nullable NodeAddress asker, Endpoint<?, ?> endpoint, Throwable cause) {
        var problem = Problem.in(cause);
        if (problem != null && (problem.code().equals(FOREIGN) || problem.code().equals(OUTSIDE))) {
            bus.accuse(asker == null ? bus.here() : asker, endpoint.address(), problem);
        }
    }

    /** Completes when the leader says so too; asks it only where that is not known here. */
    public Future<Begin> begin(Begin ask) {
        return isGiven(ask)
                ? Future.succeededFuture(ask)
                : atlas.look().compose(looked -> isGiven(ask) ? Future.succeededFuture(ask) : refused(ask));
    }

    private boolean isGiven(Begin ask) {
        return atlas.of(ask.shard().workspace())
                .filter(view -> isReader(view, ask) && isHere(view, ask))
                .isPresent();
    }

    private static boolean isReader(View view, Begin ask) {
        return NodeAddress.parse(ask.router()).node().equals(view.router());
    }

    private boolean isHere(View view, Begin ask) {
        var ref = ask.shard();
        var here = bus.here().toString();
        var directory = ref.root().isEmpty() ? view.root() : view.root() + "/" + ref.root();
        return ask.directory().equals(directory)
                && view.shards().stream()
                        .anyMatch(shard -> shard.root().equals(ref.root())
                                && shard.epoch() >= ref.epoch() // an older one is refused later, by its name
                                && here.equals(shard.node()));
    }

    private Future<Begin> refused(Begin ask) {
        var isForeign = atlas.of(ask.shard().workspace())
                .filter(view -> !isReader(view, ask))
                .isPresent();
        return Future.failedFuture(
                isForeign
                        ? foreign("another router reads that workspace")
                        : Problem.conflict("feed_unknown", "this worker was not given that shard"));
    }
}
