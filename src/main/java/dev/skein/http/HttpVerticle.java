package dev.skein.http;

import dev.skein.http.exchange.Deadlines;
import dev.skein.http.exchange.Refusal;
import dev.skein.http.exchange.Responder;
import dev.skein.http.guard.BodyReader;
import dev.skein.http.guard.Gate;
import dev.skein.kernel.Ids;
import dev.skein.tls.TlsFiles;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One event loop of the edge. */
final class HttpVerticle extends VerticleBase {
    private static final int LINE_BYTES_MAX = 4 << 10;
    private static final int HEAD_BYTES_MAX = 8 << 10;
    private static final int BACKLOG = 1_024;
    private static final long SWEEP_MILLIS = 1_000;
    private static final Set<String> TLS_VERSIONS = Set.of("TLSv1.3", "TLSv1.2");

    private final Edge.Shared shared;
    private final int port;
    private final AtomicInteger actualPort;
    private final Deadlines deadlines; // confined to this event loop, like the responder

    HttpVerticle(Edge.Shared shared, int port, AtomicInteger actualPort) {
        this.shared = shared;
        this.port = port;
        this.actualPort = actualPort;
        this.deadlines = new Deadlines(shared.facts().steady());
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(SWEEP_MILLIS, tick -> deadlines.sweep());
        var responder = new Responder(vertx, deadlines);
        var options = options();
        return vertx.createHttpServer(options)
                .connectionHandler(connection -> shared.connections().opened(connection, options))
                .invalidRequestHandler(request -> refuseInvalid(
                        responder, request, invalid(request.decoderResult().cause())))
                .requestHandler(readable(router(responder), responder))
                .listen()
                .onSuccess(server -> actualPort.set(server.actualPort()));
    }

    private HttpServerOptions options() {
        var limits = shared.config().limits();
        var options = new HttpServerOptions()
                .setHost(shared.config().host())
                .setPort(port)
                .setAcceptBacklog(BACKLOG)
                .setMaxInitialLineLength(LINE_BYTES_MAX)
                .setMaxHeaderSize(HEAD_BYTES_MAX)
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout((int) limits.idle().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        var tls = shared.tls();
        if (tls != null) {
            options.setSsl(true)
                    .setKeyCertOptions(tls.keys())
                    .setEnabledSecureTransportProtocols(TLS_VERSIONS)
                    .setSslEngineOptions(TlsFiles.engine());
        }
        return shared.mounts().options().apply(options);
    }

    private Router router(Responder responder) {
        var config = shared.config();
        var bodies = new BodyReader(shared.bodyBytes(), config.limits().bodyBytesMax(), deadlines);
        var guards = new Gate.Guards(shared.admission(), shared.rates(), bodies, shared.trail());
        var gate = new Gate(vertx, shared.paths(), shared.handlers(), guards, responder);
        var router = Router.router(vertx);
        if (shared.tls() != null) {
            router.route().handler(HttpVerticle::insistOnTls);
        }
        router.route().handler(gate::handle);
        shared.mounts().routes().forEach(mount -> mount.accept(router));
        router.route().handler(context -> context.fail(404));
        router.route().failureHandler(context -> refuse(responder, context));
        return router;
    }

    private static void insistOnTls(RoutingContext context) {
        context.response().putHeader("strict-transport-security", "max-age=31536000");
        context.next();
    }

    /** The router answers what it cannot read in words of its own, so that never reaches it. */
    private static Handler<HttpServerRequest> readable(Router router, Responder responder) {
        return request -> {
            var fault = Target.fault(request);
            if (fault == null) {
                router.handle(request);
            } else {
                refuseInvalid(responder, request, new Refusal(400, "invalid_request", fault));
            }
        };
    }

    private static void refuse(Responder responder, RoutingContext context) {
        var id = String.valueOf(context.response().headers().get("x-request-id"));
        responder.refuse(context.request(), id, reasonOf(context));
    }

    private static Throwable reasonOf(RoutingContext context) {
        int status = context.statusCode();
        if (status == 404) {
            return Refusal.notFound();
        }
        if (status == 405) {
            return new Refusal(405, "method_not_allowed", "this path does not know this method");
        }
        if (status >= 400 && status < 500) {
            return new Refusal(status, "invalid_request", "the request cannot be served");
        }
        return context.failure() == null ? new IllegalStateException("status " + status) : context.failure();
    }

    /** What is no HTTP, or could be read in two ways; nothing more on this connection is believed. */
    private static void refuseInvalid(Responder responder, HttpServerRequest request, Refusal refusal) {
        var id = Ids.request();
        responder.prepare(request.response(), id);
        responder
                .refuse(request, id, refusal)
                .onComplete(done -> request.connection().close());
    }

    private static Refusal invalid(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new Refusal(414, "payload_too_large", "the request line may have " + LINE_BYTES_MAX + " bytes");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new Refusal(431, "payload_too_large", "the head may have " + HEAD_BYTES_MAX + " bytes");
        }
        return new Refusal(400, "invalid_request", "the request is not HTTP, or could be read in two ways");
    }
}
