package dev.skein.fault.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Calls one node's HTTP API as anybody could. */
public final class Api {
    /**
     * An answer; status 0 when there was none, and then the body says why.
     *
     * @param retryAfter the header, empty when there is none
     * @param isStale whether it says that it is what the store had while nobody led
     */
    public record Answer(int status, JsonNode body, String retryAfter, boolean isStale) {}

    public static final String CLUSTER = "/api/v1/cluster";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final String endpoint;
    private final String key;

    public Api(int port, String key) {
        this.endpoint = "http://127.0.0.1:" + port;
        this.key = key;
    }

    public Answer get(String path) {
        return send(request(path).GET().build());
    }

    public Answer post(String path, String body) {
        return send(request(path).POST(BodyPublishers.ofString(body)).build());
    }

    public Answer put(String path, String body) {
        return send(request(path).PUT(BodyPublishers.ofString(body)).build());
    }

    public Answer delete(String path) {
        return send(request(path).DELETE().build());
    }

    /** Asks until the answer is right, and fails with the last one when it is not in time. */
    public Answer getUntil(Duration longest, String path, Predicate<Answer> right) {
        return until(longest, path, () -> get(path), right);
    }

    public Answer postUntil(Duration longest, String path, String body, Predicate<Answer> right) {
        return until(longest, path, () -> post(path, body), right);
    }

    private static Answer until(
            Duration longest, String what, java.util.function.Supplier<Answer> ask, Predicate<Answer> right) {
        long end = System.nanoTime() + longest.toNanos();
        while (true) {
            var answer = ask.get();
            if (right.test(answer)) {
                return answer;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError(what + " was not right within " + longest + ", last: " + answer);
            }
            LockSupport.parkNanos(POLL.toNanos()); // a poll of another process, which tells nobody when it is done
        }
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(endpoint + path))
                .timeout(DEADLINE)
                .header("content-type", "application/json");
        return key.isEmpty() ? request : request.header("x-api-key", key);
    }

    private Answer send(HttpRequest request) {
        try {
            var response =
                    client.sendAsync(request, BodyHandlers.ofString()).get(DEADLINE.toSeconds() + 1, TimeUnit.SECONDS);
            return new Answer(
                    response.statusCode(),
                    read(response.body()),
                    response.headers().firstValue("retry-after").orElse(""),
                    response.headers().firstValue("x-skein-stale").isPresent());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (Exception e) {
            return new Answer(0, JSON.createObjectNode().put("error", String.valueOf(e.getMessage())), "", false);
        }
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
