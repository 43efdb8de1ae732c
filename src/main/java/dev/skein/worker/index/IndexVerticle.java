package dev.skein.worker.index;

import dev.skein.bus.Bus;
import dev.skein.bus.Turns;
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
import dev.skein.index.feed.Spares.AskKept;
import dev.skein.index.feed.Spares.AskPart;
import dev.skein.index.feed.Spares.AskTexts;
import dev.skein.index.query.Code;
import dev.skein.index.query.CodeParts;
import dev.skein.index.query.Queries;
import dev.skein.index.scan.JavaExtractor;
import dev.skein.index.workspace.AtlasFollower;
import dev.skein.kernel.Problem;
import dev.skein.memory.Category;
import dev.skein.memory.Memory;
import dev.skein.memory.Pressure;
import dev.skein.worker.index.code.CalledOff;
import dev.skein.worker.index.code.CodeAnswers;
import dev.skein.worker.index.gate.Gate;
import dev.skein.worker.index.leisure.Leisure;
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
    private static final long COUNT_MILLIS = 5_000; // as often as memory is looked at
    private static final int UNDER_WAY_MAX = 64 << 20; // bytes of contents of all feeds
    private static final int QUESTIONS_MAX = 1_024; // of each other node at once
    private static final long SPARE_MILLIS = 2_000; // between looks for something newer to copy
    private static final long SWEEP_MILLIS = 600_000;
    private static final long EARLY_MILLIS = 120_000; // until what was read and is nobody's is let go
    private static final Duration SAVE = Duration.ofSeconds(10);

    private final Bus bus;
    private final IndexConfig config;
    private final Path directory;
    private final Memory memory;
    private final InstantSource wall;
    private final InstantSource clock;
    private final Queue<JavaExtractor> idle = new ConcurrentLinkedQueue<>(); // as many as have worked at once
    private @Nullable Replicas replicas;
    private @Nullable SpareHolding spares;
    private int underWay; // confined to the event loop

    /**
     * @param directory of the cache files
     * @param memory where what is held is counted, and which says when no more may come
     * @param wall tells how old files are
     * @param clock steady
     */
    public IndexVerticle(
            Bus bus, IndexConfig config, Path directory, Memory memory, InstantSource wall, InstantSource clock) {
        this.bus = bus;
        this.config = config;
        this.directory = directory;
        this.memory = memory;
        this.wall = wall;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        var cache = new ShardCache(directory);
        var leisure = new Leisure(vertx, clock);
        return EarlyLoad.begin(vertx, cache).compose(early -> {
            vertx.setTimer(EARLY_MILLIS, late -> early.forget());
            return serve(new Replicas(vertx, cache, early, copy(cache, early, leisure), leisure));
        });
    }

    /** Copies nothing before everything was read, and when its own shards arrive not at once. */
    private SpareHolding copy(ShardCache cache, EarlyLoad early, Leisure leisure) {
        var copies = new SpareHolding(bus, cache, early::isDone);
        spares = copies;
        var sweep = Executors.callable(() -> copies.sweep(wall.millis(), config.cacheKeep()));
        vertx.setPeriodic(
                SPARE_MILLIS,
                tick -> leisure.later("spares", () -> {
                    copies.look();
                    return Future.succeededFuture();
                }));
        vertx.setPeriodic(SWEEP_MILLIS, tick -> vertx.executeBlocking(sweep, false));
        return copies;
    }

    private Future<?> serve(Replicas held) {
        replicas = held;
        var answers = new Answers(vertx, held, config.staleAfter(), clock);
        var giving = new SpareGiving(vertx, held);
        var here = bus.here().toString();
        var atlas = new AtlasFollower(bus, views -> held.follow(views, here));
        var turns = new Turns(bus, QUESTIONS_MAX);
        var gate = new Gate(bus, atlas, turns);
        var calledOff = new CalledOff();
        var code = new CodeAnswers(vertx, bus, clock, answers::held, atlas, calledOff);
        vertx.setPeriodic(LOOK_MILLIS, tick -> atlas.look());
        var counted = memory.register("index", Category.INDEXES);
        vertx.setPeriodic(0, COUNT_MILLIS, tick -> counted.set(held.bytes()));
        return Future.all(List.of(
                gate.serve(Feeds.BEGIN, Begin::router, ask -> gate.begin(ask).compose(given -> begin(held, given))),
                gate.serve(Feeds.PAGE, Page::router, page -> page(held, page)),
                gate.serve(Feeds.FRAME, Frame::router, frame -> frame(held, frame)),
                gate.serve(Feeds.END, End::router, end -> end(held, end)),
                gate.serve(Feeds.EDIT, Edit::router, edit -> edit(held, edit)),
                turns.serveHere(Queries.SEARCH, answers::search),
                turns.serveHere(Queries.LOOK, answers::look),
                turns.serveHere(Queries.STATUS_OF, answers::status),
                gate.serveSpare(Spares.KEPT, AskKept::shard, giving::kept),
                gate.serveSpare(Spares.PART, AskPart::shard, giving::part),
                gate.serveSpare(Spares.TEXTS, AskTexts::shard, giving::texts),
                bus.subscribe(Code.CALLED_OFF, each -> calledOff.add(each.id())).completion(),
                serve(turns, code),
                atlas.start()));
    }

    private static Future<?> serve(Turns turns, CodeAnswers code) {
        return Future.all(List.of(
                turns.serveHere(CodeParts.MEANING, code::meaning),
                turns.serveHere(CodeParts.USES, code::uses),
                turns.serveHere(CodeParts.BELOW, code::below),
                turns.serveHere(CodeParts.ABOVE, code::above),
                turns.serveHere(CodeParts.OVERRIDING, code::overriding),
                turns.serveHere(CodeParts.DESCRIBE, code::describe),
                turns.serveHere(CodeParts.CARDS, code::cards),
                turns.serveHere(CodeParts.CHECK, code::check)));
    }

    private Future<Begun> begin(Replicas held, Begin ask) {
        return held.begin(ask).map(same -> new Begun(config.creditBytes(), same));
    }

    private Future<Lacking> page(Replicas held, Page page) {
        return held.arriving(
                page.shard(), replica -> config.readLocal() && !isPaused() ? read(replica, page) : replica.page(page));
    }

    /** A router that keeps to its credit is never refused here, unless there are very many. */
    private Future<Taken> frame(Replicas held, Frame frame) {
        if (isPaused()) {
            throw Problem.busy("memory_pressure", "this worker has no memory for more at present");
        }
        int bytes =
                frame.parts().stream().mapToInt(part -> part.content().length).sum();
        return admitted(bytes, () -> held.arriving(frame.shard(), replica -> new Taken(extract(replica, frame))));
    }

    /** Edits go on, since somebody waits for them and they take the place of what was there. */
    private boolean isPaused() {
        return memory.pressure().degraded().backgroundIndexing() == Pressure.Indexing.PAUSED;
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
        ended.onSuccess(done -> held.ended(end.shard(), end.whole())); // the router need not wait for that
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
