package dev.skein.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends requests and reads answers; repeats what found nobody. Thread safe. */
final class Exchange {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration MARGIN = Duration.ofSeconds(15);
    private static final int TIMES_MAX = 8;
    private static final int PAUSE_MILLIS = 100;
    private static final int PAUSE_MILLIS_MAX = 4_000;
    private static final int FIRST_FAILURE = 300;

    private final HttpClient http;
    private final String endpoint;
    private final Map<String, String> headers;

    Exchange(HttpClient http, String endpoint, Map<String, String> headers) {
        this.http = http;
        this.endpoint = endpoint;
        this.headers = Map.copyOf(headers);
    }

    /** One call; fails with a {@link Problem} that has the code of the answer. Cancelled, it closes its connection. */
    CompletableFuture<JsonNode> call(String method, String path, @Nullable JsonNode body, Duration heldBack) {
        var request = HttpRequest.newBuilder(URI.create(endpoint + path))
                .timeout(heldBack.plus(MARGIN))
                .header("accept", "application/json");
        headers.forEach(request::header);
        if (body != null) {
            request.header("content-type", "application/json");
        }
        var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
        var sent = http.sendAsync(request.method(method, publisher).build(), BodyHandlers.ofString());
        var read = sent.handle((answer, failure) -> failure == null ? read(answer) : thrown(failure));
        read.whenComplete((tree, failure) -> {
            if (read.isCancelled()) {
                sent.cancel(true);
            }
        });
        return read;
    }

    /** The same again for as long as a change of leader, or a start of the node, takes. */
    CompletableFuture<JsonNode> persistent(Supplier<CompletableFuture<JsonNode>> call) {
        return attempt(call, 1);
    }

    private CompletableFuture<JsonNode> attempt(Supplier<CompletableFuture<JsonNode>> call, int times) {
        return call.get().exceptionallyCompose(failure -> {
            if (times == TIMES_MAX || !mayPass(failure)) {
                return CompletableFuture.failedFuture(failure);
            }
            long pause = Math.min((long) PAUSE_MILLIS << times, PAUSE_MILLIS_MAX);
            var later = CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS);
            return CompletableFuture.supplyAsync(() -> attempt(call, times + 1), later)
                    .thenCompose(again -> again);
        });
    }

    private static boolean mayPass(Throwable failure) {
        var problem = Problem.in(failure);
        return problem != null && (problem.kind() == Kind.BUSY || problem.kind() == Kind.UNREACHABLE);
    }

    private JsonNode thrown(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        throw new CompletionException(Problem.unreachable(endpoint + " does not answer: " + cause));
    }

    private static JsonNode read(HttpResponse<String> answer) {
        var tree = parse(answer.body());
        if (answer.statusCode() < FIRST_FAILURE && tree != null) {
            return tree;
        }
        var code = tree == null ? "internal" : tree.path("code").asText("internal");
        var error = tree == null ? "the answer is not JSON" : tree.path("error").asText("no reason was given");
        throw new CompletionException(new Problem(kind(answer.statusCode()), code, error, List.of()));
    }

    private static @Nullable JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static Kind kind(int status) {
        for (var kind : Kind.values()) {
            if (kind.httpStatus == status) {
                return kind;
            }
        }
        return Kind.INTERNAL;
    }
}
