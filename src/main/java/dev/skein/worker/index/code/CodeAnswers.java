package dev.skein.worker.index.code;

import dev.skein.bus.Bus;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.query.Code.Fault;
import dev.skein.index.query.CodeParts.Above;
import dev.skein.index.query.CodeParts.Asked;
import dev.skein.index.query.CodeParts.At;
import dev.skein.index.query.CodeParts.Below;
import dev.skein.index.query.CodeParts.Card;
import dev.skein.index.query.CodeParts.Cards;
import dev.skein.index.query.CodeParts.Describe;
import dev.skein.index.query.CodeParts.Described;
import dev.skein.index.query.CodeParts.Look;
import dev.skein.index.query.CodeParts.Looked;
import dev.skein.index.query.CodeParts.Meant;
import dev.skein.index.query.CodeParts.Overriding;
import dev.skein.index.query.CodeParts.Places;
import dev.skein.index.query.CodeParts.Uses;
import dev.skein.index.query.CodeParts.Wanted;
import dev.skein.index.sem.platform.PlatformTypes;
import dev.skein.index.sem.unit.UnitParser;
import dev.skein.index.workspace.AtlasFollower;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/** Answers questions about code in the shards of this worker. Confined to one event loop. */
public final class CodeAnswers {
    private static final int CARDS_MAX = 5_000;
    private static final Duration CHECK = Duration.ofSeconds(5); // of one file, for which nobody waits longer

    private final Vertx vertx;
    private final HeldShard.All shards;
    private final AtlasFollower atlas;
    private final Rounds.Tools tools;

    public CodeAnswers(
            Vertx vertx, Bus bus, InstantSource clock, HeldShard.All shards, AtlasFollower atlas, CalledOff calledOff) {
        this.vertx = vertx;
        this.shards = shards;
        this.atlas = atlas;
        this.tools = new Rounds.Tools(vertx, bus, clock, new PlatformTypes(), calledOff);
    }

    private Future<View> view(String workspace) {
        var known = atlas.find(workspace);
        return known.isPresent()
                ? Future.succeededFuture(known.get())
                : Future.failedFuture(Problem.notFound("workspace_not_found", "no workspace " + workspace));
    }

    private Future<Rounds> rounds(Asked asked) {
        return view(asked.workspace()).map(view -> new Rounds(tools, asked, view, shards.of(view.id())));
    }

    private Future<Places> places(Asked asked, Function<Session, Places> work) {
        return rounds(asked)
                .compose(rounds -> rounds.run(work)
                        .map(found -> new Places(found.places(), found.owners(), found.total(), rounds.heard())));
    }

    public Future<Meant> meaning(At ask) {
        return rounds(ask.asked())
                .compose(rounds -> rounds.run(session -> Targets.meant(session, ask))
                        .map(meant -> Targets.with(meant, rounds.heard())));
    }

    public Future<Places> uses(Uses ask) {
        return rounds(ask.asked()).compose(rounds -> new UseSearch(rounds, ask).run());
    }

    public Future<Places> below(Below ask) {
        return places(ask.asked(), session -> Kin.below(session, ask));
    }

    public Future<Places> above(Above ask) {
        return places(ask.asked(), session -> Kin.above(session, ask));
    }

    public Future<Places> overriding(Overriding ask) {
        return places(ask.asked(), session -> Kin.overriding(session, ask));
    }

    private List<HeldShard> held(List<Ref> refs) {
        var found = new ArrayList<HeldShard>();
        for (var ref : refs) {
            shards.of(ref.workspace()).stream()
                    .filter(shard -> shard.freshness().shard().equals(ref))
                    .forEach(found::add);
        }
        return found;
    }

    public Future<Cards> cards(Wanted ask) {
        var held = held(ask.shards());
        var fresh = held.stream().map(HeldShard::freshness).toList();
        return vertx.executeBlocking(() -> new Cards(fresh, cards(held, ask.types())), false);
    }

    private static List<Card> cards(List<HeldShard> held, List<String> types) {
        var cards = new ArrayList<Card>();
        for (var shard : held) {
            types.stream()
                    .flatMap(type -> shard.code().declaring(type).stream())
                    .distinct()
                    .limit(CARDS_MAX - cards.size())
                    .forEach(path -> card(shard, path, cards));
        }
        return cards;
    }

    private static void card(HeldShard shard, String path, List<Card> to) {
        var imports = shard.code().facts(path).imports().lines();
        shard.symbols().table(path).ifPresent(table -> to.add(new Card(shard.root(), path, imports, table.toBytes())));
    }

    public Future<Described> describe(Describe ask) {
        var held = held(List.of(ask.shard()));
        return vertx.executeBlocking(
                () -> held.isEmpty() ? new Described("", "") : Descriptions.of(held.get(0), ask.path(), ask.at()),
                false);
    }

    public Future<Looked> check(Look ask) {
        var held = held(List.of(ask.shard()));
        var fresh = held.stream().map(HeldShard::freshness).toList();
        return vertx.executeBlocking(
                () -> new Looked(fresh, held.isEmpty() ? List.of() : faults(held.get(0), ask.path())), false);
    }

    private List<Fault> faults(HeldShard shard, String path) {
        var text = shard.code().text(path);
        if (text.isEmpty()) {
            return List.of();
        }
        var until = tools.clock().instant().plus(CHECK);
        try {
            return new UnitParser(() -> tools.clock().instant().isAfter(until))
                    .parse(path, text.get()).errors().stream()
                            .map(error -> new Fault(error.span(), error.message()))
                            .toList();
        } catch (CancellationException late) {
            throw Problem.timeout("reading the file took longer than it may");
        }
    }
}
