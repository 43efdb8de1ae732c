package dev.skein.http.exchange;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skein.http.json.Json;
import dev.skein.pipeline.vpl.Diagnostic;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers and refusals to one event loop's connections. Confined to it. */
public final class Responder {
    private static final Logger log = LoggerFactory.getLogger(Responder.class);
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");
    private static final CharSequence STALE = HttpHeaders.createOptimized("x-skein-stale");
    private static final CharSequence REMAINING = HttpHeaders.createOptimized("ratelimit-remaining");
    private static final CharSequence RESET = HttpHeaders.createOptimized("ratelimit-reset");
    private static final int RATE_LIMITED = 429;
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final long INLINE_ITEMS_MAX = 200; // more are written away from the event loop
    private static final int BYTES_PER_SECOND_MIN = 256 << 10; // slower readers of large answers are cut off
    private static final long DISCARDED_BYTES_MAX = 32 << 20;
    private static final Duration LAST_GRACE = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final List<CharSequence> SECURITY = List.of(
            HttpHeaders.createOptimized("cache-control"), HttpHeaders.createOptimized("no-store"),
            HttpHeaders.createOptimized("x-content-type-options"), HttpHeaders.createOptimized("nosniff"),
            HttpHeaders.createOptimized("referrer-policy"), HttpHeaders.createOptimized("no-referrer"),
            HttpHeaders.createOptimized("content-security-policy"),
                    HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'"),
            HttpHeaders.createOptimized("cross-origin-opener-policy"), HttpHeaders.createOptimized("same-origin"));

    private final Vertx vertx;
    private final Deadlines deadlines;

    public Responder(Vertx vertx, Deadlines deadlines) {
        this.vertx = vertx;
        this.deadlines = deadlines;
    }

    private record ErrorBody(
            String error,
            String code,
            String requestId,
            @Nullable List<String> details,
            @Nullable List<Diagnostic> diagnostics,
            @Nullable Integer retryAfterSeconds) {}

    /** What every answer carries; a page that is mounted may replace some of it. */
    public void prepare(HttpServerResponse response, String requestId) {
        var headers = response.headers();
        headers.set(REQUEST_ID, requestId);
        for (int i = 0; i < SECURITY.size(); i += 2) {
            headers.set(SECURITY.get(i), SECURITY.get(i + 1));
        }
    }

    /** Completes when the last byte was handed over; fails when the caller went away or was too slow. */
    public Future<Void> send(HttpServerRequest request, Answer answer) {
        if (answer instanceof Answer.Json json) {
            return end(request, json.status(), JSON, Buffer.buffer(Json.bytes(json.body())));
        }
        if (answer instanceof Answer.Stale stale) {
            request.response().putHeader(STALE, "true");
            return send(request, stale.found());
        }
        if (answer instanceof Answer.Raw raw) {
            return end(request, raw.status(), raw.contentType(), raw.body());
        }
        var written = (Answer.Written) answer;
        var encoded = written.items() > INLINE_ITEMS_MAX
                ? vertx.executeBlocking(() -> encode(written.writer()), false)
                : Future.succeededFuture(encode(written.writer()));
        return encoded.compose(body -> end(request, written.status(), JSON, body));
    }

    /** What is to be sent, in pieces. */
    private record Body(List<Buffer> pieces, int length) {
        static Body of(Buffer whole) {
            var pieces = new ArrayList<Buffer>();
            int at = 0;
            do {
                int end = Math.min(whole.length(), at + Pieces.PIECE_BYTES);
                pieces.add(whole.slice(at, end));
                at = end;
            } while (at < whole.length());
            return new Body(pieces, whole.length());
        }
    }

    /** Half a character in a value cannot be written as UTF-8; then everything beyond ASCII is escaped. */
    private static Body encode(Answer.Writer writer) {
        try {
            return encode(writer, false);
        } catch (IOException half) {
            try {
                return encode(writer, true);
            } catch (IOException e) {
                throw new IllegalStateException("cannot write an answer", e);
            }
        }
    }

    private static Body encode(Answer.Writer writer, boolean inAscii) throws IOException {
        var bytes = new Pieces();
        try (var json = Json.FACTORY.createGenerator(bytes)) {
            json.configure(JsonGenerator.Feature.ESCAPE_NON_ASCII, inAscii);
            writer.write(json);
        }
        return new Body(bytes.buffers(), bytes.length());
    }

