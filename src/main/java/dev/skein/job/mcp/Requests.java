package dev.skein.job.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The requests that wait for an answer, each with its limits. Confined to the client's context. */
final class Requests {
    /** What a request waits for and how long. */
    record Limits(Duration idle, Duration total, Consumer<McpCall.Progress> progress) {
        static Limits of(Duration total) {
            return new Limits(total, total, step -> {});
        }
    }

    private static final class Waiting {
        final Promise<JsonNode> answer = Promise.promise();
        final Limits limits;
        long idleTimer;
        long totalTimer;
        double done = Double.NEGATIVE_INFINITY;

        Waiting(Limits limits) {
            this.limits = limits;
        }
    }

    private final Vertx vertx;
    private final BiConsumer<Long, Problem> expired;
    private final Map<Long, Waiting> waiting = new HashMap<>();

    /** Requests of which {@code expired} is told, before they fail, when their time is over. */
    Requests(Vertx vertx, BiConsumer<Long, Problem> expired) {
        this.vertx = vertx;
        this.expired = expired;
    }

    Future<JsonNode> add(long id, Limits limits) {
        var request = new Waiting(limits);
        waiting.put(id, request);
        request.totalTimer = vertx.setTimer(
                limits.total.toMillis(), timer -> expire(id, McpFailure.timeOut("no answer", limits.total)));
        request.idleTimer = idleTimer(id, limits);
        return request.answer.future();
    }

    private long idleTimer(long id, Limits limits) {
        return vertx.setTimer(
                limits.idle.toMillis(),
                timer -> expire(id, McpFailure.timeOut("neither answer nor progress", limits.idle)));
    }

    private void expire(long id, Problem why) {
        expired.accept(id, why);
        fail(id, why);
    }

    boolean waits(long id) {
        return waiting.containsKey(id);
    }

    int size() {
        return waiting.size();
    }

    /** Takes an answer; false when nobody waits for it. */
    boolean answered(long id, JsonNode message) {
        var request = remove(id);
        if (request == null) {
            return false;
        }
        if (message.path("error").isObject()) {
            request.answer.fail(McpFailure.refused(message.path("error")));
        } else if (message.path("result").isObject()) {
            request.answer.complete(message.path("result"));
        } else {
            request.answer.fail(McpFailure.protocol("the server's answer holds neither a result nor an error"));
        }
        return true;
    }

    void progressed(JsonNode params) {
        var token = params.path("progressToken");
        var request = token.isIntegralNumber() ? waiting.get(token.asLong()) : null;
        double done = params.path("progress").asDouble(Double.NaN);
        if (request == null || !(done > request.done)) {
            return;
        }
        request.done = done;
        vertx.cancelTimer(request.idleTimer);
        request.idleTimer = idleTimer(token.asLong(), request.limits);
        request.limits.progress.accept(new McpCall.Progress(
                done, params.path("total").asDouble(), params.path("message").asText("")));
    }

    void fail(long id, Throwable why) {
        var request = remove(id);
        if (request != null) {
            request.answer.fail(why);
        }
    }

    void failAll(Problem why) {
        new ArrayList<>(waiting.keySet()).forEach(id -> fail(id, why));
    }

    private @Nullable Waiting remove(long id) {
        var request = waiting.remove(id);
        if (request != null) {
            vertx.cancelTimer(request.totalTimer);
            vertx.cancelTimer(request.idleTimer);
        }
        return request;
    }
}
