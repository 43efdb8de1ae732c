package dev.skein.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.kernel.Ids;
import dev.skein.kernel.Problem;
import dev.skein.kernel.SteadyClock;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Jobs of one cluster, its {@linkplain #index() workspaces} and {@linkplain #reviews() reviews}. Futures fail with a
 * {@link Problem} that has the code of the API's answer. Thread safe.
 *
 * <pre>{@code
 * var skein = SkeinClient.at("http://127.0.0.1:9100").withToken(token);
 * var id = skein.submit(NewJob.of("context7", "{\"action\": \"resolve-library\", \"query\": \"react\"}")).join();
 * var job = skein.await(id, Duration.ofSeconds(30)).join();
 * }</pre>
 */
public final class SkeinClient {
    private static final String JOBS = "/api/v1/jobs";
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);
    private static final Duration LOG_WAIT = Duration.ofSeconds(5);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int KEY_BYTES = 16;
    private static final Executor SOON = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    private final HttpClient http;
    private final String endpoint;
    private final Exchange exchange;
    private final InstantSource clock = SteadyClock.system();

    private SkeinClient(HttpClient http, String endpoint, Map<String, String> headers) {
        this.http = http;
        this.endpoint = endpoint;
        exchange = new Exchange(http, endpoint, headers);
    }

    /** Without a credential, as nodes on loopback allow. */
    public static SkeinClient at(String endpoint) {
        var http = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        return new SkeinClient(http, endpoint.replaceFirst("/+$", ""), Map.of());
    }

    /** With another client of the JDK, for one's own certificates. */
    public SkeinClient over(HttpClient other) {
        return new SkeinClient(other, endpoint, Map.of());
    }

    public SkeinClient withToken(String token) {
        return withHeader("authorization", "Bearer " + token);
    }

    public SkeinClient withKey(String key) {
        return withHeader("x-api-key", key);
    }

    /** With another kind of credential, in a header of every request. */
    public SkeinClient withHeader(String name, String value) {
        return new SkeinClient(http, endpoint, Map.of(name, value));
    }

    /** The same cluster's workspaces. */
    public IndexClient index() {
        return new IndexClient(exchange);
    }

    /** The same cluster's reviews. */
    public ReviewClient reviews() {
        return new ReviewClient(exchange);
    }

    /** Answers the id once the job is queued durably. */
    public CompletableFuture<String> submit(NewJob job) {
        var body = body(job);
        return exchange.persistent(() -> exchange.call("POST", JOBS, body, Duration.ZERO))
                .thenApply(accepted -> accepted.path("id").asText());
    }

    /** Answers the ids in order, of at most 10 000; fails, naming the first refusal, when not all were accepted. */
    public CompletableFuture<List<String>> submitAll(List<NewJob> jobs) {
        var body = Exchange.JSON.createObjectNode();
        var list = body.putArray("jobs");
        jobs.forEach(job -> list.add(body(job)));
        return exchange.persistent(() -> exchange.call("POST", JOBS + ":batch", body, Duration.ofSeconds(60)))
                .thenApply(SkeinClient::ids);
    }

    private static List<String> ids(JsonNode answer) {
        var ids = new ArrayList<String>();
        for (var one : answer.path("jobs")) {
            if (!one.path("id").isTextual()) {
                throw new Problem(
                        Problem.Kind.CONFLICT,
                        one.path("code").asText("refused"),
                        "%d of %d were accepted; the first refused: %s"
                                .formatted(
                                        answer.path("accepted").asInt(),
                                        answer.path("jobs").size(),
                                        one.path("error").asText()),
                        List.of());
            }
            ids.add(one.path("id").asText());
        }
        return ids;
    }

    public CompletableFuture<JobInfo> get(String id) {
        return get(id, Duration.ZERO);
    }

    /**
     * Answers once the job has ended, however it ended.
     *
     * @param atMost after that it fails with {@link Problem.Kind#TIMEOUT}; the job goes on
     */
    public CompletableFuture<JobInfo> await(String id, Duration atMost) {
        return await(id, clock.instant().plus(atMost));
    }

    private CompletableFuture<JobInfo> await(String id, Instant end) {
        var left = Duration.between(clock.instant(), end);
        var wait = left.isNegative() ? Duration.ZERO : left.compareTo(WAIT_MAX) < 0 ? left : WAIT_MAX;
        return get(id, wait).thenCompose(job -> {
            if (job.hasEnded()) {
                return CompletableFuture.completedFuture(job);
            }
            return clock.instant().isBefore(end)
                    ? await(id, end)
                    : CompletableFuture.failedFuture(Problem.timeout("job " + id + " is still " + job.state()));
        });
    }

    /** Tells of every change and of what the job writes until it has ended; then answers how. */
    public CompletableFuture<JobInfo> stream(String id, JobListener listener) {
        return follow(new Followed(id, listener, null, 0, 0));
    }

    /** How far the following is. */
    private record Followed(
            String id, JobListener listener, @Nullable JobInfo before, int attempt, long offset) {}

    private CompletableFuture<JobInfo> follow(Followed so) {
        return get(so.id, Duration.ZERO).thenCompose(job -> {
            if (!job.equals(so.before)) {
                so.listener.changed(job);
            }
            return logs(so, job).thenCompose(next -> {
                boolean isDone = job.hasEnded();
                return isDone ? CompletableFuture.completedFuture(job) : follow(next);
            });
        });
    }

    /** Answered when there is more, or the job has changed; the pause here is against a server that does not wait. */
    private CompletableFuture<Followed> logs(Followed so, JobInfo job) {
        var wait = job.hasEnded() ? Duration.ZERO : LOG_WAIT;
        var path = path(so.id) + "/logs?offset=" + so.offset + "&attempt=" + so.attempt + "&wait=" + wait.toMillis()
                + "ms";
        return exchange.persistent(() -> exchange.call("GET", path, null, wait)).thenCompose(part -> {
            var text = part.path("text").asText();
            if (!text.isEmpty()) {
                so.listener.wrote(text);
            }
            var next = new Followed(
                    so.id,
                    so.listener,
                    job,
                    part.path("attempt").asInt(),
                    part.path("next").asLong());
            return text.isEmpty() && !job.hasEnded()
                    ? CompletableFuture.supplyAsync(() -> next, SOON)
                    : CompletableFuture.completedFuture(next);
        });
    }

    /** What waits is cancelled at once, what runs is told to end. */
    public CompletableFuture<JobInfo> cancel(String id, String reason) {
        var body = Exchange.JSON.createObjectNode().put("reason", reason);
        return exchange.call("POST", path(id) + "/cancel", body, Duration.ZERO).thenApply(JobInfo::of);
    }

    private CompletableFuture<JobInfo> get(String id, Duration wait) {
        var path = path(id) + "?payload=false&wait=" + wait.toMillis() + "ms";
        return exchange.persistent(() -> exchange.call("GET", path, null, wait)).thenApply(JobInfo::of);
    }

    private static String path(String id) {
        return JOBS + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static ObjectNode body(NewJob job) {
        var body = Exchange.JSON.createObjectNode();
        body.put("type", job.type());
        body.set("payload", payload(job.payload()));
        body.put("priority", job.priority());
        body.put("max_attempts", job.maxAttempts());
        body.put("idempotency_key", job.key() == null ? "client-" + Ids.hex(KEY_BYTES) : job.key());
        if (job.memoryBytes() > 0) {
            body.put("memory_bytes", job.memoryBytes());
        }
        if (!job.labels().isEmpty()) {
            var labels = body.putArray("labels");
            job.labels().forEach(labels::add);
        }
        put(body, "run_timeout_millis", job.runTimeout());
        put(body, "total_timeout_millis", job.totalTimeout());
        return body;
    }

    private static void put(ObjectNode body, String field, @Nullable Duration time) {
        if (time != null) {
            body.put(field, time.toMillis());
        }
    }

    private static JsonNode payload(String json) {
        try {
            return Exchange.JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw Problem.invalid("the payload is not JSON: " + e.getOriginalMessage());
        }
    }
}
