package dev.skein.coordinator.remote;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.job.JobRuns.Ref;
import dev.skein.job.Outcome;
import dev.skein.job.Remotes.Spec;
import dev.skein.kernel.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers over HTTP that are added, removed and asked, with a real program at the other end. */
class RemotePoolTest {
    private static final Ref JOB = new Ref("j-1", 1);

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<HttpServerRequest> asked = new LinkedBlockingQueue<>();
    private volatile String instance = "";
    private HttpServer server;
    private PoolRig rig;

    @BeforeEach
    void open() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .await(60, SECONDS);
        rig = new PoolRig(folder, new RemoteConfig("", List.of("127.0.0.1"), Duration.ofMillis(100), 3, false, null));
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
        vertx.close().await(60, SECONDS);
    }

    private void answer(HttpServerRequest request) {
        if (request.path().equals("/health")) {
            request.response()
                    .end("{\"status\":\"healthy\",\"capabilities\":[\"cipher\"],\"instance\":\"" + instance + "\"}");
        } else {
            request.body().onSuccess(body -> asked.add(request));
        }
    }

    private Spec worker() {
        return new Spec("127.0.0.1", server.actualPort(), List.of("cipher"));
    }

    private HttpServerRequest next() throws InterruptedException {
        var request = asked.poll(60, SECONDS);
        assertThat(request).isNotNull();
        return request;
    }

    private void end(HttpServerRequest request, int status, String answer) {
        request.response().setStatusCode(status).end(answer);
    }

    @Test
    void one_that_is_added_again_keeps_its_jobs_and_loses_them_when_they_end() throws Exception {
        rig.add(worker());
        rig.run(worker(), JOB);
        var request = next();

        var again = rig.add(new Spec("127.0.0.1", server.actualPort(), List.of("cipher", "more")));

        assertThat(again.existing()).isTrue();
        assertThat(again.worker().spec().capabilities()).containsExactly("cipher", "more");
        assertThat(rig.held()).containsExactly(JOB);
        end(request, 200, "{\"success\":true,\"result\":7}");
        assertThat(rig.news.poll(60, SECONDS))
                .isNotNull()
                .satisfies(news -> assertThat(news.ref()).isEqualTo(JOB));
        assertThat(rig.held()).as("no phantom").isEmpty();
        assertThat(rig.list())
                .singleElement()
                .satisfies(view -> assertThat(view.running()).isZero());
    }

    @Test
    void one_that_is_removed_and_added_anew_has_nothing() throws Exception {
        rig.add(worker());
        rig.run(worker(), JOB);
        next();

        rig.remove(worker());
        var again = rig.add(worker());

        assertThat(again.existing()).isFalse();
        assertThat(rig.held()).isEmpty();
    }

    @Test
    void a_node_of_the_cluster_itself_is_refused_at_whatever_address() throws Exception {
        instance = rig.mark();

        assertThatThrownBy(() -> rig.add(worker())).isInstanceOfSatisfying(Problem.class, refused -> {
            assertThat(refused.code()).isEqualTo("own_cluster");
            assertThat(refused.sentence()).contains(worker().id(), "node of this very cluster");
        });
        assertThat(rig.list()).isEmpty();
    }

    @Test
    void one_that_turns_out_to_be_a_node_of_the_cluster_is_given_nothing() throws Exception {
        rig.add(worker());
        rig.run(worker(), JOB);
        next();

        instance = rig.mark();

        var broken = rig.vertx.timer(60, SECONDS); // bounds the wait for the next round of health
        while (rig.list().get(0).reason().isEmpty() && !broken.isComplete()) {
            Thread.onSpinWait();
        }
        assertThat(rig.list().get(0).reason()).contains("node of this very cluster");
        assertThat(rig.held()).isEmpty();
    }

    @Test
    void the_log_of_a_job_says_where_it_was_done_and_what_came_back() throws Exception {
        rig.add(worker());
        rig.run(worker(), JOB);
        var request = next();
        rig.clock.advance(Duration.ofMillis(1_200));
        end(request, 401, "{\"error\":\"who\"}");

        var news = rig.news.poll(60, SECONDS);

        assertThat(news).isNotNull();
        assertThat(news.log())
                .isEqualTo("done by " + worker().id() + " over HTTP, where its own log stays\n"
                        + "it answered with HTTP 401 after 1200 ms\n");
        assertThat(news.outcome().message()).startsWith("HTTP 401: who; ").contains("auth.trusted-keys", "http.names");
    }

    @Test
    void each_is_shown_a_token_of_its_own() throws Exception {
        rig.add(worker());
        rig.run(worker(), JOB);

        assertThat(next().getHeader("authorization")).isEqualTo("Bearer token for " + worker().id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<html>hello</html>", "[1]", "7", "{}", "{\"success\":\"yes\"}", "{\"state\":\"blue\"}", ""})
    void an_answer_that_is_no_job_result_is_a_failure_that_may_pass(String answer) throws Exception {
        rig.add(worker());
        rig.run(worker(), JOB);
        end(next(), 200, answer);

        var news = rig.news.poll(60, SECONDS);
        assertThat(news).isNotNull();
        assertThat(news.result()).isNull();
        assertThat(news.outcome()).isNotNull().satisfies(outcome -> {
            assertThat(outcome.retryable()).isTrue();
            assertThat(outcome.message()).isEqualTo("the worker's answer is no job result");
        });
    }

    @Test
    void a_state_is_an_answer_too() throws Exception {
        rig.add(worker());
        rig.run(worker(), JOB);
        end(next(), 200, "{\"state\":\"succeeded\",\"result\":[1]}");

        var news = rig.news.poll(60, SECONDS);
        assertThat(news).isNotNull();
        assertThat(news.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(news.result()).isEqualTo("[1]");
    }
}
