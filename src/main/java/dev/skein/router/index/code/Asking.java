package dev.skein.router.index.code;

import dev.skein.bus.Bus;
import dev.skein.bus.Endpoint;
import dev.skein.bus.NodeAddress;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.query.Claims;
import dev.skein.index.query.Code.Certainty;
import dev.skein.index.query.Code.Place;
import dev.skein.index.query.Code.Question;
import dev.skein.index.query.CodeParts;
import dev.skein.index.query.CodeParts.Asked;
import dev.skein.index.query.CodeParts.At;
import dev.skein.index.query.CodeParts.Below;
import dev.skein.index.query.CodeParts.Heard;
import dev.skein.index.query.CodeParts.Meant;
import dev.skein.index.query.CodeParts.Places;
import dev.skein.index.query.Queries.Coverage;
import dev.skein.index.shard.ShardLayout;
import dev.skein.index.workspace.Workspaces.Shard;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.kernel.Problem;
import dev.skein.router.index.feed.Feed.Reached;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One question on its way through the workers; what each of them tells of its shards is noted. */
final class Asking {
    private static final Duration ON_THE_WAY = Duration.ofMillis(500); // longer than the worker itself takes
    private static final int LEVELS_MAX = 30;
    private static final int TYPES_MAX = 20_000;

    private final Bus bus;
    private final View view;
    private final Asked asked;
    private final Parts parts;
    private final Set<String> roots; // of all shards

    Asking(Bus bus, View view, Map<String, Reached> reached, Asked asked) {
        this.bus = bus;
        this.view = view;
        this.asked = asked;
        this.parts = new Parts(reached);
        this.roots = view.shards().stream().map(Shard::root).collect(Collectors.toSet());
    }

    /** What a worker has heard from others counts for shards that there are. */
    void heard(Heard part) {
        parts.heard(new Heard(
                part.shards().stream()
                        .filter(each -> roots.contains(each.shard().root()))
                        .toList(),
                part.missing().stream()
                        .filter(each -> roots.contains(each.shard()))
                        .toList()));
    }

    Coverage coverage() {
        return parts.coverage();
    }

    Asked asked() {
        return asked;
    }

    private Duration deadline() {
        return Duration.ofMillis(asked.millisMax()).plus(ON_THE_WAY);
    }

    /** The shard that has a file. */
    Optional<Shard> shardOf(String path) {
        var roots = new TreeSet<String>();
        view.shards().forEach(shard -> roots.add(shard.root()));
        return new ShardLayout(roots).root(path).flatMap(this::shard);
    }

    Optional<Shard> shard(String root) {
        return view.shards().stream().filter(each -> each.root().equals(root)).findFirst();
    }

    private Ref ref(Shard shard) {
        return new Ref(view.id(), shard.root(), shard.epoch());
    }

    /** What the owner of one shard says; {@code without} when it says nothing in time. */
    <Q extends Record, R extends Record> Future<R> one(
            Shard shard, Endpoint<Q, R> endpoint, Function<Ref, Q> question, R without) {
        var ref = ref(shard);
        parts.asked(ref);
        var node = shard.node();
        if (node == null) {
            parts.lost(shard.root(), shard.worker() == null ? "no_worker" : "unreachable");
            return Future.succeededFuture(without);
        }
        return bus.askAt(NodeAddress.parse(node), endpoint, question.apply(ref), deadline())
                .recover(cause -> {
                    parts.lost(shard.root(), cause);
                    return Future.succeededFuture(without);
                });
    }

    /** What the name at the place is. */
    Future<Meant> meaning(Question ask) {
        var nothing = new Meant(Certainty.UNRESOLVED, "no_answer", "", null, List.of(), "", Heard.NOBODY);
        var outside = new Meant(Certainty.UNRESOLVED, "no_file", "", null, List.of(), "", Heard.NOBODY);
        return shardOf(ask.path())
                .map(shard -> one(
                        shard,
                        CodeParts.MEANING,
                        ref -> new At(asked, ref, ask.path(), ask.line(), ask.column()),
                        nothing))
                .orElse(Future.succeededFuture(outside))
                .map(meant -> believed(ask.path(), meant, nothing))
                .onSuccess(meant -> heard(meant.heard()));
    }

