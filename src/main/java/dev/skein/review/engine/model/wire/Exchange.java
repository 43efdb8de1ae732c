package dev.skein.review.engine.model.wire;

import dev.skein.kernel.Problem;
import dev.skein.review.engine.model.ModelProblem;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request and the lines of its answer. Ends with the answer, with the first thing that goes wrong, when it takes
 * too long or when it is stopped, and then resets the connection. Used once; thread-safe.
 */
final class Exchange {
    private static final int OK = 200;
    private static final int FAULT_BYTES_MAX = 8 << 10;
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final Patience patience;
    private final LineBuffer lines;
    private final Promise<Void> end = Promise.promise();
    private @Nullable HttpClientRequest request; // guarded by this, as are the timers
    private long total = NO_TIMER;
    private long silence = NO_TIMER;

    /**
     * An exchange that has not begun.
     *
     * @param bytesMax of the answer
     * @param lines gets each line of a good answer, on one thread after the other; what it throws ends the exchange
     */
    Exchange(Vertx vertx, Patience patience, long bytesMax, Consumer<String> lines) {
        this.vertx = vertx;
        this.patience = patience;
        this.lines = new LineBuffer(bytesMax, lines);
    }

    /** Sends a request and completes when the last line was given; {@code within} is for all of it. */
    Future<Void> run(HttpClient client, RequestOptions options, byte[] body, Duration within) {
        synchronized (this) {
            total = timer(within, "no whole answer");
            silence = timer(patience.firstByte(), "no answer");
        }
        client.request(options).onComplete(made -> connected(made, body));
        return end.future();
    }

    /** Ends it from outside. */
    void stop(String why) {
        fail(ModelProblem.stopped(why));
    }

    private long timer(Duration after, String what) {
        return vertx.setTimer(
                Math.max(1, after.toMillis()),
                late -> fail(ModelProblem.late(what + " within " + after.toSeconds() + " s")));
    }

    private void connected(AsyncResult<HttpClientRequest> made, byte[] body) {
        if (made.failed()) {
            fail(ModelProblem.gone("cannot be reached: " + made.cause().getMessage()));
            return;
        }
        synchronized (this) {
            request = made.result();
        }
        if (end.future().isComplete()) { // in the meantime
            made.result().reset();
            return;
        }
        made.result().send(Buffer.buffer(body)).onComplete(this::answered);
    }

    private void answered(AsyncResult<HttpClientResponse> answer) {
        if (answer.failed()) {
            fail(ModelProblem.gone("the connection broke: " + answer.cause().getMessage()));
            return;
        }
        var response = answer.result();
        response.exceptionHandler(broken -> fail(ModelProblem.gone("the connection broke within the answer")));
        if (response.statusCode() != OK) {
            var fault = Buffer.buffer();
            response.handler(part -> {
                heard();
                fault.appendBuffer(part.slice(0, Math.min(part.length(), FAULT_BYTES_MAX - fault.length())));
            });
            response.endHandler(done -> fail(problem(response.statusCode(), fault.toString())));
            return;
        }
        response.handler(part -> guarded(() -> {
            heard();
            lines.take(part);
        }));
        response.endHandler(done -> guarded(() -> {
            lines.end();
            finish();
        }));
    }

    private void guarded(Runnable step) {
        try {
            if (!end.future().isComplete()) {
                step.run();
            }
        } catch (Problem wrong) {
            fail(wrong);
        }
    }

    private synchronized void heard() {
        if (!end.future().isComplete()) {
            vertx.cancelTimer(silence);
            silence = timer(patience.idle(), "nothing more of the answer");
        }
    }

    private void finish() {
        quiet();
        end.tryComplete();
    }

    private void fail(Problem problem) {
        if (end.tryFail(problem)) {
            quiet();
            HttpClientRequest open;
            synchronized (this) {
                open = request;
            }
            if (open != null) {
                open.reset();
            }
        }
    }

    private synchronized void quiet() {
        vertx.cancelTimer(total);
        vertx.cancelTimer(silence);
    }

    private static Problem problem(int status, String body) {
        var sentence = "HTTP " + status + (body.isBlank() ? "" : ": " + Json.shown(body));
        return switch (status) {
            case 429, 503 -> ModelProblem.busy(sentence);
            case 500, 502 -> ModelProblem.failed(sentence);
            case 404 -> ModelProblem.missing(sentence);
            case 408, 504 -> ModelProblem.late(sentence);
            default -> ModelProblem.refused(sentence);
        };
    }
}
