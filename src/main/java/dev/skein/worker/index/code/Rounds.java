package dev.skein.worker.index.code;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.query.Claims;
import dev.skein.index.query.CodeParts;
import dev.skein.index.query.CodeParts.Asked;
import dev.skein.index.query.CodeParts.Card;
import dev.skein.index.query.CodeParts.Heard;
import dev.skein.index.query.CodeParts.Wanted;
import dev.skein.index.query.Queries.Freshness;
import dev.skein.index.query.Queries.Missing;
import dev.skein.index.sem.type.World;
import dev.skein.index.workspace.Workspaces.Shard;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * Answers one question in rounds: it is worked on with what is known, and where a type was met that no shard of this
 * worker has, the others are asked for all such types at once and the work begins again. Confined to one event loop;
 * the work itself is done beside it.
 */
final class Rounds {
    private static final int ROUNDS_MAX = 24;
    private static final int LEAST_MILLIS = 20;

    private final Vertx vertx;
    private final Bus bus;
    private final InstantSource clock;
    private final Instant until;
    private final View view;
    private final Session session;
    private final Map<String, Freshness> heard = new TreeMap<>(); // by root
    private final Map<String, Missing> missing = new TreeMap<>();

    /** What all questions of one worker share. */
    record Tools(Vertx vertx, Bus bus, InstantSource clock, World.Source platform, CalledOff calledOff) {}

    Rounds(Tools tools, Asked asked, View view, List<HeldShard> held) {
        this.vertx = tools.vertx;
        this.bus = tools.bus;
        this.clock = tools.clock;
        this.view = view;
        this.until = clock.instant().plusMillis(asked.millisMax());
        boolean alone = held.size() >= view.shards().size();
        this.session = new Session(
                held, tools.platform, alone, () -> clock.instant().isAfter(until) || tools.calledOff.has(asked.id()));
        held.forEach(shard -> heard.put(shard.root(), shard.freshness()));
    }

    /** What had a part in it so far. */
    Heard heard() {
        return new Heard(List.copyOf(heard.values()), List.copyOf(missing.values()));
    }

    /** Works until nothing is left to be asked for; fails with a timeout when that takes too long. */
    <T> Future<T> run(Function<Session, T> work) {
        return run(work, 1);
    }

    private <T> Future<T> run(Function<Session, T> work, int round) {
        return vertx.executeBlocking(() -> guarded(work), false).compose(result -> {
            var pending = session.world().pending();
            return pending.isEmpty() || round >= ROUNDS_MAX
                    ? Future.succeededFuture(result)
                    : ask(pending).compose(cards -> {
                        session.learn(pending, cards);
                        return run(work, round + 1);
                    });
        });
    }

    private <T> T guarded(Function<Session, T> work) {
        try {
            session.check();
            return work.apply(session);
        } catch (CancellationException late) {
            throw Problem.timeout("the question took longer than it may, or was called off");
        }
    }

    /** What all shards elsewhere say about those types; one that does not answer is noted. */
    private Future<List<Card>> ask(Set<String> types) {
        Map<String, List<Ref>> byNode = new TreeMap<>();
        view.shards().stream()
                .filter(shard -> session.shard(shard.root()).isEmpty())
                .forEach(shard -> place(shard, byNode));
        var cards = new ArrayList<Card>();
        var asked = new ArrayList<Future<?>>();
        long left =
                Math.max(LEAST_MILLIS, Duration.between(clock.instant(), until).toMillis());
        byNode.forEach((node, shards) -> asked.add(bus.askAt(
                        NodeAddress.parse(node),
                        CodeParts.CARDS,
                        new Wanted(shards, List.copyOf(types)),
                        Duration.ofMillis(left))
                .map(Claims.of(view, shards)::of)
                .onSuccess(answer -> {
                    answer.shards().forEach(each -> heard.put(each.shard().root(), each));
                    cards.addAll(answer.cards());
                })
                .onFailure(cause -> {
                    Claims.note(bus, NodeAddress.parse(node), cause);
                    shards.forEach(shard -> lost(shard.root(), Claims.codeOf(cause)));
                })));
        return asked.isEmpty()
                ? Future.succeededFuture(cards)
                : Future.join(asked).transform(done -> Future.succeededFuture(cards));
    }

    private void place(Shard shard, Map<String, List<Ref>> byNode) {
        if (shard.node() == null) {
            lost(shard.root(), shard.worker() == null ? "no_worker" : "unreachable");
        } else {
            byNode.computeIfAbsent(shard.node(), key -> new ArrayList<>())
                    .add(new Ref(view.id(), shard.root(), shard.epoch()));
        }
    }

    private void lost(String root, String code) {
        missing.put(root, new Missing(root, code));
    }
}
