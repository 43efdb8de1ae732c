package dev.skein.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.http.EdgeServer;
import dev.skein.http.HttpConfig.Limits;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send too much, too slowly, too often, or two things at once. */
class LimitsTest {
    private static final String HOST = "Host: localhost\r\nx-api-key: admin-key\r\n";
    private static final String INJECT = "POST /api/v1/cluster/pipeline-groups/g/inject HTTP/1.1\r\n" + HOST;
    private static final String HELD =
            INJECT.replace("inject", "inject-batch") + "Content-Length: 16777216\r\n\r\n" + " ".repeat(16_700_000);
    private static EdgeServer server;

    @BeforeAll
    static void open() {
        var limits = new Limits(0, 20, 16 << 20, Duration.ofSeconds(2), Duration.ofMillis(500), 2);
        server = new EdgeServer().limits(limits).open();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    @Test
    void a_chunked_body_is_read() throws IOException {
        var body = chunk("{\"event_type\"") + chunk(":\"A\"}") + "0\r\n\r\n";

        var answer = server.raw(INJECT + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + body);

        assertThat(answer).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /health?a=%2 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /health HTTP/1.1\r\n\r\n"
            })
    void a_target_that_nobody_can_read_is_refused_like_any_request(String request) throws IOException {
        assertThat(server.raw(request))
                .startsWith("HTTP/1.1 400")
                .containsPattern("\"code\":\"invalid_request\",\"request_id\":\"[0-9a-f]{16}\"");
    }

