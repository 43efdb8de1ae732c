package dev.skein.http.live;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.http.live.gate.Viewer;
import dev.skein.http.live.state.States;
import dev.skein.kernel.Problem;
import dev.skein.kernel.SteadyClock;
import dev.skein.pipeline.Alerts;
import dev.skein.pipeline.Observation;
import dev.skein.pipeline.Observation.Snapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A node that shows whatever a test wants to be seen, over a real bus and a real server. */
public final class LiveServer implements AutoCloseable {
    public final Vertx vertx = Vertx.vertx();
    public final AtomicInteger asked = new AtomicInteger();
    public volatile Snapshot shown = States.of(Map.of(), Map.of(), Map.of());
    public volatile boolean hasLeader = true;

    /** The token that is asked for; empty lets everybody in. */
    public volatile String token = "";

    public volatile Instant expiry;
    public int port;
    public Live live;

    private final LiveConfig config;
    private final Consumer<Router> more;
    private final Bus bus = new Bus(vertx, NodeAddress.of("test"));
    private HttpServer server;

    /** What the node raises itself. */
    public volatile List<Alerts.Alert> ownAlerts = List.of();

    public LiveServer(LiveConfig config, Consumer<Router> more) {
        this.config = config;
        this.more = more;
        bus.register(List.of(Observation.SNAPSHOT, Alerts.HERE));
        bus.serveHere(Alerts.HERE, ask -> Future.succeededFuture(new Alerts.Listed(ownAlerts, ownAlerts.size())));
        bus.serve(Observation.SNAPSHOT, this::answer);
    }

    private Future<Snapshot> answer(Observation.Ask ask) {
        asked.incrementAndGet();
        return hasLeader ? Future.succeededFuture(shown) : Future.failedFuture(Problem.busy("no leader"));
    }

    /** Listens; after a stop, again on the same port, as a new life of the node. */
    public LiveServer start() {
        var steady = SteadyClock.system();
        live = new Live(vertx, bus, config, new Clocks(steady, steady), this::viewerOf);
        var router = Router.router(vertx);
        more.accept(router);
        live.openRoutes(router);
        router.route().handler(BodyHandler.create(false));
        live.routes(router);
        var options = Live.prepare(new HttpServerOptions().setHost("127.0.0.1").setPort(port));
        server = await(vertx.createHttpServer(options).requestHandler(router).listen());
        port = server.actualPort();
        return this;
    }

    public void stop() {
        live.close();
        await(server.close());
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    private Viewer viewerOf(RoutingContext call) {
        var authorization = call.request().getHeader("authorization");
        boolean isKnown = token.isEmpty() || ("Bearer " + token).equals(authorization);
        return isKnown ? new Viewer("anna", "viewer", expiry) : null;
    }

    /** The outcome, for a test that can wait a little. */
    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
