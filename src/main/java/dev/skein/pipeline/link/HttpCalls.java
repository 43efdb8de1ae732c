package dev.skein.pipeline.link;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One HTTP request to one worker, under a deadline, without redirects, with an answer of bounded size. */
final class HttpCalls {
    static final long ANSWER_BYTES_MAX = 256L << 20;

    private static final int CONNECTIONS_MAX = 16; // per worker
    private static final int WAITING_MAX = 1_000; // per worker
    private static final int CONNECT_MILLIS_MAX = 3_000;

    private final HttpClient client;

    HttpCalls(Vertx vertx, @Nullable Path ca) {
        var options = new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS_MAX);
        if (ca != null) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(ca.toString()));
        }
        var pool = new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX).setMaxWaitQueueSize(WAITING_MAX);
        this.client = vertx.createHttpClient(options, pool);
    }

    record Call(
            Host host,
            HttpMethod method,
            String path,
            @Nullable Buffer body,
            Duration deadline) {}

    record Answer(int status, Buffer body) {
        boolean isSuccess() {
            return status / 100 == 2;
        }
    }

    Future<Answer> send(Call call) {
        return Future.succeededFuture(call)
                .map(HttpCalls::options) // an address that is no URL fails like one that nobody listens at
                .compose(client::request)
                .recover(refused -> Future.failedFuture(Problem.unreachable(
                        "worker " + call.host.workerId() + " unreachable: " + refused.getMessage())))
                .compose(request -> answered(request, call));
    }

    private static RequestOptions options(Call call) {
        var options = new RequestOptions()
                .setMethod(call.method)
                .setAbsoluteURI(call.host.address() + call.path)
                .setConnectTimeout(Math.min(CONNECT_MILLIS_MAX, call.deadline.toMillis()))
                .setFollowRedirects(false);
        var key = call.host.apiKey().reveal();
        return key.isEmpty() ? options : options.putHeader("x-api-key", key);
    }

    private static Future<Answer> answered(HttpClientRequest request, Call call) {
        var answer = request.response().compose(HttpCalls::collected); // before sending, so that no part is missed
        var sent = call.body == null
                ? request.end()
                : request.putHeader("content-type", "application/json").end(call.body);
        return sent.compose(done -> answer)
                .timeout(call.deadline.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(late -> request.reset())
                .recover(broken -> Future.failedFuture(Problem.timeout("worker " + call.host.workerId()
                        + " did not answer: " + broken.getMessage() + "; the request may have been carried out")));
    }

    private static Future<Answer> collected(HttpClientResponse response) {
        var body = Buffer.buffer();
        Promise<Answer> whole = Promise.promise();
        response.handler(part -> {
            body.appendBuffer(part);
            if (body.length() > ANSWER_BYTES_MAX) {
                whole.tryFail("an answer beyond " + ANSWER_BYTES_MAX + " bytes");
            }
        });
        response.exceptionHandler(whole::tryFail);
        response.endHandler(end -> whole.tryComplete(new Answer(response.statusCode(), body)));
        return whole.future();
    }

    /** What an answer that is no success means. */
    <T> Future<T> failed(Host host, Answer answer) {
        var error = HttpOrders.error(answer.body);
        var sentence = "worker %s answered %d: %s".formatted(host.workerId(), answer.status, error.text());
        return Future.failedFuture(
                switch (answer.status) {
                    case 404 -> Problem.notFound("pipeline_not_found", sentence);
                    case 409 -> Problem.conflict("stale_epoch", sentence);
                    case 429, 503 -> new Problem(Kind.BUSY, error.codeOr("pipeline_unavailable"), sentence, List.of());
                    case 504 -> Problem.timeout(sentence);
                    default -> Problem.unreachable(sentence);
                });
    }
}
