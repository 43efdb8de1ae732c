package dev.skein.worker.index;

import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.query.Queries.Copied;
import dev.skein.index.query.Queries.Freshness;
import dev.skein.index.query.Queries.Look;
import dev.skein.index.query.Queries.Part;
import dev.skein.index.query.Queries.Search;
import dev.skein.index.query.Queries.ShardStatus;
import dev.skein.index.query.Queries.StatusOf;
import dev.skein.index.query.Queries.StatusPart;
import dev.skein.index.search.Found;
import dev.skein.index.search.Hit;
import dev.skein.index.search.ShardSymbols;
import dev.skein.kernel.Problem;
import dev.skein.worker.index.code.HeldShard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Answers questions about the shards of this worker. Confined to one event loop; searches run beside it. */
final class Answers {
    private final Vertx vertx;
    private final Replicas replicas;
    private final Duration staleAfter;
    private final InstantSource clock;

    Answers(Vertx vertx, Replicas replicas, Duration staleAfter, InstantSource clock) {
        this.vertx = vertx;
        this.replicas = replicas;
        this.staleAfter = staleAfter;
        this.clock = clock;
    }

    Future<Part> search(Search ask) {
        var fresh = new ArrayList<Freshness>();
        var held = new ArrayList<ShardSymbols>();
        for (var shard : ask.shards()) {
            replicas.current(shard).ifPresent(replica -> {
                fresh.add(freshness(shard, replica));
                held.add(replica.symbols());
            });
        }
        var until = clock.instant().plusMillis(ask.millisMax());
        return vertx.executeBlocking(() -> search(ask, held, until), false)
                .map(found -> new Part(fresh, found.hits(), found.total()));
    }

    private Found search(Search ask, List<ShardSymbols> held, Instant until) {
        var query = ask.wanted().query();
        var found = new ArrayList<Found>();
        try {
            for (var symbols : held) {
                found.add(symbols.search(query, () -> clock.instant().isAfter(until)));
            }
        } catch (CancellationException late) {
            throw Problem.timeout("the search took longer than it may");
        }
        return Found.merge(found, query);
    }

    private Freshness freshness(Ref shard, Replica replica) {
        var standing = replica.standing();
        boolean stale = standing.isStale(clock.instant(), staleAfter);
        return new Freshness(shard, standing.complete(), stale, standing.comparedMillis(), standing.revision());
    }

    /** Every shard of one workspace that is here, by its id. */
    List<HeldShard> held(String workspace) {
        var held = new ArrayList<HeldShard>();
        replicas.of(workspace)
                .forEach((ref, replica) ->
                        held.add(new HeldShard(freshness(ref, replica), replica.code(), replica.symbols())));
        return held;
    }

    Future<Part> look(Look ask) {
        var replica = replicas.current(ask.shard()).orElse(null);
        if (replica == null) {
            return Future.succeededFuture(new Part(List.of(), List.of(), 0));
        }
        var fresh = List.of(freshness(ask.shard(), replica));
        return vertx.executeBlocking(() -> outline(replica.symbols(), ask.path()), false)
                .map(hits -> new Part(fresh, hits, hits.size()));
    }

    private static List<Hit> outline(ShardSymbols symbols, String path) {
        var hits = new ArrayList<Hit>();
        symbols.file(path).ifPresent(file -> {
            for (var symbol : file.table().symbols()) {
                hits.add(new Hit(0, path, hits.size(), file.content(), symbol));
            }
        });
        return hits;
    }

    Future<StatusPart> status(StatusOf ask) {
        var all = new ArrayList<ShardStatus>();
        for (var shard : ask.shards()) {
            replicas.current(shard).ifPresent(replica -> all.add(status(shard, replica)));
        }
        return Future.succeededFuture(new StatusPart(all));
    }

    private ShardStatus status(Ref shard, Replica replica) {
        var size = replica.symbols().size();
        return new ShardStatus(
                freshness(shard, replica),
                null,
                size.files(),
                size.symbols(),
                size.bytes(),
                replica.faults(),
                new Copied(replica.received(), null, replica.sparedMillis()));
    }
}
