package dev.skein.http.guard;

import dev.skein.http.contract.Operation;
import dev.skein.http.exchange.Deadlines;
import dev.skein.http.exchange.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Reads bodies whole, within the operation's limit, the node's memory for bodies, and a time. */
public final class BodyReader {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int BYTES_PER_SECOND_MIN = 256 << 10;
    private static final Refusal.Extras BUSY = new Refusal.Extras(List.of(), List.of(), 1, null);
    private static final Refusal BROKEN = new Refusal(400, "invalid_request", "the body broke off or is not framed");
    private static final Buffer NONE = Buffer.buffer(0);

    private final AtomicLong held;
    private final long heldMax;
    private final Deadlines deadlines;

    /**
     * A reader for one event loop.
     *
     * @param held bytes of bodies in memory, counted for the whole node
     */
    public BodyReader(AtomicLong held, long heldMax, Deadlines deadlines) {
        this.held = held;
        this.heldMax = heldMax;
        this.deadlines = deadlines;
    }

    /** Size and type as far as the head tells; a {@link Refusal} when they cannot be right. */
    static void checkHead(HttpServerRequest request, Operation operation) {
        if (lengthOf(request) > operation.bodyBytesMax()) {
            throw Refusal.tooLarge(operation.bodyBytesMax());
        }
        var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null && operation.body() != null && !isJson(type)) {
            throw new Refusal(415, "unsupported_media_type", "the body must be application/json in UTF-8");
        }
    }

    private static long lengthOf(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            throw new Refusal(400, "invalid_request", "content-length must be a number");
        }
    }

    private static boolean isJson(String type) {
        if (type.equals("application/json")) {
            return true;
        }
        var parts = List.of(type.toLowerCase(Locale.ROOT).split(";"));
        boolean isUtf8 = parts.stream()
                .skip(1)
                .map(String::strip)
                .filter(part -> part.startsWith("charset="))
                .allMatch(part -> part.replace("\"", "").equals("charset=utf-8"));
        return isUtf8 && !parts.isEmpty() && parts.get(0).strip().equals("application/json");
    }

    static boolean hasBody(HttpServerRequest request) {
        return lengthOf(request) > 0 || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** The body; empty when there is none. Its memory is counted until {@link #release}. */
    Future<Buffer> read(HttpServerRequest request, int bytesMax) {
        if (!hasBody(request)) {
            return Future.succeededFuture(NONE);
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        return new Reading(request, bytesMax).whole.future();
    }

    /** The body is no longer in memory. */
    void release(Buffer body) {
        held.addAndGet(-body.length());
    }

    private final class Reading {
        private final Promise<Buffer> whole = Promise.promise();
        private final HttpServerRequest request;
        private final int bytesMax;
        private final Deadlines.Entry deadline;
        private Buffer body = Buffer.buffer();
        private boolean isOver;

        Reading(HttpServerRequest request, int bytesMax) {
            this.request = request;
            this.bytesMax = bytesMax;
            var time = GRACE.plusSeconds(bytesMax / BYTES_PER_SECOND_MIN);
            this.deadline = deadlines.in(time, () -> request.connection().close());
            request.handler(this::take);
            request.endHandler(end -> finish());
            request.exceptionHandler(this::fail);
        }

        private void take(Buffer part) {
            if (isOver) {
                return; // refused already; the connection is about to close
            }
            if (body.length() + part.length() > bytesMax) {
                fail(Refusal.tooLarge(bytesMax));
            } else if (held.addAndGet(part.length()) > heldMax) {
                held.addAndGet(-part.length());
                fail(new Refusal(503, "not_ready", "too many large bodies are being read", BUSY));
            } else {
                body.appendBuffer(part);
            }
        }

        private void finish() {
            if (!isOver) {
                isOver = true;
                deadline.cancel();
                whole.complete(body);
            }
        }

        private void fail(Throwable cause) {
            if (!isOver) {
                isOver = true;
                deadline.cancel();
                held.addAndGet(-body.length());
                body = NONE;
                whole.fail(cause instanceof Refusal ? cause : BROKEN);
            }
        }
    }
}
