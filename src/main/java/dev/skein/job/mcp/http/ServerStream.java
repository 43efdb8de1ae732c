package dev.skein.job.mcp.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the server sends of its own accord. A server need not offer this; then it stays closed. */
final class ServerStream {
    private static final Logger LOG = LoggerFactory.getLogger(ServerStream.class);
    private static final int OK = 200;
    private static final int FAILURES_MAX = 5;
    private static final int PAUSE_MILLIS = 1_000;

    private final Vertx vertx;
    private final Session session;
    private final Bodies bodies;
    private final int messageMax;
    private final Consumer<JsonNode> listener;
    private @Nullable HttpClientRequest current;
    private boolean closed;
    private int failures;

    ServerStream(Vertx vertx, Session session, Exchange.Limits limits) {
        this.vertx = vertx;
        this.session = session;
        this.bodies = limits.bodies();
        this.messageMax = limits.messageMax();
        this.listener = limits.listener();
    }

    void open(@Nullable String lastEvent) {
        if (closed) {
            return;
        }
        var parser = new EventParser(messageMax);
        session.request(HttpMethod.GET, "text/event-stream")
                .compose(request -> {
                    current = request;
                    if (lastEvent != null) {
                        request.putHeader("Last-Event-ID", lastEvent);
                    }
                    return request.send();
                })
                .compose(response -> read(response, parser))
                .onComplete(end -> again(end, parser.lastId() == null ? lastEvent : parser.lastId()));
    }

    private Future<Boolean> read(HttpClientResponse response, EventParser parser) {
        if (closed || response.statusCode() != OK) {
            response.exceptionHandler(reset -> LOG.trace("an MCP server's own stream is not read"));
            response.request().reset();
            return Future.succeededFuture(false);
        }
        failures = 0;
        return bodies.events(response, parser, listener).map(true);
    }

    private void again(AsyncResult<Boolean> end, @Nullable String lastEvent) {
        boolean offered = end.failed() || end.result();
        if (offered && !closed && ++failures <= FAILURES_MAX) {
            vertx.setTimer(PAUSE_MILLIS, waited -> open(lastEvent));
        }
    }

    void close() {
        closed = true;
        if (current != null) {
            current.reset();
        }
    }
}