    @Test
    void a_chunked_body_is_counted() throws IOException {
        try (var socket = server.connect()) {
            var out = socket.getOutputStream();
            out.write((INJECT + "Transfer-Encoding: chunked\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            var part = chunk(" ".repeat(64 << 10)).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 20; i++) {
                out.write(part);
            }
            out.flush();

            assertThat(EdgeServer.rest(socket)).startsWith("HTTP/1.1 413").contains("payload_too_large");
        }
    }

    @Test
    void a_refusal_arrives_though_the_body_goes_on_and_the_connection_ends() throws IOException {
        var head = INJECT + "Connection: close\r\nContent-Length: 4000000\r\n\r\n";

        assertThat(server.raw(head + " ".repeat(4_000_000))).startsWith("HTTP/1.1 413");
        assertThat(server.raw(head.replace("admin-key", "bad") + " ".repeat(4_000_000)))
                .startsWith("HTTP/1.1 401");
    }

    @Test
    void a_length_that_is_too_large_is_refused_before_the_body() throws IOException {
        assertThat(server.raw(INJECT + "Content-Length: 1048577\r\n\r\n")).startsWith("HTTP/1.1 413");
        assertThat(server.raw(INJECT.replace("inject", "inject-batch") + "Content-Length: 16777217\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void a_client_that_waits_to_be_asked_is_asked() throws IOException {
        try (var socket = server.connect()) {
            var head = INJECT + "Content-Length: 18\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            var asked = new String(socket.getInputStream().readNBytes(25), StandardCharsets.US_ASCII);
            assertThat(asked).startsWith("HTTP/1.1 100");
            socket.getOutputStream().write("{\"event_type\":\"A\"}".getBytes(StandardCharsets.US_ASCII));

            assertThat(EdgeServer.rest(socket)).contains("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                "Content-Length: 5, 6\r\n\r\nhello",
                "Content-Length: -5\r\n\r\nhello",
                "Content-Length: +5\r\n\r\nhello",
                "Content-Length: 0x5\r\n\r\nhello",
                "Content-Length: five\r\n\r\nhello",
                "Content-Length : 5\r\n\r\nhello",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Bad Header: x\r\n\r\n",
                "No-Colon\r\n\r\n",
                "X: a\u0000b\r\n\r\n"
            })
    void what_can_be_read_in_two_ways_is_refused_and_the_connection_closed(String rest) throws IOException {
        var smuggled = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";

        var answer = server.raw(INJECT + rest + smuggled);

        assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("HTTP/1.1 200");
        assertThat(answer.split("HTTP/1.1 ")).hasSize(2);
    }

    @Test
    void a_chunk_without_a_size_ends_the_connection() throws IOException {
        assertThat(server.raw(INJECT + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"))
                .doesNotContain("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello\r\n\r\n", "GET\r\n\r\n", "\u0016\u0003\u0001\u0002\u0000", "GET / HTTP/9.9\r\n\r\n"})
    void what_is_no_http_is_refused(String bytes) throws IOException {
        assertThat(server.raw(bytes)).doesNotContain(" 200 ").doesNotContain("Exception");
    }

    @Test
    void head_and_line_have_a_limit() throws IOException {
        var line = "GET /" + "x".repeat(5_000) + " HTTP/1.1\r\n" + HOST + "\r\n";
        assertThat(server.raw(line)).contains(" 414 ", "request_id");
        var head = "GET /health HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(9_000) + "\r\n\r\n";
        assertThat(server.raw(head)).contains(" 431 ");
    }

    @Test
    void a_head_must_be_whole_in_time_even_if_it_drips() throws IOException {
        try (var socket = server.connect()) {
            assertThat(dripUntilClosed(socket)).isLessThan(60);
        }
    }

    private static int dripUntilClosed(Socket socket) throws IOException {
        socket.setSoTimeout(100);
        socket.getOutputStream().write("GET /health HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
        for (int drops = 0; ; drops++) {
            try {
                socket.getOutputStream().write('x');
                if (socket.getInputStream().read() < 0) {
                    return drops;
                }
            } catch (java.net.SocketTimeoutException stillOpen) {
                assertThat(drops).isLessThan(60);
            } catch (java.net.SocketException closed) {
                return drops;
            }
        }
    }

    @Test
    void silence_ends_a_connection() throws IOException {
        try (var socket = server.connect()) {
            assertThat(EdgeServer.rest(socket)).isEmpty();
        }
    }

    @Test
    void an_answer_may_take_longer_than_silence_lasts() {
        server.neighbours.pause = server.vertx.timer(3, TimeUnit.SECONDS).mapEmpty();

        var reply = server.cluster("POST", "/pipeline-groups", "{\"name\":\"g\",\"pipelines\":[]}");

        assertThat(reply.status()).isEqualTo(201);
    }

    @Test
    void a_truncated_body_reaches_nobody() throws IOException {
        int before = server.neighbours.asked.size();
        try (var socket = server.connect()) {
            socket.getOutputStream()
                    .write((INJECT + "Content-Length: 100\r\n\r\n{\"event_type\"").getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();

            assertThat(EdgeServer.rest(socket)).doesNotContain("200");
        }
        assertThat(server.neighbours.asked).hasSize(before);
    }

    @Test
    void bodies_in_memory_have_a_limit_and_give_it_back() throws IOException {
        assertThat(refusedBesideAHeldBody()).containsIgnoringCase("retry-after: 1");
        var after = IntStream.range(0, 50)
                .mapToObj(i -> server.cluster("POST", "/pipeline-groups/g/inject", event(900_000)))
                .anyMatch(reply -> reply.status() == 200);
        assertThat(after).isTrue();
    }

    /** Which of two bodies is one too many depends on whose bytes come last, so it may take more than one round. */
    private static String refusedBesideAHeldBody() throws IOException {
        var large = INJECT + "Content-Length: 1000000\r\nConnection: close\r\n\r\n" + " ".repeat(1_000_000);
        for (int tries = 0; tries < 20; tries++) {
            try (var holder = server.connect()) {
                holder.getOutputStream().write(HELD.getBytes(StandardCharsets.US_ASCII));
                holder.getOutputStream().flush();
                var answer = server.raw(large);
                if (answer.startsWith("HTTP/1.1 503")) {
                    return answer;
                }
            }
        }
        throw new AssertionError("never refused");
    }

    private static String event(int length) {
        return "{\"event_type\":\"A\",\"fields\":{\"t\":\"" + "x".repeat(length) + "\"}}";
    }

    @Test
    void connections_have_a_limit() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try (var crowded = new EdgeServer()
                .limits(new Limits(0, 5, 16 << 20, Duration.ofSeconds(30), Duration.ofSeconds(10), 1))
                .open()) {
            for (int i = 0; i < 5; i++) {
                sockets.add(crowded.connect());
            }
            try (var sixth = crowded.connect()) {
                assertThat(EdgeServer.rest(sixth)).isEmpty();
            }
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void many_requests_at_once_on_a_connection_are_answered_in_order() throws IOException {
        var one = "GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n";

        var answers = server.raw(one.repeat(500) + one.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));

        assertThat(answers.split("HTTP/1.1 200 OK")).hasSize(502);
    }

    @Test
    void changes_have_a_rate_and_reads_do_not() {
        try (var limited = new EdgeServer()
                .limits(new Limits(1, 100, 16 << 20, Duration.ofSeconds(30), Duration.ofSeconds(10), 1))
                .open()) {
            var statuses = IntStream.range(0, 10)
                    .mapToObj(i -> limited.cluster("POST", "/pipeline-groups/g/inject", "{\"event_type\":\"A\"}"))
                    .toList();

            var refused = statuses.stream()
                    .filter(reply -> reply.status() == 429)
                    .findFirst()
                    .orElseThrow();
            assertThat(statuses.get(0).status()).isEqualTo(200);
            assertThat(statuses.get(1).status()).isEqualTo(200);
            assertThat(refused.code()).isEqualTo("rate_limited");
            assertThat(Integer.parseInt(refused.header("retry-after"))).isGreaterThanOrEqualTo(1);
            assertThat(refused.header("ratelimit-remaining")).isEqualTo("0");
            assertThat(refused.header("ratelimit-reset")).isEqualTo(refused.header("retry-after"));
            assertThat(refused.json().getInteger("retry_after_seconds")).isGreaterThanOrEqualTo(1);
            assertThat(limited.cluster("GET", "/workers", null).status()).isEqualTo(200);
            var heartbeat = "{\"events_processed\":1,\"pipelines_running\":0}";
            assertThat(limited.cluster("POST", "/workers/w/heartbeat", heartbeat)
                            .status())
                    .isEqualTo(200);
            assertThat(limited.ask("POST", "/api/v1/cluster/pipeline-groups")
                            .send()
                            .status())
                    .isEqualTo(429);
            assertThat(limited.ask("PUT", "/api/v1/cluster/pipeline-groups")
                            .send()
                            .status())
                    .isEqualTo(405);
        }
    }

    @Test
    void a_worker_that_comes_back_is_not_held_up() {
        try (var limited = new EdgeServer()
                .limits(new Limits(1, 100, 16 << 20, Duration.ofSeconds(30), Duration.ofSeconds(10), 1))
                .open()) {
            var old = IntStream.range(0, 10).map(i -> register(limited, "w-0")).boxed();
            assertThat(old).containsOnly(201);
            assertThat(IntStream.range(1, 20).map(i -> register(limited, "w-" + i)))
                    .contains(429);
        }
    }

    private static int register(EdgeServer limited, String id) {
        var body = "{\"worker_id\":\"" + id + "\",\"address\":\"http://localhost:9000\"}";
        return limited.cluster("POST", "/workers/register", body).status();
    }

    @Test
    void a_reader_that_is_slow_gets_a_large_answer_whole() throws IOException {
        server.neighbours.outputs = 15_000;
        try (var socket = server.connect()) {
            socket.setReceiveBufferSize(8 << 10);
            var request = INJECT + "Content-Length: 18\r\nConnection: close\r\n\r\n{\"event_type\":\"A\"}";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            var answer = EdgeServer.rest(socket);

            assertThat(answer).endsWith("\"output_count\":15000}}").contains("content-length: ");
            assertThat(answer.length()).isGreaterThan(250_000);
        } finally {
            server.neighbours.outputs = 1;
        }
    }
}
