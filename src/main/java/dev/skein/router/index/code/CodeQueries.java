package dev.skein.router.index.code;

import dev.skein.bus.Bus;
import dev.skein.bus.Turns;
import dev.skein.index.IndexConfig;
import dev.skein.index.query.Code;
import dev.skein.index.query.Code.Answer;
import dev.skein.index.query.Code.Certainty;
import dev.skein.index.query.Code.Check;
import dev.skein.index.query.Code.Faults;
import dev.skein.index.query.Code.Hierarchy;
import dev.skein.index.query.Code.Hover;
import dev.skein.index.query.Code.Place;
import dev.skein.index.query.Code.Question;
import dev.skein.index.query.CodeParts;
import dev.skein.index.query.CodeParts.Above;
import dev.skein.index.query.CodeParts.Asked;
import dev.skein.index.query.CodeParts.Describe;
import dev.skein.index.query.CodeParts.Described;
import dev.skein.index.query.CodeParts.Heard;
import dev.skein.index.query.CodeParts.Look;
import dev.skein.index.query.CodeParts.Looked;
import dev.skein.index.query.CodeParts.Meant;
import dev.skein.index.query.CodeParts.Overriding;
import dev.skein.index.query.CodeParts.Places;
import dev.skein.index.query.CodeParts.Target;
import dev.skein.index.query.CodeParts.Uses;
import dev.skein.index.workspace.AtlasFollower;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.kernel.Problem;
import dev.skein.router.index.feed.Feed.Reached;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Answers questions about code by asking the owners of shards. Confined to one event loop. */
public final class CodeQueries {
    private static final int SEARCH_FACTOR = 5; // a search through all files may take longer than one of them
    private static final Comparator<Place> ORDER = Comparator.comparing(Place::certainty)
            .thenComparing(Place::path)
            .thenComparing(place -> place.at().line())
            .thenComparing(place -> place.at().column());

    private final Bus bus;
    private final IndexConfig config;
    private final AtlasFollower atlas;
    private final Function<String, Map<String, Reached>> reached;

    /** @param reached how far the shards of a workspace are that is fed from here, by its id; empty for others */
    public CodeQueries(
            Bus bus, IndexConfig config, AtlasFollower atlas, Function<String, Map<String, Reached>> reached) {
        this.reached = reached;
        this.bus = bus;
        this.config = config;
        this.atlas = atlas;
    }

    public Future<?> serve(Turns turns) {
        return Future.all(List.of(
                turns.serveHere(Code.DEFINITION, this::definition),
                turns.serveHere(Code.HOVER, this::hover),
                turns.serveHere(Code.REFERENCES, this::references),
                turns.serveHere(Code.IMPLEMENTATIONS, this::implementations),
                turns.serveHere(Code.HIERARCHY, this::hierarchy),
                turns.serveHere(Code.DIAGNOSTICS, this::diagnostics)));
    }

    private Future<View> view(String name) {
        return atlas.find(name)
                .map(Future::succeededFuture)
                .orElseGet(() -> atlas.look()
                        .compose(looked -> atlas.find(name)
                                .map(Future::succeededFuture)
                                .orElseGet(() -> Future.failedFuture(
                                        Problem.notFound("workspace_not_found", "no workspace " + name)))));
    }

    private Future<Asking> asking(Question ask, int factor) {
        if (ask.limit() < 1 || ask.limit() > Code.LIMIT_MAX) {
            throw Problem.invalid("limit must be between 1 and %d".formatted(Code.LIMIT_MAX));
        }
        int millis = (int) config.queryDeadline().multipliedBy(factor).toMillis();
        return view(ask.workspace()).map(view -> asking(view, new Asked(ask.id(), view.name(), millis)));
    }

    private Asking asking(View view, Asked asked) {
        return new Asking(bus, view, reached.apply(view.id()), asked);
    }

    private Future<Answer> definition(Question ask) {
        return asking(ask, 1)
                .compose(asking -> asking.meaning(ask).map(meant -> answer(meant, targets(meant), asking)));
    }

    private static List<Place> targets(Meant meant) {
        return meant.targets().stream()
                .map(target -> place(target, meant.text()))
                .toList();
    }

    private static Place place(Target target, String text) {
        var symbol = target.symbol();
        var line = symbol == null ? text : (symbol.identifier() + symbol.parameters() + " " + symbol.type()).strip();
        return new Place(target.certainty(), target.path(), target.at(), symbol, line);
    }

    private static Answer answer(Meant meant, List<Place> places, Asking asking) {
        return new Answer(
                meant.certainty(), meant.reason(), meant.name(), meant.at(), places, places.size(), asking.coverage());
    }

    private Future<Hover> hover(Question ask) {
        return asking(ask, 1)
                .compose(asking -> asking.meaning(ask)
                        .compose(meant -> described(meant, asking)
                                .map(text -> new Hover(
                                        answer(meant, targets(meant), asking),
                                        text.declaration(),
                                        text.documentation()))));
    }

