package dev.skein;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on one whole node, over HTTP. */
class JobNodeTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();
    private static final long CAP = 96L << 20;

    @TempDir
    static Path folder;

    private static Node node;
    private static String root;

    private record Reply(int status, JsonNode body, String text) {}

    @BeforeAll
    static void open() throws Exception {
        int port = freePort();
        root = "http://127.0.0.1:" + port;
        var flags = Map.of("http.port", Integer.toString(port), "node.data-dir", folder.toString(), "node.id", "solo");
        node = new Node(NodeSettings.read(null, Map.of(), flags).requireSound());
        node.start().await(60, SECONDS);
        until("/api/v1/jobs/runners", runners -> runners.path("runners").size() == 1);
    }

    @AfterAll
    static void close() throws Exception {
        node.stop().await(60, SECONDS);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Reply ask(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(root + path)).timeout(Duration.ofSeconds(60));
        var content = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.replace('\'', '"'));
        request.method(method, content);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var answer = CLIENT.send(request.build(), BodyHandlers.ofString());
            var isJson = answer.body().startsWith("{");
            return new Reply(
                    answer.statusCode(), isJson ? JSON.readTree(answer.body()) : JSON.nullNode(), answer.body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Asks until it is so. */
    private static JsonNode until(String path, Predicate<JsonNode> isSo) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        var seen = ask("GET", path, null);
        while (!(seen.status == 200 && isSo.test(seen.body)) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
            seen = ask("GET", path, null);
        }
        assertThat(isSo.test(seen.body)).as(seen.text).isTrue();
        return seen.body;
    }

    private static String submit(String spec) {
        var accepted = ask("POST", "/api/v1/jobs", spec);
        assertThat(accepted.status).as(accepted.text).isEqualTo(202);
        return accepted.body.path("id").asText();
    }

    private static JsonNode jobIn(JsonNode memory, String id) {
        return StreamSupport.stream(memory.path("nodes").path(0).path("jobs").spliterator(), false)
                .filter(job -> job.path("id").asText().equals(id))
                .findFirst()
                .orElse(JSON.missingNode());
    }

    @Test
    void memory_shows_what_a_running_job_was_promised_and_what_its_processes_take() {
        var id = submit("{'type':'exec','memory_bytes':%d,'payload':{'argv':['sleep','600']}}".formatted(CAP));

        var seen = until(
                "/api/v1/memory", memory -> jobIn(memory, id).path("used_bytes").asLong() > 0);
        var here = seen.path("nodes").path(0);
        assertThat(here.path("node").asText()).isEqualTo("solo");
        assertThat(jobIn(seen, id).path("reserved_bytes").asLong()).isEqualTo(CAP);
        assertThat(here.path("reserved_bytes").asLong()).isGreaterThanOrEqualTo(CAP);
        assertThat(here.path("capacity_bytes").asLong())
                .isGreaterThanOrEqualTo(here.path("reserved_bytes").asLong());
        assertThat(here.path("used_bytes").asLong())
                .isGreaterThan(jobIn(seen, id).path("used_bytes").asLong());
        assertThat(here.path("level").asText()).isIn("low", "medium", "high", "critical");
        assertThat(here.path("categories").size()).isEqualTo(5);
        assertThat(ask("GET", "/metrics", null).text)
                .containsPattern("skein_memory_jobs_reserved_bytes\\{type=\"exec\"} 1\\.0\\d+E8")
                .contains("skein_jobs_here{type=\"exec\"} 1.0", "skein_memory_used_bytes ");

        assertThat(ask("POST", "/api/v1/jobs/" + id + "/cancel", "{}").status).isEqualTo(200);
        until("/api/v1/memory", memory -> jobIn(memory, id).isMissingNode());
    }
}
