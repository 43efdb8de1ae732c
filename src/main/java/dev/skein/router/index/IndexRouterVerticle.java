package dev.skein.router.index;

import dev.skein.bus.Bus;
import dev.skein.index.IndexConfig;
import dev.skein.index.query.Queries;
import dev.skein.index.workspace.AtlasFollower;
import dev.skein.index.workspace.Workspaces;
import dev.skein.index.workspace.Workspaces.Create;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.router.index.code.CodeQueries;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;

/** Adds workspaces of its node, keeps them, and answers questions about those of every node. */
public final class IndexRouterVerticle extends VerticleBase {
    private static final Duration REGISTER = Duration.ofSeconds(10);
    private static final long LOOK_MILLIS = 1_000; // a hint may be lost

    private final Bus bus;
    private final IndexConfig config;
    private final Keepers keepers;
    private final AtlasFollower atlas;

    /**
     * @param wall tells when a root was looked at
     * @param steady measures how long that took
     */
    public IndexRouterVerticle(Bus bus, IndexConfig config, InstantSource wall, InstantSource steady) {
        this.bus = bus;
        this.config = config;
        this.keepers = new Keepers(bus, config, wall, steady);
        this.atlas = new AtlasFollower(bus, keepers::follow);
    }

    @Override
    public Future<?> start() {
        var fanOut = new FanOut(bus, config, atlas);
        var code = new CodeQueries(bus, config, atlas);
        vertx.setPeriodic(LOOK_MILLIS, tick -> atlas.look());
        return Future.all(
                bus.serveHere(Workspaces.CREATE, this::create).completion(),
                bus.serveHere(Queries.SYMBOLS, fanOut::symbols).completion(),
                bus.serveHere(Queries.OUTLINE, fanOut::outline).completion(),
                bus.serveHere(Queries.STATUS, fanOut::status).completion(),
                code.serve(),
                atlas.start());
    }

    /** Answers once it can be asked here. */
    private Future<View> create(Create request) {
        return vertx.executeBlocking(() -> Survey.of(request, bus.here().node(), config), false)
                .compose(found -> bus.ask(Workspaces.REGISTER, found, REGISTER))
                .compose(added -> atlas.look().map(added));
    }

    @Override
    public Future<?> stop() {
        keepers.close();
        return Future.succeededFuture();
    }
}
