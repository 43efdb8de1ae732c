package dev.skein.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.http.EdgeServer.Reply;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every error has the one shape, the right status and a symbol. */
class RefusalsTest {
    private static final String GROUP = "{\"name\":\"g\",\"pipelines\":[{\"name\":\"p\",\"source\":\"s\"}]}";
    private static EdgeServer server;

    @BeforeAll
    static void open() {
        server = new EdgeServer().open();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @BeforeEach
    void heal() {
        server.neighbours.failure = null;
    }

    private static Reply deploy(String body) {
        return server.cluster("POST", "/pipeline-groups", body);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new Problem(Kind.INVALID, "invalid_group", "two", List.of("a", "b")), 400, "invalid_group"),
                Arguments.of(Problem.notFound("worker_deregistered", "gone"), 404, "worker_deregistered"),
                Arguments.of(Problem.conflict("worker_id_taken", "taken"), 409, "worker_id_taken"),
                Arguments.of(Problem.conflict("stale_epoch", "old"), 409, "stale_epoch"),
                Arguments.of(Problem.unreachable("refused"), 502, "routing_failed"),
                Arguments.of(Problem.busy("no_workers_available", "none"), 503, "no_workers_available"),
                Arguments.of(Problem.busy("pipeline_unavailable", "moving"), 503, "pipeline_unavailable"),
                Arguments.of(Problem.busy("nobody serves it"), 503, "no_leader"),
                Arguments.of(Problem.timeout("late"), 503, "no_leader"),
                Arguments.of(new Problem(Kind.TIMEOUT, "commit_unknown", "lost", List.of()), 504, "commit_unknown"),
                Arguments.of(new Problem(Kind.STORAGE_FULL, "disk"), 507, "storage_full"),
                Arguments.of(new Problem(Kind.UNAUTHORIZED, "secret reason"), 401, "unauthorized"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_failure_behind_the_edge_becomes_its_status(Problem failure, int status, String code) {
        server.neighbours.failure = failure;

        var reply = deploy(GROUP);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.json().getString("error")).isNotEmpty().doesNotContain("secret");
        assertThat(reply.json().getString("request_id")).isEqualTo(reply.header("x-request-id"));
        assertThat(reply.header("retry-after") != null).isEqualTo(status == 503);
    }

    @Test
    void every_fault_is_listed() {
        server.neighbours.failure = new Problem(Kind.INVALID, "invalid_group", "two", List.of("a", "b"));

        assertThat(deploy(GROUP).json().getJsonArray("details")).containsExactly("a", "b");
    }

    @Test
    void a_bug_leaves_no_trace() {
        server.neighbours.failure = new Problem(Kind.INTERNAL, "NullPointerException at dev.skein.Secret");

        var reply = deploy(GROUP);

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.code()).isEqualTo("internal");
        assertThat(reply.text()).doesNotContain("NullPointer").doesNotContain("dev.skein");
    }

