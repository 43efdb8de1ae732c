package dev.skein.coordinator.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.connector.net.AllowList;
import dev.skein.job.JobRuns.Assignment;
import dev.skein.job.JobRuns.Ref;
import dev.skein.job.Remotes.Spec;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Speaks with workers over HTTP: each at its pinned address, without redirects, with a deadline. */
final class RemoteHttp {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONNECT_MILLIS = 5_000;
    private static final long HEALTH_MILLIS = 5_000;
    private static final long ANSWER_MILLIS = Duration.ofHours(24).toMillis();
    private static final long AGAIN_MILLIS = 250;
    private static final long QUESTION_MILLIS = 60_000;
    private static final int ACCEPTED = 202;
    private static final long MARGIN_MILLIS = 10_000;
    private static final int HEALTH_BYTES_MAX = 64 << 10;
    private static final int RESULT_BYTES_MAX = 4 << 20;
    private static final int CALLS_MAX = 1_000; // to one worker at once

    private final Vertx vertx;
    private final HttpClient client;
    private final AllowList allowed;
    private final boolean isEncrypted;
    private final UnaryOperator<String> token;

    /** @param token proves to the worker at an address who asks; called on the event loop */
    RemoteHttp(Vertx vertx, RemoteConfig config, UnaryOperator<String> token) {
        this.vertx = vertx;
        this.allowed = config.allowed();
        this.isEncrypted = config.isEncrypted();
        this.token = token;
        this.client = vertx.createHttpClient(options(config), new PoolOptions().setHttp1MaxSize(CALLS_MAX));
    }

    private static HttpClientOptions options(RemoteConfig config) {
        var options = new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS);
        var ca = config.ca();
        return ca == null ? options : options.setTrustOptions(new PemTrustOptions().addCertPath(ca));
    }

    /** What came back. */
    record Reply(int status, String text) {
        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException noJson) {
                return JSON.missingNode();
            }
        }
    }

    /** The one address that is used from now on; fails with FORBIDDEN when any that the name means is not listed. */
    Future<InetAddress> resolve(Spec spec) {
        return vertx.executeBlocking(() -> checked(spec), false);
    }

    private InetAddress checked(Spec spec) {
        try {
            var found = InetAddress.getAllByName(spec.host());
            for (var address : found) {
                if (!allowed.lists(spec.host(), address, spec.port())) {
                    throw new Problem(
                            Kind.FORBIDDEN,
                            "address_refused",
                            "%s is %s, which remote.allow does not list; add its range, with or without the port"
                                    .formatted(spec.id(), address.getHostAddress()),
                            List.of());
                }
            }
            return found[0];
        } catch (UnknownHostException e) {
            throw unreachable("no address is known for " + spec.host());
        }
    }

    static Problem unreachable(String message) {
        return new Problem(Kind.UNREACHABLE, "worker_unreachable", message, List.of());
    }

    Future<Reply> health(Spec spec, InetAddress pinned) {
        return client.request(address(spec, pinned, HttpMethod.GET, "/health").setTimeout(HEALTH_MILLIS))
                .compose(request -> request.send().compose(answer -> body(answer, HEALTH_BYTES_MAX)))
                .timeout(2 * HEALTH_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A job that is done elsewhere. */
    Future<Reply> run(Spec spec, InetAddress pinned, Assignment work, Remote.Call call) {
        var body = JSON.createObjectNode()
                .put("id", work.ref().job())
                .put("attempt", work.ref().attempt())
                .put("type", work.type())
                .put("timeout", work.runMillis())
                .put("memory_bytes", work.memoryBytes());
        try {
            body.set("payload", JSON.readTree(work.payload()));
        } catch (JsonProcessingException noJson) {
            body.put("payload", work.payload());
        }
        long longest = work.runMillis() > 0 ? work.runMillis() + MARGIN_MILLIS : ANSWER_MILLIS;
        return client.request(options(spec, pinned, HttpMethod.POST, "/jobs")
                        .putHeader("content-type", "application/json")
                        .setTimeout(longest))
                .onSuccess(call.begun::tryComplete)
                .onFailure(call.begun::tryFail)
                .compose(request -> request.send(body.toString()).compose(answer -> body(answer, RESULT_BYTES_MAX)))
                .compose(reply -> untilDone(
                        spec,
                        call,
                        () -> options(
                                        spec,
                                        pinned,
                                        HttpMethod.GET,
                                        "/jobs/" + work.ref().job())
                                .setTimeout(QUESTION_MILLIS),
                        reply));
    }

    /** One that takes long is asked for again and again, until its end or until nobody waits for it. */
    private Future<Reply> untilDone(Spec spec, Remote.Call call, Supplier<RequestOptions> question, Reply reply) {
        if (reply.status != ACCEPTED) {
            return Future.succeededFuture(reply);
        }
        return vertx.timer(AGAIN_MILLIS, TimeUnit.MILLISECONDS) // Skein holds the answer back, others may not
                .compose(tick -> call.isBroken
                        ? Future.failedFuture(unreachable(spec.id() + " was not waited for"))
                        : client.request(question.get()))
                .compose(request -> request.send().compose(answer -> body(answer, RESULT_BYTES_MAX)))
                .compose(next -> untilDone(spec, call, question, next));
    }

    /** Asks for its end; whether it is heard does not matter. */
    void cancel(Spec spec, InetAddress pinned, Ref ref) {
        client.request(options(spec, pinned, HttpMethod.DELETE, "/jobs/" + ref.job())
                        .setTimeout(HEALTH_MILLIS))
                .compose(HttpClientRequest::send)
                .onSuccess(answer -> answer.request().reset());
    }

    private RequestOptions options(Spec spec, InetAddress pinned, HttpMethod method, String path) {
        return address(spec, pinned, method, path).putHeader("authorization", "Bearer " + token.apply(spec.id()));
    }

    /** Without a token: who has not yet shown to be a worker gets none. */
    private RequestOptions address(Spec spec, InetAddress pinned, HttpMethod method, String path) {
        return new RequestOptions()
                .setMethod(method)
                .setServer(SocketAddress.inetSocketAddress(spec.port(), pinned.getHostAddress()))
                .setHost(spec.host())
                .setPort(spec.port())
                .setSsl(isEncrypted)
                .setURI(path)
                .setFollowRedirects(false);
    }

    private static Future<Reply> body(HttpClientResponse response, int bytesMax) {
        var body = Buffer.buffer();
        Promise<Reply> reply = Promise.promise();
        response.handler(part -> {
            body.appendBuffer(part);
            if (body.length() > bytesMax) {
                reply.tryFail(new Problem(Kind.TOO_LARGE, "the answer has more than " + bytesMax + " bytes"));
                response.request().reset();
            }
        });
        response.end()
                .onSuccess(done -> reply.tryComplete(new Reply(response.statusCode(), body.toString())))
                .onFailure(reply::tryFail);
        return reply.future();
    }
}
