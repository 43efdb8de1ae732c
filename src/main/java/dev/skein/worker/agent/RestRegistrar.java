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
    private static final int LEAVE_SECONDS = 20;
    private static final int CONNECT_MILLIS_MAX = 3_000;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final HttpClient client;
    private final Nearness nearness;
    private final String coordinator;
    private final String key;
    private final Duration lease;

    /** @param key what to send as {@code x-api-key}; empty means none */
    public RestRegistrar(Vertx vertx, String coordinator, String key, Duration lease) {
        this(vertx, coordinator, key, lease, null);
    }

    /** @param ca PEM file of the authorities the coordinator's certificate is believed for; null for the usual ones */
    public RestRegistrar(Vertx vertx, String coordinator, String key, Duration lease, @Nullable String ca) {
        var options = new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS_MAX);
        if (ca != null) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(ca));
        }
        this.client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(2));
        this.nearness = new Nearness(vertx);
        this.coordinator = coordinator.endsWith("/") ? coordinator.substring(0, coordinator.length() - 1) : coordinator;
        this.key = key;
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

    /**
     * Drains itself, if its key may do that; else it just falls silent and is moved off when missed. Only an admin may
     * deregister a worker over REST, so a drained one stays listed for a while.
     */
    @Override
    public Future<Void> leave(String workerId, String instanceId) {
        var drain = new JsonObject()
                .put("timeout_secs", LEAVE_SECONDS)
                .put("force", true)
                .put("reason", "the worker stops");
        return post(WORKERS + workerId + "/drain", drain, LEAVE_SECONDS + DEADLINE_SECONDS)
                .mapEmpty();
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
        return post(path, body, DEADLINE_SECONDS);
    }

    private Future<JsonObject> post(String path, JsonObject body, int seconds) {
        return Future.succeededFuture(path)
                .map(this::options)
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

    private RequestOptions options(String path) {
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
