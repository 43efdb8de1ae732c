package dev.skein.router.index;

import dev.skein.bus.Bus;
import dev.skein.bus.Turns;
import dev.skein.cluster.Membership;
import dev.skein.index.IndexConfig;
import dev.skein.index.overlay.Revisions;
import dev.skein.index.overlay.TextStore;
import dev.skein.index.query.Queries;
import dev.skein.index.workspace.AtlasFollower;
import dev.skein.index.workspace.Workspaces;
import dev.skein.index.workspace.Workspaces.Create;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.router.index.code.CodeQueries;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds workspaces of its node, keeps them with their open documents, and answers questions about those of all. */
public final class IndexRouterVerticle extends VerticleBase {
    private static final Duration REGISTER = Duration.ofSeconds(10);
    private static final int QUESTIONS_MAX = 1_024; // of each other node at once
    private static final long FIRST_MILLIS = 50;
    private static final long LOOK_MILLIS = 1_000; // a hint may be lost

    private final Bus bus;
    private final IndexConfig config;
    private final Path directory;
    private final Membership membership;
    private final InstantSource wall;
    private final InstantSource steady;
    private volatile @Nullable Keepers keepers;

    /**
     * @param directory of what this router keeps on disk
     * @param wall tells when a root was looked at
     * @param steady measures how long that took
     */
    public IndexRouterVerticle(
            Bus bus,
            IndexConfig config,
            Path directory,
            Membership membership,
            InstantSource wall,
            InstantSource steady) {
        this.bus = bus;
        this.config = config;
        this.directory = directory;
        this.membership = membership;
        this.wall = wall;
        this.steady = steady;
    }

    @Override
    public Future<?> start() {
        return vertx.executeBlocking(this::kept, false).compose(this::serve);
    }

    private Keepers kept() {
        var kept = new Keepers(config, means());
        keepers = kept;
        kept.resume();
        return kept;
    }

    private Means means() {
        var revisions = Revisions.begin(directory.resolve("router-epoch"), wall.millis());
        var texts = new TextStore(directory.resolve("unsaved"), config.overlayMemoryBytes(), config.overlayBytes());
        return new Means(vertx, bus, revisions, texts, directory.resolve("manifests"), wall, steady);
    }

    private Future<?> serve(Keepers kept) {
        var means = kept.means();
        var understudy = new Understudy(means, membership, kept);
        var atlas = new AtlasFollower(bus, views -> {
            kept.follow(views);
            understudy.follow(views);
        });
        var turns = new Turns(bus, QUESTIONS_MAX);
        var fanOut = new FanOut(bus, config, atlas, kept::reached);
        var code = new CodeQueries(bus, config, atlas, kept::reached);
        var desk = new DocumentDesk(means, membership, config.sessionLease(), fanOut, kept, understudy);
        vertx.setPeriodic(LOOK_MILLIS, tick -> atlas.look());
        vertx.setPeriodic(LOOK_MILLIS, tick -> desk.expire());
        vertx.setPeriodic(FIRST_MILLIS, LOOK_MILLIS, tick -> understudy.look());
        return Future.all(List.of(
                bus.serveHere(Workspaces.CREATE, request -> create(atlas, request))
                        .completion(),
                turns.serveHere(Queries.SYMBOLS, fanOut::symbols),
                turns.serveHere(Queries.OUTLINE, fanOut::outline),
                turns.serveHere(Queries.STATUS, fanOut::status),
                code.serve(turns),
                desk.serve(turns),
                understudy.serve(),
                atlas.start()));
    }

    /** Answers once it can be asked here. */
    private Future<View> create(AtlasFollower atlas, Create request) {
        return vertx.executeBlocking(() -> Survey.of(request, bus.here().node(), config), false)
                .compose(found -> bus.ask(Workspaces.REGISTER, found, REGISTER))
                .compose(added -> atlas.look().map(added));
    }

    @Override
    public Future<?> stop() {
        var kept = keepers;
        return kept == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(
                        () -> {
                            kept.close();
                            return true;
                        },
                        false);
    }
}
