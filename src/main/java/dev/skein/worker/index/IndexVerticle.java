package dev.skein.worker.index;

import dev.skein.bus.Bus;
import dev.skein.index.IndexConfig;
import dev.skein.index.cache.ShardCache;
import dev.skein.index.feed.Feeds;
import dev.skein.index.feed.Feeds.Begin;
import dev.skein.index.feed.Feeds.Begun;
import dev.skein.index.feed.Feeds.Edit;
import dev.skein.index.feed.Feeds.Edited;
import dev.skein.index.feed.Feeds.End;
import dev.skein.index.feed.Feeds.Ended;
import dev.skein.index.feed.Feeds.Frame;
import dev.skein.index.feed.Feeds.Lacking;
import dev.skein.index.feed.Feeds.Page;
import dev.skein.index.feed.Feeds.Taken;
import dev.skein.index.feed.Spares;
import dev.skein.index.query.Code;
import dev.skein.index.query.CodeParts;
import dev.skein.index.query.Queries;
import dev.skein.index.scan.JavaExtractor;
import dev.skein.index.workspace.AtlasFollower;
import dev.skein.kernel.Problem;
import dev.skein.worker.index.code.CalledOff;
import dev.skein.worker.index.code.CodeAnswers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes what routers feed into the shards of this node, and answers questions about them. */
public final class IndexVerticle extends VerticleBase {
    private static final long LOOK_MILLIS = 1_000; // a hint may be lost
    private static final int UNDER_WAY_MAX = 64 << 20; // bytes of contents of all feeds
    private static final long SPARE_MILLIS = 2_000; // between looks for something newer to copy
    private static final long SWEEP_MILLIS = 600_000;
    private static final long EARLY_MILLIS = 120_000; // until what was read and is nobody's is let go
    private static final Duration SAVE = Duration.ofSeconds(10);

    private final Bus bus;
    private final IndexConfig config;
    private final Path directory;
    private final InstantSource wall;
    private final InstantSource clock;
    private final Queue<JavaExtractor> idle = new ConcurrentLinkedQueue<>(); // as many as have worked at once
    private @Nullable Replicas replicas;
    private @Nullable SpareHolding spares;
    private int underWay; // confined to the event loop

    /**
     * @param directory of the cache files
     * @param wall tells how old those are
     * @param clock steady
     */
    public IndexVerticle(Bus bus, IndexConfig config, Path directory, InstantSource wall, InstantSource clock) {
        this.bus = bus;
        this.config = config;
        this.directory = directory;
        this.wall = wall;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        var cache = new ShardCache(directory);
        return EarlyLoad.begin(vertx, cache).compose(early -> {
            vertx.setTimer(EARLY_MILLIS, late -> early.forget());
            return serve(new Replicas(vertx, cache, early, copy(cache, early)));
        });
    }

    /** Copies nothing before everything was read. */
    private SpareHolding copy(ShardCache cache, EarlyLoad early) {
        var copies = new SpareHolding(bus, cache, early::isDone);
        spares = copies;
        var sweep = Executors.callable(() -> copies.sweep(wall.millis(), config.cacheKeep()));
        vertx.setPeriodic(SPARE_MILLIS, tick -> copies.look());
        vertx.setPeriodic(SWEEP_MILLIS, tick -> vertx.executeBlocking(sweep, false));
        return copies;
    }

    private Future<?> serve(Replicas held) {
        replicas = held;
        var answers = new Answers(vertx, held, config.staleAfter(), clock);
        var giving = new SpareGiving(vertx, held);
        var here = bus.here().toString();
        var atlas = new AtlasFollower(bus, views -> held.follow(views, here));
        var calledOff = new CalledOff();
        var code = new CodeAnswers(vertx, bus, clock, answers::held, atlas, calledOff);
        vertx.setPeriodic(LOOK_MILLIS, tick -> atlas.look());
        return Future.all(List.of(
                bus.serveHere(Feeds.BEGIN, ask -> begin(held, ask)).completion(),
                bus.serveHere(Feeds.PAGE, page -> page(held, page)).completion(),
                bus.serveHere(Feeds.FRAME, frame -> frame(held, frame)).completion(),
                bus.serveHere(Feeds.END, end -> end(held, end)).completion(),
                bus.serveHere(Feeds.EDIT, edit -> edit(held, edit)).completion(),
                bus.serveHere(Spares.KEPT, giving::kept).completion(),
                bus.serveHere(Spares.PART, giving::part).completion(),
                bus.serveHere(Spares.TEXTS, giving::texts).completion(),
                bus.serveHere(Queries.SEARCH, answers::search).completion(),
                bus.serveHere(Queries.LOOK, answers::look).completion(),
                bus.serveHere(Queries.STATUS_OF, answers::status).completion(),
                bus.subscribe(Code.CALLED_OFF, each -> calledOff.add(each.id())).completion(),
                serve(code),
                atlas.start()));
    }

