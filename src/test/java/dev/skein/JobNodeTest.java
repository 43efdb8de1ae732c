package dev.skein;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.auth.Tokens;
import dev.skein.fault.nodes.Ports;
import dev.skein.job.mcp.peer.Packages;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs on one whole node, over HTTP. */
class JobNodeTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();
    private static final String EVERYTHING = "mcp-server-everything";
    private static final long CAP = 96L << 20;

    @TempDir
    static Path folder;

    private static Node node;
    private static String root;

    private record Reply(int status, JsonNode body, String text) {}

    @BeforeAll
    static void open() throws Exception {
        int port = Ports.free();
        root = "http://127.0.0.1:" + port;
        node = start(
                "solo",
                port,
                Map.of(
                        "remote.allow", "127.0.0.0/8",
                        "remote.poll", "300ms",
                        "jobs.mcp.servers.all.command",
                                Packages.program(EVERYTHING).toString(),
                        "jobs.mcp.servers.all.args", "stdio"));
        until("/api/v1/jobs/runners", runners -> runners.path("runners").size() == 1);
    }

    @AfterAll
    static void close() throws Exception {
        node.stop().await(60, SECONDS);
    }

    private static Node start(String id, int port, Map<String, String> more) throws Exception {
        var flags = new HashMap<>(more);
        flags.put("http.port", Integer.toString(port));
        flags.put("node.data-dir", folder.resolve(id).toString());
        flags.put("node.id", id);
        var environment = Map.of("WORKER_NODES", "127.0.0.1:0:cipher");
        var made = new Node(NodeSettings.read(null, environment, flags).requireSound());
        made.start().await(60, SECONDS);
        return made;
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
            var text = answer.body();
            var read = text.startsWith("{")
                    ? JSON.readTree(text)
                    : JSON.getNodeFactory().textNode(text);
            return new Reply(answer.statusCode(), read, text);
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

    @Test
    void an_mcp_server_that_is_killed_in_mid_call_fails_the_attempt_and_the_queue_tries_again() {
        assumeTrue(Packages.installed(), "node, npm or the registry is missing");
        var id = submit("""
                {'type':'mcp','payload':{'server':'all','tool':'trigger-long-running-operation',
                 'arguments':{'duration':4,'steps':40}}}""");
        until("/api/v1/jobs/" + id, job -> job.path("progress").path("fraction").asDouble() > 0);

        ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(EVERYTHING))
                .forEach(ProcessHandle::destroyForcibly);

        var done = until(
                "/api/v1/jobs/" + id + "?wait=20s",
                job -> job.path("state").asText().equals("succeeded"));
        assertThat(done.path("attempt").asInt()).as("%s", done).isEqualTo(2);
        assertThat(done.path("attempts").path(0).path("outcome").path("code").asText())
                .isEqualTo("mcp_server_gone");
        var server = "server=\"all\",type=\"mcp\"} ";
        var lines = List.of("calls_total{" + server + 2, "starts_total{" + server + 2, "restarts_total{" + server + 1);
        until(
                "/metrics",
                metrics -> lines.stream().allMatch(line -> metrics.asText().contains("skein_mcp_" + line)));
        assertThat(ask("GET", "/metrics", null).text)
                .contains("skein_mcp_exits_total{cause=\"lost\"," + server)
                .contains("skein_mcp_errors_total{code=\"mcp_server_gone\"," + server)
                .containsPattern("skein_mcp_call_seconds\\{quantile=\"0.95\",.*} [1-9]")
                .contains("skein_mcp_queued{" + server, "skein_mcp_resident_bytes{" + server);
    }

    @ParameterizedTest(name = "{2} {3}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '^',
            value = {
                "jobs; {'type':'nope'}; 400; unknown_job_type; no worker does jobs of type nope; exec",
                "jobs; {'payload':1}; 400; invalid_request; type is missing; type",
                "jobs; {'type':'exec','payload':'BIG'}; 413; payload_too_large; the payload has; at most",
                "jobs; {'type':'exec','memory_bytes':1125899906842624}; 422; memory_impossible; TiB asked; largest",
                "jobs; {'type':'exec','priority':10}; 400; invalid_request; priority; 9",
                "jobs; {'type':'exec','labels':['']}; 400; invalid_request; labels; empty",
                "schedules; {'id':'s','cron':'61 * * * *','job':{'type':'exec'}}; 400; invalid_cron; 61; 0 to 59",
                "schedules; {'id':'s','cron':'* * *','job':{'type':'exec'}}; 400; invalid_cron; five fields; weekday",
                "schedules; {'id':'s','cron':'@daily','zone':'Mars','job':{'type':'exec'}}; 400; invalid_cron; Mars; U",
                "schedules; {'id':'s','cron':'@daily','job':{'type':'nope'}}; 400; unknown_job_type; nope; exec"
            })
    void what_cannot_work_is_refused_with_what_would(String path, String body, int status, ArgumentsAccessor said) {
        var refused = ask("POST", "/api/v1/" + path, body.replace("BIG", "x".repeat(2 << 20)));

        assertThat(refused.status).as(refused.text).isEqualTo(status);
        assertThat(refused.body.path("code").asText()).isEqualTo(said.getString(3));
        assertThat(refused.body.path("error").asText()).contains(said.getString(4), said.getString(5));
    }

    @Test
    void a_wish_that_nobody_can_grant_yet_waits_and_says_which_it_is() {
        var capability = submit("{'type':'exec','capabilities':['tpu']}");
        var label = submit("{'type':'exec','worker_labels':['zone=moon'],'labels':['a=b','b=a']}");

        assertThat(ask("GET", "/api/v1/jobs/" + capability + "/why", null).text).contains("no_capability", "tpu");
        assertThat(ask("GET", "/api/v1/jobs/" + label + "/why", null).text).contains("no_label", "zone=moon");
        assertThat(ask("GET", "/api/v1/jobs?label=b%3Da", null)
                        .body
                        .path("jobs")
                        .path(0)
                        .path("id")
                        .asText())
                .as("labels are words, and name nothing else")
                .isEqualTo(label);
        for (var id : List.of(capability, label)) {
            assertThat(ask("POST", "/api/v1/jobs/" + id + "/cancel", "{}").status)
                    .isEqualTo(200);
        }
    }

    @Test
    void a_working_directory_that_is_gone_fails_the_job_by_its_name() {
        var id = submit("{'type':'exec','payload':{'argv':['true'],'cwd':'/nowhere/at/all'}}");

        var ended = until(
                "/api/v1/jobs/" + id + "?wait=20s",
                job -> job.has("outcome") && !job.path("state").asText().equals("running"));
        assertThat(ended.path("outcome").path("code").asText()).isEqualTo("working_directory_missing");
        assertThat(ended.path("outcome").path("message").asText()).contains("/nowhere/at/all");
    }

    /** A program of somebody else that knows the old protocol and no more. */
    private static final class Foreign implements AutoCloseable {
        private final Vertx vertx = Vertx.vertx();
        private final List<HttpServerRequest> held = Collections.synchronizedList(new ArrayList<>());
        private final List<String> proofs = Collections.synchronizedList(new ArrayList<>());
        private final HttpServer server;
        private volatile boolean isPatient = true;

        Foreign() throws Exception {
            server = vertx.createHttpServer()
                    .requestHandler(this::answer)
                    .listen(0, "127.0.0.1")
                    .await(20, SECONDS);
        }

        private void answer(HttpServerRequest request) {
            if (request.path().equals("/health")) {
                request.response().end("""
                        {"status":"healthy","memory":{"used":"1.2GB","total":"4GB"},"uptime":3600,
                         "capabilities":["cipher"]}""");
                return;
            }
            proofs.add(String.valueOf(request.getHeader("authorization")));
            request.body().onSuccess(body -> {
                if (isPatient) {
                    held.add(request);
                } else {
                    request.response()
                            .end("{\"success\":true,\"result\":"
                                    + body.toJsonObject().getJsonObject("payload") + "}");
                }
            });
        }

        String id() {
            return "127.0.0.1:" + server.actualPort();
        }

        String spec() {
            return "{'host':'127.0.0.1','port':%d,'capabilities':['cipher']}".formatted(server.actualPort());
        }

        @Override
        public void close() {
            vertx.close().await();
        }
    }

    @Test
    void a_job_of_a_worker_over_http_that_dies_in_its_middle_is_done_by_another() throws Exception {
        try (var first = new Foreign();
                var second = new Foreign()) {
            assertThat(ask("POST", "/api/workers/add", first.spec()).status).isEqualTo(201);
            assertThat(ask("POST", "/api/workers/add", first.spec()).status)
                    .as("known already")
                    .isEqualTo(200);
            var id = submit("{'type':'cipher','payload':{'action':'ask'}}");
            until("/api/v1/jobs/" + id, job -> !first.held.isEmpty());
            second.isPatient = false;
            assertThat(ask("POST", "/api/workers/add", second.spec()).status).isEqualTo(201);

            first.close();

            var done = until(
                    "/api/v1/jobs/" + id + "?wait=20s",
                    job -> job.path("state").asText().equals("succeeded"));
            assertThat(done.path("worker").asText()).isEqualTo(second.id());
            assertThat(done.path("attempt").asInt()).isEqualTo(2);
            assertThat(done.path("result").path("action").asText()).isEqualTo("ask");
            assertThat(second.proofs).allMatch(proof -> proof.matches("Bearer [^.]+\\.[^.]+\\.[^.]+"));
            var proof = second.proofs.iterator().next();
            assertThat(ask("POST", "/api/v1/jobs", "{'type':'exec'}", "authorization", proof).status)
                    .as("what a worker was sent is good for nothing here")
                    .isEqualTo(401);
            var status = ask("GET", "/api/workers/status", null).body.toString();
            assertThat(status).contains(first.id(), second.id(), "unreachable");
            var removed = ask("DELETE", "/api/workers/remove/" + first.id(), null);
            assertThat(removed.body.path("removed").asBoolean())
                    .as(removed.text)
                    .isTrue();
            assertThat(ask("DELETE", "/api/workers/remove/" + first.id(), null).status)
                    .isEqualTo(404);
            ask("DELETE", "/api/workers/remove/" + second.id(), null);
        }
    }

    @Test
    void a_worker_that_is_removed_gives_its_jobs_back() throws Exception {
        try (var foreign = new Foreign()) {
            ask("POST", "/api/workers/add", foreign.spec());
            var id = submit("{'type':'cipher'}");
            until("/api/v1/jobs/" + id, job -> !foreign.held.isEmpty());

            var removed = ask("DELETE", "/api/workers/remove/" + foreign.id(), null);

            assertThat(removed.body.path("requeued").asInt()).as(removed.text).isEqualTo(1);
            until("/api/v1/jobs/" + id, job -> !job.path("state").asText().equals("running"));
            assertThat(ask("POST", "/api/v1/jobs/" + id + "/cancel", "{}").status)
                    .isEqualTo(200);
        }
    }

    @Test
    void a_worker_at_an_address_that_is_not_listed_or_that_does_not_speak_as_one_is_refused() throws IOException {
        var elsewhere = ask("POST", "/api/workers/add", "{'host':'10.1.2.3','port':80}");
        var silent = ask("POST", "/api/workers/add", "{'host':'127.0.0.1','port':%d}".formatted(Ports.free()));
        var own = ask("POST", "/api/workers/add", "{'host':'127.0.0.1','port':%s}".formatted(root.split(":")[2]));

        assertThat(elsewhere.status).isEqualTo(403);
        assertThat(elsewhere.text).contains("address_refused", "remote.allow");
        assertThat(own.text).contains("own_cluster", "node of this very cluster");
        assertThat(silent.status).isEqualTo(502);
        assertThat(silent.text).contains("worker_unreachable", "GET /health");
        assertThat(ask("POST", "/api/workers/add", "{'host':'127.0.0.1','port':70000}").text)
                .contains("port");
    }

    @Test
    void another_node_is_a_worker_over_http_and_believes_the_keys_it_was_told_to() throws Exception {
        int port = Ports.free();
        var keys = Files.writeString(folder.resolve("solo.keys"), Tokens.publicKeys(folder.resolve("solo")));
        var other = start("other", port, Map.of("auth.trusted-keys", keys.toString(), "http.api-key", "k"));
        try {
            var address = "127.0.0.1:" + port;
            var added = ask("POST", "/api/workers/add", "{'host':'127.0.0.1','port':%d}".formatted(port));
            assertThat(added.status).as(added.text).isEqualTo(201);

            var echo = "'payload':{'argv':['echo','far']}";
            var id = submit("{'type':'exec','affinity':'%s',%s}".formatted(address, echo));

            var done = until(
                    "/api/v1/jobs/" + id + "?wait=20s",
                    job -> job.path("state").asText().equals("succeeded"));
            assertThat(done.path("worker").asText()).isEqualTo(address);
            assertThat(done.path("result").path("stdout").asText()).isEqualTo("far\n");
            assertThat(ask("DELETE", "/api/workers/remove/" + address, null).status)
                    .isEqualTo(200);
        } finally {
            other.stop().await(60, SECONDS);
        }
    }
}