    private static Future<Described> described(Meant meant, Asking asking) {
        var nothing = new Described(meant.text(), "");
        if (meant.targets().isEmpty() || meant.targets().get(0).symbol() == null) {
            return Future.succeededFuture(nothing);
        }
        var target = meant.targets().get(0);
        return asking.shard(target.shard())
                .map(shard -> asking.one(
                        shard, CodeParts.DESCRIBE, ref -> new Describe(ref, target.path(), target.at()), nothing))
                .orElse(Future.succeededFuture(nothing));
    }

    private Future<Answer> references(Question ask) {
        return asking(ask, SEARCH_FACTOR)
                .compose(asking -> asking.meaning(ask).compose(meant -> {
                    if (meant.targets().isEmpty()) {
                        return Future.succeededFuture(answer(meant, List.of(), asking));
                    }
                    var target = meant.targets().get(0);
                    return uses(target, ask, asking).map(found -> listed(meant, found, ask.limit(), asking));
                }));
    }

    private static Future<List<Places>> uses(Target target, Question ask, Asking asking) {
        var one = asking.shard(target.shard());
        return target.local() && one.isPresent()
                ? asking.some(
                        List.of(one.get()), CodeParts.USES, refs -> new Uses(asking.asked(), refs, target, ask.limit()))
                : asking.all(CodeParts.USES, refs -> new Uses(asking.asked(), refs, target, ask.limit()));
    }

    /** Sure ones first, then by place; none surer than what the name itself is. */
    private static Answer listed(Meant meant, List<Places> found, int limit, Asking asking) {
        var all = new ArrayList<Place>();
        long total = 0;
        for (var part : found) {
            all.addAll(part.places());
            total += part.total();
        }
        if (meant.certainty() == Certainty.POSSIBLE) {
            all.replaceAll(
                    place -> new Place(Certainty.POSSIBLE, place.path(), place.at(), place.symbol(), place.line()));
        }
        all.sort(ORDER);
        var shown = all.subList(0, Math.min(all.size(), limit));
        return new Answer(meant.certainty(), meant.reason(), meant.name(), meant.at(), shown, total, asking.coverage());
    }

    private Future<Answer> implementations(Question ask) {
        return asking(ask, SEARCH_FACTOR)
                .compose(asking -> asking.meaning(ask).compose(meant -> {
                    var symbol = meant.targets().isEmpty()
                            ? null
                            : meant.targets().get(0).symbol();
                    if (symbol == null) {
                        return Future.succeededFuture(answer(meant, List.of(), asking));
                    }
                    var target = meant.targets().get(0);
                    return asking.below(target.owner())
                            .compose(below -> symbol.kind().isType()
                                    ? Future.succeededFuture(places(below.places()))
                                    : overriding(target, below, asking))
                            .map(found -> listed(meant, found, ask.limit(), asking));
                }));
    }

    private static List<Places> places(List<Place> places) {
        return List.of(new Places(places, List.of(), places.size(), Heard.NOBODY));
    }

    private static Future<List<Places>> overriding(Target method, Asking.Found below, Asking asking) {
        var types = below.types().stream()
                .filter(type -> !type.equals(method.owner()))
                .sorted()
                .toList();
        return types.isEmpty()
                ? Future.succeededFuture(List.of())
                : asking.all(CodeParts.OVERRIDING, refs -> new Overriding(asking.asked(), refs, types, method));
    }

    private Future<Hierarchy> hierarchy(Question ask) {
        return asking(ask, SEARCH_FACTOR)
                .compose(asking -> asking.meaning(ask).compose(meant -> {
                    var target =
                            meant.targets().isEmpty() ? null : meant.targets().get(0);
                    var shard = target == null || target.symbol() == null
                            ? null
                            : asking.shard(target.shard()).orElse(null);
                    if (target == null || shard == null) {
                        return Future.succeededFuture(
                                new Hierarchy(answer(meant, targets(meant), asking), List.of(), List.of()));
                    }
                    return asking.some(
                                    List.of(shard),
                                    CodeParts.ABOVE,
                                    refs -> new Above(asking.asked(), refs.get(0), target.path(), target.owner()))
                            .compose(above -> asking.below(target.owner())
                                    .map(below -> new Hierarchy(
                                            answer(meant, targets(meant), asking),
                                            above.stream()
                                                    .flatMap(part -> part.places().stream())
                                                    .limit(ask.limit())
                                                    .toList(),
                                            below.places().stream()
                                                    .limit(ask.limit())
                                                    .toList())));
                }));
    }

    private Future<Faults> diagnostics(Check ask) {
        int millis = (int) config.queryDeadline().toMillis();
        return view(ask.workspace()).compose(view -> {
            var asking = asking(view, new Asked("", view.name(), millis));
            var nothing = new Looked(List.of(), List.of());
            return asking.shardOf(ask.path())
                    .map(shard -> asking.one(shard, CodeParts.CHECK, ref -> new Look(ref, ask.path()), nothing))
                    .orElse(Future.succeededFuture(nothing))
                    .map(looked -> {
                        asking.heard(new Heard(looked.shards(), List.of()));
                        return new Faults(looked.faults(), asking.coverage());
                    });
        });
    }
}