    private Future<?> serve(CodeAnswers code) {
        return Future.all(List.of(
                bus.serveHere(CodeParts.MEANING, code::meaning).completion(),
                bus.serveHere(CodeParts.USES, code::uses).completion(),
                bus.serveHere(CodeParts.BELOW, code::below).completion(),
                bus.serveHere(CodeParts.ABOVE, code::above).completion(),
                bus.serveHere(CodeParts.OVERRIDING, code::overriding).completion(),
                bus.serveHere(CodeParts.DESCRIBE, code::describe).completion(),
                bus.serveHere(CodeParts.CARDS, code::cards).completion(),
                bus.serveHere(CodeParts.CHECK, code::check).completion()));
    }

    private Future<Begun> begin(Replicas held, Begin ask) {
        return held.begin(ask).map(same -> new Begun(config.creditBytes(), same));
    }

    private Future<Lacking> page(Replicas held, Page page) {
        return held.inTurn(page.shard(), replica -> config.readLocal() ? read(replica, page) : replica.page(page));
    }

    /** A router that keeps to its credit is never refused here, unless there are very many. */
    private Future<Taken> frame(Replicas held, Frame frame) {
        int bytes =
                frame.parts().stream().mapToInt(part -> part.content().length).sum();
        return admitted(bytes, () -> held.inTurn(frame.shard(), replica -> new Taken(extract(replica, frame))));
    }

    private Future<Edited> edit(Replicas held, Edit edit) {
        var part = edit.part();
        int bytes = part == null ? 0 : part.content().length;
        return admitted(bytes, () -> held.inTurn(edit.shard(), replica -> new Edited(extract(replica, edit))));
    }

    private <T> Future<T> admitted(int bytes, Supplier<Future<T>> work) {
        if (bytes > Feeds.FRAME_BYTES) {
            throw Problem.invalid("a frame has at most %d bytes of contents".formatted(Feeds.FRAME_BYTES));
        }
        if (underWay + bytes > UNDER_WAY_MAX) {
            throw Problem.busy("index_busy", "too much is under way to this worker");
        }
        underWay += bytes;
        return work.get().onComplete(done -> underWay -= bytes);
    }

    private Lacking read(Replica replica, Page page) {
        var lacking = replica.page(page);
        if (lacking.paths().isEmpty()) {
            return lacking;
        }
        var extractor = extractor();
        var left = replica.read(page, lacking, extractor);
        idle.add(extractor);
        return left;
    }

    private int extract(Replica replica, Frame frame) {
        var extractor = extractor();
        int files = replica.frame(frame, extractor);
        idle.add(extractor); // one that failed is not used again
        return files;
    }

    private boolean extract(Replica replica, Edit edit) {
        var extractor = extractor();
        boolean applied = replica.edit(edit, extractor);
        idle.add(extractor);
        return applied;
    }

    private JavaExtractor extractor() {
        var known = idle.poll();
        return known == null ? new JavaExtractor() : known;
    }

    private Future<Ended> end(Replicas held, End end) {
        var ended = held.inTurn(end.shard(), replica -> replica.end(end, clock.instant()));
        held.inTurn(end.shard(), replica -> {
            replica.saveWhenDue(); // the router need not wait for that
            return true;
        });
        if (end.whole()) {
            ended.onSuccess(done -> held.warm(end.shard()));
        }
        return ended;
    }

    @Override
    public Future<?> stop() {
        var copies = spares;
        if (copies != null) {
            copies.close();
        }
        var held = replicas;
        return held == null
                ? Future.succeededFuture()
                : held.save().timeout(SAVE.toMillis(), TimeUnit.MILLISECONDS).otherwiseEmpty();
    }
}
