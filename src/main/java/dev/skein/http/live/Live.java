package dev.skein.http.live;

import dev.skein.bus.Bus;
import dev.skein.http.live.gate.Origins;
import dev.skein.http.live.gate.Seats;
import dev.skein.http.live.gate.Tickets;
import dev.skein.http.live.gate.Viewer;
import dev.skein.http.live.state.Chronicle;
import dev.skein.http.live.state.Frame;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tickets, the snapshot and the WebSocket of one node, for every HTTP server of it. Thread-safe.
 *
 * <p>The WebSocket is authenticated by its ticket, so {@link #openRoutes} go before the handler that authenticates and
 * {@link #routes} behind it and behind the one that reads bodies.
 */
public final class Live {
    private static final Logger log = LoggerFactory.getLogger(Live.class);

    private static final String PROTOCOL = "skein.live.v1";
    private static final String TICKET_PREFIX = "ticket.";
    private static final String PURPOSE = "live";
    private static final int INBOUND_BYTES_MAX = 16 * 1024;
    private static final int CLOSING_SECONDS = 3; // then a viewer that does not say goodbye is cut off
    private static final int RETRY_SECONDS = 5;
    private static final short GOING_AWAY = 1001;

    private final LiveConfig config;
    private final Function<RoutingContext, @Nullable Viewer> viewerOf;
    private final Clocks clocks;
    private final Feed feed;
    private final Tickets tickets;
    private final Seats seats;

    /**
     * The live view of this node.
     *
     * @param viewerOf who is behind an authenticated request; null when nobody is
     */
    public Live(
            Vertx vertx,
            Bus bus,
            LiveConfig config,
            Clocks clocks,
            Function<RoutingContext, @Nullable Viewer> viewerOf) {
        this.config = config;
        this.clocks = clocks;
        this.viewerOf = viewerOf;
        this.feed = new Feed(vertx, bus, config, clocks);
        this.tickets = new Tickets(config.ticketLife(), clocks.steady());
        this.seats = new Seats(config.seats());
    }

    /** What the HTTP server must be set to: our subprotocol, small messages inwards, and deltas sent uncompressed. */
    public static HttpServerOptions prepare(HttpServerOptions options) {
        return options.setWebSocketSubProtocols(List.of(PROTOCOL))
                .setMaxWebSocketFrameSize(INBOUND_BYTES_MAX)
                .setWebSocketClosingTimeout(CLOSING_SECONDS)
                .setMaxWebSocketMessageSize(INBOUND_BYTES_MAX)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
    }

    /** The WebSocket, which carries its own proof. */
    public void openRoutes(Router router) {
        router.get("/api/v1/live").handler(this::connect);
    }

    /** Tickets and the snapshot, for whoever is authenticated. */
    public void routes(Router router) {
        router.post("/api/v1/tickets").handler(this::issue);
        router.get("/api/v1/snapshot").handler(this::snapshot);
    }

    /** Says goodbye to everybody who watches; they come back to whoever serves next. */
    public void close() {
        feed.watchers().forEach(watcher -> watcher.close(GOING_AWAY, "this node stops"));
    }

    private void issue(RoutingContext call) {
        var viewer = viewerOf.apply(call);
        if (viewer == null) {
            Refusals.unauthorized(call, "sign in to watch");
        } else if (!PURPOSE.equals(purposeIn(call))) {
            Refusals.invalid(call, "for: must be \"live\"");
        } else {
            tickets.issue(viewer, PURPOSE)
                    .ifPresentOrElse(
                            ticket -> answer(call, ticket),
                            () -> Refusals.tooMany(call, "too many tickets wait to be used", RETRY_SECONDS));
        }
    }

    private static @Nullable Object purposeIn(RoutingContext call) {
        try {
            var body = call.body().asJsonObject();
            return body == null ? null : body.getValue("for");
        } catch (DecodeException | ClassCastException e) {
            return null;
        }
    }

    private void answer(RoutingContext call, String ticket) {
        call.response()
                .putHeader("cache-control", "no-store")
                .putHeader("content-type", "application/json")
                .end(new JsonObject()
                        .put("ticket", ticket)
                        .put("expiresIn", config.ticketLife().toSeconds())
                        .toBuffer());
    }

    private void snapshot(RoutingContext call) {
        if (viewerOf.apply(call) == null) {
            Refusals.unauthorized(call, "sign in to watch");
            return;
        }
        feed.refresh().onSuccess(chronicle -> answer(call, chronicle));
    }

    private void answer(RoutingContext call, Chronicle chronicle) {
        if (!feed.hasData()) {
            Refusals.noLeader(call);
            return;
        }
        var frame = chronicle.snapshot();
        var tag = '"' + chronicle.stream() + ":" + frame.seq() + '"';
        var response = call.response().putHeader("etag", tag).putHeader("cache-control", "no-store");
        if (tag.equals(call.request().getHeader("if-none-match"))) {
            response.setStatusCode(304).end();
        } else {
            response.putHeader("content-type", "application/json").end(frame.text());
        }
    }

    private void connect(RoutingContext call) {
        var request = call.request();
        if (!Origins.allows(request, config.origins())) {
            Refusals.forbidden(call, "pages of another origin may not watch");
            return;
        }
        var protocols = protocolsOf(call);
        if (!request.canUpgradeToWebSocket() || !protocols.contains(PROTOCOL)) {
            Refusals.invalid(call, "connect with a WebSocket that offers the subprotocol " + PROTOCOL);
            return;
        }
        protocols.stream()
                .filter(protocol -> protocol.startsWith(TICKET_PREFIX))
                .findFirst()
                .flatMap(protocol -> tickets.redeem(protocol.substring(TICKET_PREFIX.length()), PURPOSE))
                .ifPresentOrElse(
                        viewer -> seat(call, viewer),
                        () -> Refusals.unauthorized(call, "the ticket is unknown, used or too old; ask for another"));
    }

    private static List<String> protocolsOf(RoutingContext call) {
        return call.request().headers().getAll("sec-websocket-protocol").stream()
                .flatMap(header -> Stream.of(header.split(",")))
                .map(String::strip)
                .toList();
    }

    private void seat(RoutingContext call, Viewer viewer) {
        var address = call.request().remoteAddress().hostAddress();
        if (!seats.take(viewer.subject(), address)) {
            Refusals.tooMany(call, "too many viewers are connected", RETRY_SECONDS);
            return;
        }
        var since = call.request().getParam("since");
        call.request()
                .toWebSocket()
                .onSuccess(socket -> open(socket, viewer, address, since))
                .onFailure(cause -> {
                    seats.leave(viewer.subject(), address);
                    log.debug("a viewer left during the handshake: {}", cause.toString());
                });
    }

    private void open(ServerWebSocket socket, Viewer viewer, String address, @Nullable String since) {
        var spectator = new Spectator(socket, viewer, feed.chronicle(), clocks, config.slowAfter());
        socket.closeHandler(closed -> {
            feed.leave(spectator);
            seats.leave(viewer.subject(), address);
        });
        socket.exceptionHandler(cause -> log.debug("a viewer's connection broke: {}", cause.toString()));
        feed.refresh().onSuccess(chronicle -> {
            spectator.begin(hello(chronicle, viewer), sinceIn(chronicle, since));
            feed.watch(spectator);
            if (socket.isClosed()) {
                feed.leave(spectator); // it went while the coordinator was asked
            }
        });
    }

    private static @Nullable Long sinceIn(Chronicle chronicle, @Nullable String since) {
        int colon = since == null ? -1 : since.lastIndexOf(':');
        if (since == null || colon < 0) {
            return null;
        }
        try {
            long seq = Long.parseLong(since.substring(colon + 1));
            return chronicle.remembers(since.substring(0, colon), seq) ? seq : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private Frame hello(Chronicle chronicle, Viewer viewer) {
        long seq = chronicle.seq();
        var hello = new JsonObject()
                .put("type", "hello")
                .put("schema", Chronicle.SCHEMA)
                .put("stream", chronicle.stream())
                .put("seq", seq)
                .put("tickMillis", config.tick().toMillis())
                .put("subject", viewer.subject())
                .put("role", viewer.role());
        if (viewer.expiry() != null) {
            hello.put("expires", viewer.expiry().toString());
        }
        return Frame.of(hello.encode(), seq);
    }
}