    /** Answers with an error; logs it when it is not an expected one. */
    public Future<Void> refuse(HttpServerRequest request, String requestId, Throwable cause) {
        var response = request.response();
        if (response.ended() || response.closed() || response.headWritten()) {
            log.debug("request {} failed after its answer began: {}", requestId, cause.toString());
            request.connection().close();
            return Future.succeededFuture();
        }
        var refusal = Refusal.of(cause, requestId);
        var extras = refusal.extras();
        int wait = extras.retryAfterSeconds();
        if (wait > 0) {
            response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(wait));
        }
        if (refusal.status() == RATE_LIMITED) {
            response.putHeader(REMAINING, "0").putHeader(RESET, Integer.toString(wait));
        }
        if (extras.allow() != null) {
            response.putHeader(HttpHeaders.ALLOW, extras.allow());
        }
        var body = new ErrorBody(
                refusal.sentence(),
                refusal.code(),
                requestId,
                extras.details().isEmpty() ? null : extras.details(),
                extras.diagnostics().isEmpty() ? null : extras.diagnostics(),
                refusal.status() == 429 ? wait : null);
        return end(request, refusal.status(), JSON, Buffer.buffer(Json.bytes(body)));
    }

    private Future<Void> end(HttpServerRequest request, int status, CharSequence contentType, Buffer body) {
        return end(request, status, contentType, Body.of(body));
    }

    private Future<Void> end(HttpServerRequest request, int status, CharSequence contentType, Body body) {
        var response = request.response();
        if (response.closed()) {
            return Future.succeededFuture();
        }
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, contentType);
        return beforeEnd(request).compose(ready -> write(request, body));
    }

    /* A connection that is closed while something unread lies in it is reset, and the answer may be lost with it. So
     * the rest of a refused body is read and forgotten: before the answer when the connection ends with it, else
     * behind it. */
    private Future<Void> beforeEnd(HttpServerRequest request) {
        if (request.isEnded() || !hasBody(request)) {
            return Future.succeededFuture();
        }
        if (request.headers().contains(HttpHeaders.EXPECT)) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE); // there will be no rest
            request.response().bodyEndHandler(written -> request.connection().close());
            return Future.succeededFuture();
        }
        if (!isLast(request)) {
            discardRest(request, GRACE).onFailure(late -> request.connection().close());
            return Future.succeededFuture();
        }
        return discardRest(request, LAST_GRACE).recover(late -> Future.succeededFuture());
    }

    private static boolean hasBody(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                || request.headers().contains(HttpHeaders.CONTENT_LENGTH);
    }

    private static boolean isLast(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_0
                || request.headers().contains(HttpHeaders.CONNECTION, HttpHeaders.CLOSE, true);
    }

    private Future<Void> discardRest(HttpServerRequest request, Duration time) {
        Promise<Void> end = Promise.promise();
        var late = deadlines.in(time, () -> end.tryFail("the rest does not come"));
        var left = new AtomicLong(DISCARDED_BYTES_MAX);
        request.handler(part -> {
            if (left.addAndGet(-part.length()) < 0) {
                end.tryFail("there is too much of it");
            }
        });
        request.exceptionHandler(end::tryFail);
        request.endHandler(none -> end.tryComplete());
        request.resume();
        return end.future().onComplete(done -> late.cancel());
    }

    private Future<Void> write(HttpServerRequest request, Body body) {
        var response = request.response();
        if (response.closed()) {
            return Future.succeededFuture();
        }
        if (body.length <= Pieces.PIECE_BYTES) {
            return response.end(body.pieces.get(0));
        }
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
        var late = deadlines.in(
                GRACE.plusSeconds(body.length / BYTES_PER_SECOND_MIN),
                () -> request.connection().close());
        return pieces(response, body.pieces.iterator()).onComplete(done -> late.cancel());
    }

    private static Future<Void> pieces(HttpServerResponse response, Iterator<Buffer> left) {
        return left.hasNext() ? response.write(left.next()).compose(done -> pieces(response, left)) : response.end();
    }
}
