package dev.skein.job.mcp.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.job.mcp.JsonRpc;
import dev.skein.job.mcp.McpFailure;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One message sent and everything that comes back for it. */
final class Exchange {
    private static final String EVENTS = "text/event-stream";
    private static final int RESUMES_MAX = 3;
    private static final int RESUME_MILLIS = 200;
    private static final int RESUME_MILLIS_MAX = 5_000;
    private static final int FIRST_FAILURE = 300;
    private static final int CLIENT_FAULT = 400;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_FAULT = 500;

    private final Vertx vertx;
    private final Session session;
    private final Bodies bodies;
    private final Consumer<JsonNode> listener;
    private final ObjectNode message;
    private final @Nullable Long id; // of the request, null when no answer is due
    private final EventParser parser;
    private @Nullable HttpClientRequest current;
    private boolean answered;
    private boolean abandoned;
    private int resumes;

    Exchange(Vertx vertx, Session session, Limits limits, ObjectNode message) {
        this.vertx = vertx;
        this.session = session;
        this.bodies = limits.bodies;
        this.listener = limits.listener;
        this.message = message;
        id = JsonRpc.requestId(message);
        parser = new EventParser(limits.messageMax);
    }

    /** What all exchanges of one transport share. */
    record Limits(Bodies bodies, int messageMax, Consumer<JsonNode> listener) {}

    Future<Void> run() {
        return session.request(HttpMethod.POST, "application/json, " + EVENTS)
                .compose(request -> {
                    current = request;
                    request.putHeader("Content-Type", "application/json");
                    return request.send(Buffer.buffer(JsonRpc.bytes(message)))
                            .recover(failure -> Future.failedFuture(
                                    McpFailure.unknownOutcome("the connection broke before an answer came")));
                })
                .compose(this::answer);
    }

    /** Nobody waits any more. */
    void abandon() {
        abandoned = true;
        if (current != null) {
            current.reset();
        }
    }

    private Future<Void> answer(HttpClientResponse response) {
        int status = response.statusCode();
        if (status >= FIRST_FAILURE) {
            return bodies.whole(response).compose(body -> refused(status, body));
        }
        if (message.path("method").asText().equals("initialize")) {
            session.begun(response.getHeader(Session.ID));
        }
        if (id == null) {
            return bodies.whole(response).mapEmpty();
        }
        var type = response.getHeader("Content-Type");
        if (type != null && type.startsWith(EVENTS)) {
            return stream(response);
        }
        return bodies.whole(response).compose(bodies::json).compose(tree -> {
            if (tree != null) {
                received(tree);
            }
            return answered ? Future.succeededFuture() : unanswered("the server's answer is not the one asked for");
        });
    }

    private Future<Void> stream(HttpClientResponse response) {
        return bodies.events(response, parser, this::received).transform(end -> {
            if (answered || abandoned) {
                return Future.succeededFuture();
            }
            var problem = Problem.in(end.cause());
            if (problem != null && problem.code().equals(McpFailure.TOO_LARGE)) {
                return Future.failedFuture(problem);
            }
            return parser.lastId() == null || ++resumes > RESUMES_MAX
                    ? Future.failedFuture(McpFailure.unknownOutcome("the stream ended before the answer"))
                    : pause().compose(waited -> resume(parser.lastId()));
        });
    }

    private Future<Void> pause() {
        long wish = parser.retryMillis() > 0 ? parser.retryMillis() : RESUME_MILLIS;
        return vertx.timer(Math.min(wish, RESUME_MILLIS_MAX)).mapEmpty();
    }

    private Future<Void> resume(@Nullable String lastEvent) {
        return session.request(HttpMethod.GET, EVENTS)
                .compose(request -> {
                    current = request;
                    request.putHeader("Last-Event-ID", lastEvent);
                    return request.send();
                })
                .recover(failure -> Future.failedFuture(
                        McpFailure.unknownOutcome("the server cannot be asked for the rest of the answer")))
                .compose(response -> response.statusCode() >= FIRST_FAILURE
                        ? unanswered("the server does not resume the stream of the answer")
                        : stream(response));
    }

    private static Future<Void> unanswered(String sentence) {
        return Future.failedFuture(McpFailure.unknownOutcome(sentence));
    }

    private void received(JsonNode tree) {
        if (id != null && JsonRpc.answers(tree, id)) {
            answered = true;
        }
        if (tree.isArray() && id != null) {
            tree.forEach(item -> answered |= JsonRpc.answers(item, id));
        }
        listener.accept(tree);
    }

    private Future<Void> refused(int status, byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        if (status == Problem.Kind.UNAUTHORIZED.httpStatus || status == Problem.Kind.FORBIDDEN.httpStatus) {
            return Future.failedFuture(McpFailure.unauthorized(status));
        }
        if (session.id() != null && (status == NOT_FOUND || isAboutSession(status, text))) {
            return Future.failedFuture(McpFailure.sessionLost());
        }
        var tree = JsonRpc.parse(body);
        if (id != null && tree != null && JsonRpc.answers(tree, id)) {
            listener.accept(tree);
            return Future.succeededFuture();
        }
        return Future.failedFuture(
                status < CLIENT_FAULT
                        ? McpFailure.protocol("the server answered %d; redirects are not followed".formatted(status))
                        : failed(status));
    }

    private Problem failed(int status) {
        var sentence = "%s answered %d".formatted(session.address(), status);
        return status >= SERVER_FAULT ? McpFailure.gone(sentence, List.of()) : McpFailure.protocol(sentence);
    }

    private static boolean isAboutSession(int status, String text) {
        return status == CLIENT_FAULT && text.toLowerCase(Locale.ROOT).contains("session");
    }
}
