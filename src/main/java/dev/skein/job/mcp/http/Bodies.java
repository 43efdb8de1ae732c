package dev.skein.job.mcp.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.job.mcp.JsonRpc;
import dev.skein.job.mcp.McpFailure;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads answers within a bound, and large ones off the event loop. */
final class Bodies {
    private static final int SMALL = 256 << 10;

    private final Vertx vertx;
    private final int max;

    Bodies(Vertx vertx, int max) {
        this.vertx = vertx;
        this.max = max;
    }

    Future<byte[]> whole(HttpClientResponse response) {
        var body = Buffer.buffer();
        var read = Promise.<byte[]>promise();
        response.handler(chunk -> {
            if (body.length() + chunk.length() > max) {
                read.tryFail(McpFailure.tooLarge("an answer of the server", max));
                response.request().reset();
            } else {
                body.appendBuffer(chunk);
            }
        });
        response.exceptionHandler(failure -> read.tryFail(broken()));
        response.endHandler(end -> read.tryComplete(body.getBytes()));
        return read.future();
    }

    Future<@Nullable JsonNode> json(byte[] bytes) {
        return bytes.length <= SMALL
                ? Future.succeededFuture(JsonRpc.parse(bytes))
                : vertx.executeBlocking(() -> JsonRpc.parse(bytes), false);
    }

    /** Hands over each message of a stream in order; completes with its end. */
    Future<Void> events(HttpClientResponse response, EventParser parser, Consumer<JsonNode> messages) {
        var read = Promise.<Void>promise();
        response.handler(chunk -> {
            response.pause();
            feed(parser, chunk).compose(events -> handOver(events, 0, messages)).onComplete(done -> {
                if (done.failed()) {
                    read.tryFail(done.cause());
                    response.request().reset();
                }
                response.resume();
            });
        });
        response.exceptionHandler(failure -> read.tryFail(broken()));
        response.endHandler(end -> read.tryComplete());
        return read.future();
    }

    private static Future<List<EventParser.Event>> feed(EventParser parser, Buffer chunk) {
        try {
            return Future.succeededFuture(parser.feed(chunk));
        } catch (Problem tooLarge) {
            return Future.failedFuture(tooLarge);
        }
    }

    private Future<Void> handOver(List<EventParser.Event> events, int index, Consumer<JsonNode> messages) {
        if (index == events.size()) {
            return Future.succeededFuture();
        }
        return json(events.get(index).data()).compose(message -> {
            if (message != null && events.get(index).type().equals("message")) {
                messages.accept(message);
            }
            return handOver(events, index + 1, messages);
        });
    }

    private static Problem broken() {
        return McpFailure.unknownOutcome("the connection broke before the answer was complete");
    }
}
