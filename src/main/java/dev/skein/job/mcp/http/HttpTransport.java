package dev.skein.job.mcp.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.job.mcp.JsonRpc;
import dev.skein.job.mcp.McpFailure;
import dev.skein.job.mcp.McpLimits;
import dev.skein.job.mcp.McpTransport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Speaks to a server at an address: one POST per message, answered by JSON or by a stream of events. */
public final class HttpTransport implements McpTransport {
    private static final int CONNECTIONS_MAX = 64;

    private final Vertx vertx;
    private final McpLimits limits;
    private final HttpClient client;
    private final Session session;
    private final Map<Long, Exchange> exchanges = new HashMap<>(); // by the id of the request
    private Exchange.@Nullable Limits shared;
    private @Nullable ServerStream stream;
    private @Nullable Listener listener;

    public HttpTransport(Vertx vertx, HttpAddress address, McpLimits limits) {
        this.vertx = vertx;
        this.limits = limits;
        client = vertx.createHttpClient(
                new HttpClientOptions().setVerifyHost(true), new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX));
        session = new Session(client, address);
    }

    @Override
    public Future<Void> open(Listener to) {
        listener = to;
        shared = new Exchange.Limits(new Bodies(vertx, limits.messageMax()), limits.messageMax(), this::received);
        return Future.succeededFuture();
    }

    private void received(JsonNode message) {
        if (listener != null) {
            listener.received(message);
        }
    }

    @Override
    public Future<Void> send(ObjectNode message) {
        if (shared == null) {
            return Future.failedFuture(McpFailure.gone("the connection was closed", List.of()));
        }
        if (JsonRpc.bytes(message).length > limits.messageMax()) {
            return Future.failedFuture(McpFailure.tooLarge("the request", limits.messageMax()));
        }
        var exchange = new Exchange(vertx, session, shared, message);
        var id = JsonRpc.requestId(message);
        if (id == null) {
            return exchange.run()
                    .timeout(limits.handshake().toMillis(), TimeUnit.MILLISECONDS)
                    .onSuccess(taken -> listen(message));
        }
        exchanges.put(id, exchange);
        return exchange.run().onComplete(done -> exchanges.remove(id, exchange));
    }

    /** From the end of the handshake on the server may send of its own accord. */
    private void listen(ObjectNode sent) {
        if (sent.path("method").asText().equals("notifications/initialized") && shared != null) {
            stopListening();
            stream = new ServerStream(vertx, session, shared);
            stream.open(null);
        }
    }

    private void stopListening() {
        if (stream != null) {
            stream.close();
            stream = null;
        }
    }

    @Override
    public void agreed(String version) {
        session.agreed(version);
    }

    @Override
    public boolean abandon(long id) {
        var exchange = exchanges.remove(id);
        if (exchange != null) {
            exchange.abandon();
        }
        return false;
    }

    @Override
    public void forgetSession() {
        stopListening();
        session.forget();
    }

    @Override
    public Future<Void> close() {
        shared = null;
        stopListening();
        new ArrayList<>(exchanges.values()).forEach(Exchange::abandon);
        var ended = session.id() == null
                ? Future.<Void>succeededFuture()
                : session.request(HttpMethod.DELETE, "application/json")
                        .compose(HttpClientRequest::send)
                        .timeout(limits.stopStep().toMillis(), TimeUnit.MILLISECONDS)
                        .<Void>mapEmpty()
                        .otherwiseEmpty(); // a server that does not end sessions lets them expire
        return ended.compose(done -> client.close());
    }
}
