package dev.skein.router.index;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.index.IndexConfig;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.query.Claims;
import dev.skein.index.query.Queries;
import dev.skein.index.query.Queries.Answer;
import dev.skein.index.query.Queries.Look;
import dev.skein.index.query.Queries.Outline;
import dev.skein.index.query.Queries.Part;
import dev.skein.index.query.Queries.Search;
import dev.skein.index.query.Queries.ShardStatus;
import dev.skein.index.query.Queries.Status;
import dev.skein.index.query.Queries.StatusOf;
import dev.skein.index.query.Queries.StatusPart;
import dev.skein.index.query.Queries.Statuses;
import dev.skein.index.query.Queries.Symbols;
import dev.skein.index.search.Found;
import dev.skein.index.search.SymbolQuery;
import dev.skein.index.shard.ShardLayout;
import dev.skein.index.workspace.AtlasFollower;
import dev.skein.index.workspace.Workspaces.Shard;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.kernel.Problem;
import dev.skein.router.index.feed.Feed.Reached;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Asks the owners of a workspace's shards, each once, and merges what they say. Confined to one event loop. */
final class FanOut {
    private static final Duration ON_THE_WAY = Duration.ofMillis(500); // longer than the worker itself takes

    private final Bus bus;
    private final IndexConfig config;
    private final AtlasFollower atlas;
    private final Function<String, Map<String, Reached>> reached;

    /** @param reached how far the shards of a workspace are that is fed from here, by its id; empty for others */
    FanOut(Bus bus, IndexConfig config, AtlasFollower atlas, Function<String, Map<String, Reached>> reached) {
        this.bus = bus;
        this.config = config;
        this.atlas = atlas;
        this.reached = reached;
    }

    /** One that was added just now may not be known here yet, so the leader is asked before it is refused. */
    Future<View> find(String name) {
        var known = atlas.find(name);
        return known.isPresent()
                ? Future.succeededFuture(known.get())
                : atlas.look()
                        .compose(looked -> atlas.find(name)
                                .map(Future::succeededFuture)
                                .orElseGet(() -> Future.failedFuture(
                                        Problem.notFound("workspace_not_found", "no workspace " + name))));
    }

    Future<Answer> symbols(Symbols ask) {
        var query = ask.wanted().query(); // refuses what cannot be asked
        int millis = (int) config.queryDeadline().toMillis();
        return find(ask.workspace()).compose(view -> {
            var tally = tally(view, view.shards());
            return each(
                            tally,
                            (node, shards) -> bus.askAt(
                                            node, Queries.SEARCH, new Search(shards, ask.wanted(), millis), deadline())
                                    .map(Claims.of(view, shards)::of))
                    .map(parts -> merged(parts, query, tally));
        });
    }

    /** Noted before anybody is asked: what arrives meanwhile need not be in the answer. */
    private Tally tally(View view, List<Shard> shards) {
        return new Tally(view, shards, reached.apply(view.id()));
    }

    private static Answer merged(List<Part> parts, SymbolQuery query, Tally tally) {
        var found = new ArrayList<Found>();
        for (var part : parts) {
            part.shards().forEach(tally::heard);
            found.add(new Found(part.hits(), part.total()));
        }
        var best = Found.merge(found, query);
        return new Answer(best.hits(), best.total(), tally.coverage());
    }

    private Duration deadline() {
        return config.queryDeadline().plus(ON_THE_WAY);
    }

    Future<Answer> outline(Outline ask) {
        return find(ask.workspace()).compose(view -> {
            var tally = tally(view, shardOf(view, ask.path()));
            return each(
                            tally,
                            (node, shards) -> bus.askAt(
                                            node, Queries.LOOK, new Look(shards.get(0), ask.path()), deadline())
                                    .map(Claims.of(view, shards)::of))
                    .map(parts -> outline(parts, tally));
        });
    }

    private static Answer outline(List<Part> parts, Tally tally) {
        parts.forEach(part -> part.shards().forEach(tally::heard));
        var hits = parts.stream().flatMap(part -> part.hits().stream()).toList();
        return new Answer(hits, hits.size(), tally.coverage());
    }

    private static List<Shard> shardOf(View view, String path) {
        var roots = new TreeSet<String>();
        view.shards().forEach(shard -> roots.add(shard.root()));
        var root = new ShardLayout(roots).root(path);
        return view.shards().stream()
                .filter(shard -> root.filter(shard.root()::equals).isPresent())
                .toList();
    }

    Future<Statuses> status(Status ask) {
        return find(ask.workspace()).compose(view -> {
            var tally = tally(view, view.shards());
            return each(
                            tally,
                            (node, shards) -> bus.askAt(node, Queries.STATUS_OF, new StatusOf(shards), deadline())
                                    .map(Claims.of(view, shards)::of))
                    .map(parts -> statuses(parts, tally));
        });
    }

    private static Statuses statuses(List<StatusPart> parts, Tally tally) {
        var all = new ArrayList<ShardStatus>();
        parts.forEach(part -> all.addAll(part.shards()));
        all.forEach(status -> tally.heard(status.freshness()));
        all.replaceAll(status -> {
            var shard = tally.asked(status.freshness().shard());
            return shard == null ? status : status.by(shard.worker(), shard.spare());
        });
        all.sort(Comparator.comparing(status -> status.freshness().shard().root()));
        return new Statuses(all, tally.coverage());
    }

    /** What every owner says; one that does not answer in time is noted, and no failure. */
    private <R> Future<List<R>> each(Tally tally, BiFunction<NodeAddress, List<Ref>, Future<R>> ask) {
        Map<String, List<Ref>> byNode = new TreeMap<>();
        tally.reachable()
                .forEach((ref, node) ->
                        byNode.computeIfAbsent(node, key -> new ArrayList<>()).add(ref));
        var answers = new ArrayList<R>();
        var asked = new ArrayList<Future<?>>();
        byNode.forEach((node, shards) -> asked.add(ask.apply(NodeAddress.parse(node), shards)
                .onSuccess(answers::add)
                .onFailure(cause -> {
                    Claims.note(bus, NodeAddress.parse(node), cause);
                    shards.forEach(shard -> tally.lost(shard, cause));
                })));
        return asked.isEmpty()
                ? Future.succeededFuture(answers)
                : Future.join(asked).transform(done -> Future.succeededFuture(answers));
    }
}
