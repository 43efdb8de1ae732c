package dev.skein.router.index.feed;

import dev.skein.bus.Bus;
import dev.skein.index.feed.Feeds;
import dev.skein.index.feed.Feeds.Edit;
import dev.skein.index.feed.Feeds.Edited;
import dev.skein.index.feed.Feeds.Part;
import dev.skein.index.overlay.Revisions;
import dev.skein.kernel.Problem;
import dev.skein.router.index.feed.Feed.Owner;
import dev.skein.router.index.feed.ShardFiles.Effective;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings single files of one shard to its owner at once, beside all rounds. Of each file one content is on the way and
 * at most one more waits, which is the newest: what it replaces is never sent. Thread-safe.
 */
public final class Lanes {
    private static final int STRETCH = Feeds.FRAME_BYTES - 128;

    private final Vertx vertx;
    private final Bus bus;
    private final ShardFiles files;
    private final Feed feed;
    private final Revisions revisions;
    private final Map<String, Lane> lanes = new HashMap<>(); // by path, while something is on the way; guarded by this
    private long superseded;

    /** One file of which something is on the way. */
    private static final class Lane {
        private @Nullable Promise<Boolean> waiting;
    }

    /**
     * @param sent what is sent, null when the file is gone
     * @param revision from before that was looked up
     */
    private record Load(
            Owner to, String path, long revision, @Nullable Effective sent) {}

    public Lanes(Vertx vertx, Bus bus, ShardFiles files, Feed feed, Revisions revisions) {
        this.vertx = vertx;
        this.bus = bus;
        this.files = files;
        this.feed = feed;
        this.revisions = revisions;
    }

    /**
     * Sends a file as it is now, or as it is when what is on the way has arrived. True when its owner has it, false
     * when a round will bring it; never fails.
     */
    public Future<Boolean> push(String path) {
        synchronized (this) {
            var lane = lanes.get(path);
            if (lane != null) {
                if (lane.waiting == null) {
                    lane.waiting = Promise.promise();
                } else {
                    superseded++;
                }
                return lane.waiting.future();
            }
            lanes.put(path, new Lane());
        }
        return go(path);
    }

    private Future<Boolean> go(String path) {
        return vertx.executeBlocking(() -> load(path), false)
                .compose(this::bring)
                .otherwise(bug -> false)
                .onComplete(done -> next(path));
    }

    private void next(String path) {
        Promise<Boolean> waiting;
        synchronized (this) {
            var lane = lanes.get(path);
            waiting = lane == null ? null : lane.waiting;
            if (lane == null || waiting == null) {
                lanes.remove(path);
                return;
            }
            lane.waiting = null;
        }
        go(path).onComplete(waiting);
    }

    private @Nullable Load load(String path) {
        var to = feed.ready();
        if (to == null) {
            feed.leave(List.of(path));
            return null;
        }
        long revision = revisions.next();
        try {
            return new Load(to, path, revision, files.effective(path));
        } catch (Problem away) {
            feed.leave(List.of(path));
            return null;
        }
    }

    private Future<Boolean> bring(@Nullable Load load) {
        if (load == null) {
            return Future.succeededFuture(false);
        }
        return bring(load, 0).map(last -> settle(load, last.applied())).recover(cause -> {
            feed.stumbled(load.to, load.path);
            return Future.succeededFuture(false);
        });
    }

    private boolean settle(Load load, boolean applied) {
        if (applied) {
            feed.reached(load.path, load.revision);
        } else {
            feed.leave(List.of(load.path)); // a round was there with something newer
        }
        return applied;
    }

    /** One stretch after the other, so that no message holds more than one. */
    private Future<Edited> bring(Load load, int offset) {
        var sent = load.sent;
        int end = sent == null ? 0 : Math.min(sent.content().length, offset + STRETCH);
        var part = sent == null ? null : new Part(sent.item(), offset, stretch(sent.content(), offset, end));
        var edit = new Edit(load.to.shard(), bus.here().toString(), load.revision, load.path, part);
        var asked = bus.askAt(load.to.node(), Feeds.EDIT, edit, Courier.DEADLINE);
        return sent == null || end == sent.content().length ? asked : asked.compose(taken -> bring(load, end));
    }

    private static byte[] stretch(byte[] content, int from, int end) {
        return from == 0 && end == content.length ? content : Arrays.copyOfRange(content, from, end);
    }

    /** How many contents were replaced by newer ones before they were sent. */
    public synchronized long superseded() {
        return superseded;
    }
}