    /** One that leads out of the workspace is as good as none. */
    private Meant believed(String path, Meant meant, Meant nothing) {
        try {
            return Claims.ofAll(view).of(meant);
        } catch (Problem foreign) {
            shardOf(path).ifPresent(shard -> refused(shard, foreign));
            return nothing;
        }
    }

    private void refused(Shard shard, Problem why) {
        parts.lost(shard.root(), why);
        var node = shard.node();
        if (node != null) {
            Claims.note(bus, NodeAddress.parse(node), why);
        }
    }

    /** What the owners of all shards say; those that say nothing are noted. */
    <Q extends Record> Future<List<Places>> all(Endpoint<Q, Places> endpoint, Function<List<Ref>, Q> question) {
        return some(view.shards(), endpoint, question);
    }

    <Q extends Record> Future<List<Places>> some(
            Collection<Shard> shards, Endpoint<Q, Places> endpoint, Function<List<Ref>, Q> question) {
        var byNode = new TreeMap<String, List<Ref>>();
        for (var shard : shards) {
            parts.asked(ref(shard));
            if (shard.node() == null) {
                parts.lost(shard.root(), shard.worker() == null ? "no_worker" : "unreachable");
            } else {
                byNode.computeIfAbsent(shard.node(), key -> new ArrayList<>()).add(ref(shard));
            }
        }
        var answers = new ArrayList<Places>();
        var futures = new ArrayList<Future<?>>();
        byNode.forEach((node, refs) ->
                futures.add(bus.askAt(NodeAddress.parse(node), endpoint, question.apply(refs), deadline())
                        .map(claims(endpoint, refs)::of)
                        .onSuccess(places -> {
                            heard(places.heard());
                            answers.add(places);
                        })
                        .onFailure(cause -> {
                            Claims.note(bus, NodeAddress.parse(node), cause);
                            refs.forEach(ref -> parts.lost(ref.root(), cause));
                        })));
        return futures.isEmpty()
                ? Future.succeededFuture(answers)
                : Future.join(futures).transform(done -> Future.succeededFuture(answers));
    }

    /** What is above a type may be anywhere, all else is where it was asked for. */
    private Claims claims(Endpoint<?, Places> endpoint, List<Ref> refs) {
        return endpoint == CodeParts.ABOVE ? Claims.ofAll(view) : Claims.of(view, refs);
    }

    /** All types below some, the nearest first. */
    Future<Found> below(String type) {
        return below(new Found(new ArrayList<>(), new HashSet<>(Set.of(type))), List.of(type), 0);
    }

    /** Types by their qualified names, those that were asked about with them. */
    record Found(List<Place> places, Set<String> types) {
        /** Takes what is new, and tells its types. */
        List<String> add(Places answer) {
            var added = new ArrayList<String>();
            for (int i = 0; i < answer.places().size() && i < answer.owners().size(); i++) {
                if (types.add(answer.owners().get(i))) {
                    added.add(answer.owners().get(i));
                    places.add(answer.places().get(i));
                }
            }
            return added;
        }
    }

    private Future<Found> below(Found found, List<String> types, int level) {
        if (types.isEmpty() || level > LEVELS_MAX || found.types.size() > TYPES_MAX) {
            return Future.succeededFuture(found);
        }
        return all(CodeParts.BELOW, refs -> new Below(asked, refs, types)).compose(answers -> {
            var next = new ArrayList<String>();
            answers.forEach(answer -> next.addAll(found.add(answer)));
            return below(found, next, level + 1);
        });
    }
}
