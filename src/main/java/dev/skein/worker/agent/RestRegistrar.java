package dev.skein.worker.agent;

import dev.skein.cluster.Nearness;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.Workers.Heartbeat;
import dev.skein.pipeline.Workers.HeartbeatAck;
import dev.skein.pipeline.Workers.Register;
import dev.skein.pipeline.Workers.Registered;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Speaks to a coordinator known by its URL, as section 5 of the cluster contract says. */
public final class RestRegistrar implements Registrar {
    private static final String WORKERS = "/api/v1/cluster/workers/";
    private static final int DEADLINE_SECONDS = 5;
    private static final int LEAVE_SECONDS = 28; // of the 30 s that a worker has for it
    private static final int CONNECT_MILLIS_MAX = 3_000;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final HttpClient client;
    private final Nearness nearness;
    private final String coordinator;
    private final Keys keys;
    private final Duration lease;

    /**
     * What to send as {@code x-api-key}; empty means none.
     *
     * @param join proves that it may register
     * @param own proves that it is the worker by its id
     */
    public record Keys(String join, String own) {
        @Override
        public String toString() {
            return "Keys"; // never them
        }
    }

    public RestRegistrar(Vertx vertx, String coordinator, Keys keys, Duration lease) {
        this(vertx, coordinator, keys, lease, null);
    }

    /** @param ca PEM file of the authorities the coordinator's certificate is believed for; null for the usual ones */
    public RestRegistrar(Vertx vertx, String coordinator, Keys keys, Duration lease, @Nullable String ca) {
        var options = new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS_MAX);
        if (ca != null) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(ca));
        }
        this.client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(2));
        this.nearness = new Nearness(vertx);
        this.coordinator = coordinator.endsWith("/") ? coordinator.substring(0, coordinator.length() - 1) : coordinator;
        this.keys = keys;
        this.lease = lease;
    }

    @Override
    public Future<Registered> register(Register worker) {
        return post(WORKERS + "register", RestForms.register(worker)).map(RestForms::registered);
    }

    @Override
    public Future<HeartbeatAck> beat(Heartbeat heartbeat) {
        return post(WORKERS + heartbeat.workerId() + "/heartbeat", RestForms.heartbeat(heartbeat))
                .map(RestForms::acknowledged);
    }

    /** Shows its own key, since a join key lets nobody speak for another worker. */
    @Override
    public Future<Void> leave(String workerId, String instanceId) {
        var own = keys.own.isEmpty() ? keys.join : keys.own;
        var body = new JsonObject().put("instance_id", instanceId);
        return post(WORKERS + workerId + "/leave", own, body, LEAVE_SECONDS).mapEmpty();
    }

    @Override
    public Future<Boolean> isInTouch() {
        var url = URI.create(coordinator);
        int standard = "https".equals(url.getScheme()) ? HTTPS_PORT : HTTP_PORT;
        return nearness.of(url.getHost(), url.getPort() < 0 ? standard : url.getPort());
    }

    @Override
    public Terms terms(Registered answer) {
        return new Terms(Duration.ofSeconds(Math.max(1, answer.heartbeatIntervalSecs())), lease);
    }

    private Future<JsonObject> post(String path, JsonObject body) {
        return post(path, keys.join, body, DEADLINE_SECONDS);
    }

    private Future<JsonObject> post(String path, String key, JsonObject body, int seconds) {
        return Future.succeededFuture(path)
                .map(where -> options(where, key))
                .compose(client::request)
                .compose(request -> {
                    var answer = request.response()
                            .compose(response -> response.body().compose(text -> read(response.statusCode(), text)));
                    return request.end(body.toBuffer()).compose(sent -> answer);
                })
                .timeout(seconds, TimeUnit.SECONDS)
                .recover(cause -> Future.failedFuture(
                        cause instanceof Problem
                                ? cause
                                : Problem.unreachable(
                                        "coordinator " + coordinator + " unreachable: " + cause.getMessage())));
    }

    private RequestOptions options(String path, String key) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(coordinator + path)
                .putHeader("content-type", "application/json");
        return key.isEmpty() ? options : options.putHeader("x-api-key", key);
    }

    private Future<JsonObject> read(int status, Buffer text) {
        JsonObject body;
        try {
            body = text.toJsonObject();
        } catch (RuntimeException notJson) {
            body = new JsonObject();
        }
        if (status / 100 == 2) {
            return Future.succeededFuture(body);
        }
        var sentence = "coordinator answered %d: %s".formatted(status, body.getString("error", "no reason given"));
        var code = body.getString("code", "");
        return Future.failedFuture(
                switch (status) {
                    case 401 -> new Problem(Kind.UNAUTHORIZED, sentence);
                    case 404 -> Problem.notFound(code, sentence);
                    case 409 -> Problem.conflict(code, sentence);
                    default -> new Problem(Kind.UNREACHABLE, "routing_failed", sentence, List.of());
                });
    }
}
