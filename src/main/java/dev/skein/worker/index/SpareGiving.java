package dev.skein.worker.index;

import dev.skein.index.code.ShardCode;
import dev.skein.index.feed.Feeds;
import dev.skein.index.feed.Feeds.Item;
import dev.skein.index.feed.Feeds.Part;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.feed.Spares.AskKept;
import dev.skein.index.feed.Spares.AskPart;
import dev.skein.index.feed.Spares.AskTexts;
import dev.skein.index.feed.Spares.Kept;
import dev.skein.index.feed.Spares.Stretches;
import dev.skein.index.source.ContentHash;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Gives another worker a copy of what is on disk of a shard. Confined to one event loop; disks are read beside it. */
final class SpareGiving {
    private static final int HEAD_BYTES = 64; // of a stretch, roughly
    private static final ContentHash NONE = new ContentHash(0, 0);

    private final Vertx vertx;
    private final Replicas replicas;

    SpareGiving(Vertx vertx, Replicas replicas) {
        this.vertx = vertx;
        this.replicas = replicas;
    }

    Future<Kept> kept(AskKept ask) {
        var replica = held(ask.shard());
        replica.spared(ask.heldMillis());
        var holdings = replica.holdings();
        return vertx.executeBlocking(
                () -> {
                    long written = holdings.writtenMillis();
                    return new Kept(written, written == 0 ? List.of() : holdings.parts());
                },
                false);
    }

    Future<Stretches> part(AskPart ask) {
        var holdings = held(ask.shard()).holdings();
        return vertx.executeBlocking(() -> part(holdings, ask), false);
    }

    private static Stretches part(Holdings holdings, AskPart ask) throws IOException {
        if (ask.part() < 0 || ask.offset() < 0) {
            throw Problem.invalid("a part and an offset count from 0");
        }
        var bytes = holdings.stretch(ask.part(), ask.offset(), Feeds.FRAME_BYTES);
        if (holdings.writtenMillis() != ask.writtenMillis()) {
            throw Problem.conflict("spare_moved", "something newer was written");
        }
        return new Stretches(List.of(new Part(new Item("", bytes.length, 0, NONE), ask.offset(), bytes)));
    }

    Future<Stretches> texts(AskTexts ask) {
        var code = held(ask.shard()).code();
        return vertx.executeBlocking(() -> texts(code, ask), false);
    }

    private static Stretches texts(ShardCode code, AskTexts ask) {
        var parts = new ArrayList<Part>();
        int left = Feeds.FRAME_BYTES;
        int from = (int) Math.max(0, Math.min(ask.offset(), Integer.MAX_VALUE));
        for (var hash : ask.contents()) {
            if (left <= HEAD_BYTES) {
                break;
            }
            var content = code.content(hash).orElse(null);
            if (content != null && from <= content.length) {
                int length = Math.min(left - HEAD_BYTES, content.length - from);
                var item = new Item("", content.length, 0, hash);
                parts.add(new Part(item, from, Arrays.copyOfRange(content, from, from + length)));
                left -= length + HEAD_BYTES;
            }
            from = 0;
        }
        return new Stretches(parts);
    }

    private Replica held(Ref shard) {
        return replicas.current(shard)
                .orElseThrow(() -> Problem.conflict("feed_unknown", "this worker does not hold that shard"));
    }
}
