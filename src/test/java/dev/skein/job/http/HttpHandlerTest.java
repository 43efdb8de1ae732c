package dev.skein.job.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.job.Job.Progress;
import dev.skein.job.run.JobCall;
import dev.skein.job.run.JobLog;
import dev.skein.job.run.JobResult;
import dev.skein.job.run.JobSurroundings;
import dev.skein.kernel.Problem;
import dev.skein.kernel.SteadyClock;
import dev.skein.process.Processes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHandlerTest {
    private static final long SOON_SECONDS = 60;

    private final Vertx vertx = Vertx.vertx();
    private @Nullable HttpServer server;
    private int port;
    private volatile int reached;

    @BeforeEach
    void listen() throws Exception {
        var made = vertx.createHttpServer().requestHandler(this::answer);
        server = made;
        port = made.listen(0, "127.0.0.1").await(SOON_SECONDS, SECONDS).actualPort();
    }

    private void answer(HttpServerRequest request) {
        reached++;
        switch (request.path()) {
            case "/moved" ->
                request.response()
                        .setStatusCode(302)
                        .putHeader("location", "/ok")
                        .end();
            case "/broken" -> request.response().setStatusCode(503).end();
            case "/wrong" -> request.response().setStatusCode(404).end();
            case "/large" -> request.response().end("x".repeat(2 << 20));
            case "/silent" -> reached++;
            default ->
                request.body()
                        .onSuccess(body -> request.response()
                                .end(request.method() + " " + request.getHeader("x-skein-job") + " " + body));
        }
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(SOON_SECONDS, SECONDS);
    }

    @Test
    void a_listed_host_is_called_and_its_answer_is_the_result() throws Exception {
        var result = run("127.0.0.1", "{\"url\":\"http://127.0.0.1:%d/ok\",\"method\":\"post\",\"body\":\"hi\"}");

        assertThat(result.outcome().isSuccess()).as(result.toString()).isTrue();
        assertThat(result.value()).startsWith("{\"status\":200,").contains("\"body\":\"POST j hi\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/moved, redirect_refused, false",
        "/broken, http_status, true",
        "/wrong, http_status, false",
        "/large, result_too_large, false"
    })
    void another_answer_than_success_is_a_failure(String path, String code, boolean retryable) throws Exception {
        var outcome = run("loopback", "{\"url\":\"http://localhost:%d" + path + "\"}", "localhost")
                .outcome();

        assertThat(outcome.code()).isEqualTo(code);
        assertThat(outcome.retryable()).isEqualTo(retryable);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:%d/ok",
                "http://127.0.0.1:%d/ok",
                "http://2130706433:%d/ok",
                "http://[::1]:%d/ok",
                "http://[::ffff:127.0.0.1]:%d/ok",
                "http://169.254.169.254/latest",
                "http://10.0.0.1/",
                "http://0.0.0.0:%d/"
            })
    void what_points_inward_is_refused_before_anything_is_sent(String url) throws Exception {
        var outcome = run("*", "{\"url\":\"" + url + "\"}").outcome();

        assertThat(outcome.code()).isEqualTo("address_refused");
        assertThat(outcome.message()).contains("jobs.http-allow").doesNotContain("connector.allow");
        assertThat(outcome.retryable()).isFalse();
        assertThat(reached).isZero();
    }

    @Test
    void a_host_that_is_not_listed_is_refused() throws Exception {
        assertThat(run("example.org", "{\"url\":\"https://example.com/\"}")
                        .outcome()
                        .code())
                .isEqualTo("host_refused");
        assertThat(run("example.org", "{\"url\":\"https://93.184.216.34/\"}")
                        .outcome()
                        .code())
                .isEqualTo("host_refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "nonsense",
                "{\"url\":\"file:///etc/passwd\"}",
                "{\"url\":\"http://user@localhost/\"}",
                "{\"url\":\"http:///x\"}",
                "{\"url\":\"http://127.1/x\"}",
                "{\"url\":\"http://localhost\",\"method\":\"TRACE\"}",
                "{\"url\":\"http://localhost\",\"headers\":{\"Host\":\"x\"}}",
                "{\"url\":\"http://localhost\",\"headers\":{\"a\":null}}",
                "{\"url\":\"http://localhost\",\"headers\":{\"a\":\"b\\r\\nc: d\"}}"
            })
    void what_cannot_be_called_is_refused(String payload) {
        assertThatThrownBy(() -> HttpPayload.of(payload)).isInstanceOf(Problem.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"url":["http://localhost"]}                        | url must be text
            {"url":"http://localhost","headers":["a"]}          | headers must be an object
            {"url":"http://localhost","headers":{"a":{}}}       | headers.a must be text
            {"url":"http://localhost","header":{}} | header is unknown; known are body, headers, method, url
            []                                                  | the whole must be an object
            """)
    void what_cannot_be_read_is_refused_in_words_of_the_payload(String payload, String said) {
        assertThatThrownBy(() -> HttpPayload.of(payload)).hasMessage("the payload of http cannot be read: " + said);
    }

    @Test
    void a_call_that_is_stopped_ends_at_once() throws Exception {
        var handler = open("loopback,localhost");
        var call = new Call("{\"url\":\"http://localhost:%d/silent\"}".formatted(port));
        var result = handler.run(call);

        call.stopped0.complete("cancelled");

        assertThat(result.await(SOON_SECONDS, SECONDS).outcome().code()).isEqualTo("stopped");
        handler.close();
    }

    @Test
    void without_a_list_there_are_no_such_jobs() {
        assertThatThrownBy(() -> open("")).hasMessage("jobs.http-allow lists no host");
    }

    private HttpHandler open(String allow) {
        var handler = new HttpHandler();
        handler.open(new JobSurroundings(
                vertx, Map.of("http-allow", allow), Path.of("."), SteadyClock.system(), new Processes()));
        return handler;
    }

    private JobResult run(String allow, String payload, String... more) throws Exception {
        var handler = open(more.length == 0 ? allow : allow + "," + String.join(",", more));
        try {
            return handler.run(new Call(payload.replace("%d", Integer.toString(port))))
                    .await(SOON_SECONDS, SECONDS);
        } finally {
            handler.close();
        }
    }

    private record Call(String payload, Promise<String> stopped0) implements JobCall {
        Call(String payload) {
            this(payload, Promise.promise());
        }

        @Override
        public String jobId() {
            return "j";
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public long capBytes() {
            return 0;
        }

        @Override
        public Path workingDirectory() {
            throw new IllegalStateException("not asked for");
        }

        @Override
        public @Nullable Instant deadline() {
            return null;
        }

        @Override
        public @Nullable Progress before() {
            return null;
        }

        @Override
        public JobLog log() {
            throw new IllegalStateException("not asked for");
        }

        @Override
        public void progress(Progress progress) {}

        @Override
        public Future<String> stopped() {
            return stopped0.future();
        }
    }
}
