package dev.skein.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.kernel.Problem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reviews of one cluster. Answers are those of the API's contract; futures fail with a {@link Problem} that has its
 * code, and when cancelled end the call. Thread safe.
 */
public final class ReviewClient {
    private static final String REVIEWS = "/api/v1/reviews";
    private static final Duration SURVEY = Duration.ofMinutes(5);
    private static final int PAGE = 1_000;

    private final Exchange exchange;

    ReviewClient(Exchange exchange) {
        this.exchange = exchange;
    }

    /** The first thousand runs, the newest first, below {@code reviews}. */
    public CompletableFuture<JsonNode> list() {
        return read("?limit=" + PAGE);
    }

    /** Reviews a directory of the node that is asked, with what is configured there; answers the run. */
    public CompletableFuture<JsonNode> start(String root) {
        return start(Exchange.JSON.createObjectNode().put("root", root));
    }

    /** The same with whatever the contract's {@code NewReview} may have. */
    public CompletableFuture<JsonNode> start(ObjectNode wanted) {
        return exchange.call("POST", REVIEWS, wanted.deepCopy(), SURVEY);
    }

    /** A run and how far it is. */
    public CompletableFuture<JsonNode> get(String run) {
        return read("/" + part(run));
    }

    /** A thousand tasks of a run by priority and directory, below {@code tasks}. */
    public CompletableFuture<JsonNode> tasks(String run, int offset) {
        return read("/" + part(run) + "/tasks?limit=" + PAGE + "&offset=" + offset);
    }

    /**
     * A page of what was found.
     *
     * @param cursor {@code next} of the page before; null for the first
     */
    public CompletableFuture<JsonNode> findings(String run, @Nullable String cursor) {
        var after = cursor == null ? "" : "&cursor=" + part(cursor);
        return read("/" + part(run) + "/findings?limit=" + PAGE + after);
    }

    /** Has a finding not shown any more, in this run and in later ones. */
    public CompletableFuture<JsonNode> dismiss(String run, String fingerprint, String reason) {
        var body =
                Exchange.JSON.createObjectNode().put("fingerprint", fingerprint).put("reason", reason);
        return change("POST", run, "/dismissals", body);
    }

    /** Begins failed tasks anew; all of them when none is named. */
    public CompletableFuture<JsonNode> retry(String run, List<String> tasks) {
        var body = Exchange.JSON.createObjectNode();
        if (!tasks.isEmpty()) {
            tasks.forEach(body.putArray("tasks")::add);
        }
        return change("POST", run, "/retry", body);
    }

    /** Changes how urgent a pending task is, from 0, the most urgent, to 4. */
    public CompletableFuture<JsonNode> prioritize(String run, String task, int priority) {
        var body = Exchange.JSON.createObjectNode().put("priority", priority);
        return change("PATCH", run, "/tasks/" + part(task), body);
    }

    /** Ends what runs and what has not begun. */
    public CompletableFuture<JsonNode> cancel(String run) {
        return change("POST", run, "/cancel", null);
    }

    private CompletableFuture<JsonNode> read(String below) {
        return exchange.persistent(() -> exchange.call("GET", REVIEWS + below, null, Duration.ZERO));
    }

    private CompletableFuture<JsonNode> change(String method, String run, String below, @Nullable ObjectNode body) {
        return exchange.call(method, REVIEWS + "/" + part(run) + below, body, Duration.ofSeconds(60));
    }

    private static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