    @Test
    void a_read_that_nobody_answers_says_that_nobody_leads() {
        server.neighbours.failure = Problem.timeout("late");

        assertThat(server.cluster("GET", "/summary", null).code()).isEqualTo("no_leader");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api",
                "/api/v1/cluster",
                "/api/v1/cluster/workers/",
                "/api/v1/cluster//workers",
                "/api/v1/cluster/workers/a/b",
                "/api/v1/cluster/../cluster/workers",
                "/API/v1/cluster/workers",
                "/health/",
                "/api/v1/cluster/raft",
                "/api/v1/pipelines/p-1/nothing",
                "/api/v1/cluster/workers/%zz"
            })
    void there_is_nothing_at_other_paths(String path) {
        var method = path.contains("%zz") ? "DELETE" : "GET";
        var reply = path.contains("%")
                ? null
                : server.ask(method, path).key(EdgeServer.ADMIN).send();
        if (reply != null) {
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.code()).isEqualTo("not_found");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /api/v1/cluster/workers, GET",
        "PATCH, /api/v1/cluster/pipeline-groups, 'GET, POST'",
        "POST, /api/v1/cluster/pipeline-groups/x, 'DELETE, GET, PUT'",
        "GET, /api/v1/cluster/workers/register/, ''",
        "OPTIONS, /health, GET",
        "DELETE, /metrics, GET"
    })
    void a_path_knows_its_methods(String method, String path, String allow) {
        var reply = server.ask(method, path).send();

        assertThat(reply.status()).isEqualTo(allow.isEmpty() ? 404 : 405);
        assertThat(reply.header("allow")).isEqualTo(allow.isEmpty() ? null : allow);
    }

    @Test
    void checks_come_in_the_order_of_the_contract() {
        var path = "/api/v1/cluster/pipeline-groups";
        assertThat(server.ask("PATCH", path).body("x").send().status()).isEqualTo(405); // before the key
        assertThat(server.ask("POST", path).body("x".repeat(2 << 20)).send().status())
                .isEqualTo(401); // before the size
        assertThat(server.ask("POST", path)
                        .key(EdgeServer.VIEWER)
                        .body("x")
                        .send()
                        .status())
                .isEqualTo(403);
        assertThat(server.ask("POST", path)
                        .key(EdgeServer.ADMIN)
                        .body("x".repeat(2 << 20))
                        .send()
                        .status())
                .isEqualTo(413);
        server.neighbours.failure = Problem.notFound("group_not_found", "none");
        var inject = path + "/none/inject";
        assertThat(server.ask("POST", inject)
                        .key(EdgeServer.ADMIN)
                        .body("{}")
                        .send()
                        .status())
                .isEqualTo(400); // before the group is looked for
        assertThat(server.ask("POST", inject)
                        .key(EdgeServer.ADMIN)
                        .body("{\"event_type\":\"A\"}")
                        .send()
                        .code())
                .isEqualTo("group_not_found");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0",
        "limit=1001",
        "limit=abc",
        "limit=",
        "limit=1&limit=2",
        "offset=-1",
        "offset=99999999999",
        "limit=1.5"
    })
    void a_query_that_is_wrong_is_named(String query) {
        var reply = server.cluster("GET", "/workers?" + query, null);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("invalid_query");
        assertThat(reply.json().getString("error")).startsWith(query.substring(0, 5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1", "json"})
    void another_type_than_json_is_not_read(String type) {
        var reply = server.ask("POST", "/api/v1/cluster/pipeline-groups")
                .key(EdgeServer.ADMIN)
                .header("content-type", type)
                .body(GROUP)
                .send();

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.code()).isEqualTo("unsupported_media_type");
    }

    @Test
    void json_needs_no_type_and_may_have_a_charset() {
        assertThat(deploy(GROUP).status()).isEqualTo(201);
        var typed = server.ask("POST", "/api/v1/cluster/pipeline-groups")
                .key(EdgeServer.ADMIN)
                .body(GROUP);
        assertThat(typed.header("content-type", "Application/JSON; charset=\"UTF-8\"")
                        .send()
                        .status())
                .isEqualTo(201);
    }

    @Test
    void json_in_another_encoding_is_not_guessed() throws IOException {
        var body = "{}".getBytes(StandardCharsets.UTF_16LE);
        var head = "POST /api/v1/cluster/pipeline-groups HTTP/1.1\r\nHost: localhost\r\nx-api-key: " + EdgeServer.ADMIN
                + "\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n\r\n";

        assertThat(server.raw(head + new String(body, StandardCharsets.ISO_8859_1)))
                .startsWith("HTTP/1.1 400")
                .contains("invalid_json", "UTF-8");
    }

    @Test
    void a_form_that_is_wrong_is_told_in_words() {
        var worker = "{\"worker_id\": \"w 0\", \"address\": \"ftp://localhost\"}";

        assertThat(server.cluster("POST", "/workers/register", worker).text())
                .contains("worker_id must be 1 to 128 letters", "address must be an http or https address");
    }

    @Test
    void a_request_keeps_its_id_if_it_is_one() {
        assertThat(server.ask("GET", "/health")
                        .header("x-request-id", "my.id-1")
                        .send()
                        .header("x-request-id"))
                .isEqualTo("my.id-1");
        var other = server.ask("GET", "/nothing")
                .header("x-request-id", "no spaces")
                .send();
        assertThat(other.header("x-request-id"))
                .matches("[0-9a-f]{16}")
                .isEqualTo(other.json().getString("request_id"));
    }

    @Test
    void every_token_that_is_refused_gets_the_same_answer() {
        var bodies = Stream.of("a.b.c", "x", server.tokens.toString().substring(0, 5))
                .map(token -> server.ask("GET", "/api/v1/cluster/workers")
                        .header("x-request-id", "same")
                        .token(token)
                        .send())
                .map(reply -> reply.status() + reply.text())
                .distinct();

        assertThat(bodies)
                .containsExactly("401{\"error\":\"a valid API key or token is needed\",\"code\":\"unauthorized\","
                        + "\"request_id\":\"same\"}");
    }

    @Test
    void a_port_in_use_is_named() {
        try (var second = new EdgeServer()) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> second.open(server.port()))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("port " + server.port())
                    .hasMessageContaining("http.port");
        }
    }
}
