package dev.skein.review.engine.model.wire;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.config.Secret;
import dev.skein.fault.nodes.Ports;
import dev.skein.kernel.Problem;
import dev.skein.kernel.SteadyClock;
import dev.skein.review.engine.model.Model.Question;
import dev.skein.review.engine.model.Model.Reply;
import dev.skein.review.engine.model.Model.Turn;
import dev.skein.review.engine.model.wire.HttpModel.Surroundings;
import dev.skein.review.engine.model.wire.ModelStub.Form;
import dev.skein.review.engine.transcript.Transcript;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HttpModelTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String KEY = "k-" + "5eba8c21";

    private final Vertx vertx = Vertx.vertx();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Transcript.Entry> noted = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var each : open) {
            each.close();
        }
        vertx.close().await(20, SECONDS);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void an_answer_in_parts_is_put_together_and_its_size_told(Form form) throws Exception {
        var stub = stub(form).answers("{\"findings\": [\"ü\"]}");

        assertThat(ask(model(form, patience(LONG), stub.url())))
                .isEqualTo(new Reply("{\"findings\": [\"ü\"]}", 100_000, 19));
    }

    @Test
    void ollama_is_told_the_size_of_its_context_and_the_schema() throws Exception {
        var stub = stub(Form.OLLAMA);
        ask(model(Form.OLLAMA, patience(LONG), stub.url()));

        var body = stub.bodies.get(0);
        assertThat(body.path("options").path("num_ctx").asInt()).isEqualTo(8_000);
        assertThat(body.path("options").path("num_predict").asInt()).isEqualTo(500);
        assertThat(body.path("format").path("type").asText()).isEqualTo("object");
        assertThat(body.path("stream").asBoolean()).isTrue();
        assertThat(body.has("tools")).isFalse();
    }

    @Test
    void openai_gets_the_schema_and_the_key_which_nobody_else_sees() throws Exception {
        var stub = stub(Form.OPENAI);
        ask(model(Form.OPENAI, patience(LONG), stub.url()));

        var form = stub.bodies.get(0).path("response_format");
        assertThat(form.path("json_schema").path("strict").asBoolean()).isTrue();
        assertThat(form.path("json_schema").path("schema").path("type").asText())
                .isEqualTo("object");
        assertThat(stub.keys).containsExactly("Bearer " + KEY);
        assertThat(noted).hasSize(1);
        assertThat(noted.toString()).contains("what is wrong").doesNotContain(KEY);
    }

    @ParameterizedTest
    @CsvSource({"OLLAMA,429", "OLLAMA,500", "OLLAMA,502", "OLLAMA,503", "OPENAI,429", "OPENAI,500"})
    void what_may_pass_is_tried_again(Form form, int status) throws Exception {
        var stub = stub(form).fails(status, "not now").answers("x");
        var model = model(form, patience(LONG), stub.url());

        assertThat(ask(model).text()).isEqualTo("x");
        assertThat(stub.bodies).hasSize(2);
        assertThat(model.running()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"400,model_refused", "401,model_refused", "404,model_missing", "504,model_timeout"})
    void what_cannot_pass_is_not_tried_again(int status, String code) throws Exception {
        var stub = stub(Form.OLLAMA).fails(status, "{\"error\":\"no\nway\"}");
        var model = model(Form.OLLAMA, patience(LONG), stub.url());

        refused(model, code, "HTTP " + status, "no way");
        assertThat(stub.bodies).hasSize(1);
        assertThat(model.running()).isZero();
    }

    @Test
    void tries_come_to_an_end() throws Exception {
        var stub = stub(Form.OLLAMA).fails(500, "a").fails(500, "b").fails(500, "c");

        refused(model(Form.OLLAMA, patience(LONG), stub.url()), "model_failed", "HTTP 500: c");
        assertThat(stub.bodies).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void a_server_that_is_down_is_told_by_its_address(Form form) throws Exception {
        int port = Ports.free();

        refused(model(form, patience(LONG), "http://127.0.0.1:" + port), "model_unreachable", ":" + port);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void a_server_that_says_nothing_is_left_after_a_time(Form form) throws Exception {
        Promise<Void> closed = Promise.promise();
        var stub = stub(form).then(response -> response.exceptionHandler(reset -> closed.tryComplete()));
        var model = model(form, patience(SHORT), stub.url());

        refused(model, "model_timeout", "no answer within");
        closed.future().await(30, SECONDS);
        assertThat(model.running()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void a_server_that_falls_silent_is_left_after_a_time(Form form) throws Exception {
        var stub = stub(form);
        stub.then(response -> response.setChunked(true).write(stub.part("{")));
        var patience = new Patience(LONG, LONG, SHORT, LONG, 3, Duration.ofMillis(1));

        refused(model(form, patience, stub.url()), "model_timeout", "nothing more of the answer");
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void an_answer_that_was_cut_off_is_no_answer(Form form) throws Exception {
        var stub = stub(form);
        stub.then(response -> stub.stream(response, "{\"findings\":", "length"))
                .then(response -> response.end(stub.part("{\"findings\":[]}")))
                .then(response -> stub.stream(response, "x".repeat(200_000), "stop"));
        var model = model(form, patience(LONG), stub.url());

        refused(model, "model_truncated", "answer-tokens");
        refused(model, "model_truncated", "broke off");
        refused(model, "model_truncated", "bytes");
        assertThat(model.running()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void a_connection_that_breaks_is_tried_again(Form form) throws Exception {
        var stub = stub(form);
        stub.then(response ->
                        response.setChunked(true).write(stub.part("{\"fin")).onComplete(written -> response.reset()))
                .answers("whole");

        assertThat(ask(model(form, patience(LONG), stub.url())).text()).isEqualTo("whole");
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void garbage_and_errors_within_a_good_status_are_told(Form form) throws Exception {
        var data = form == Form.OPENAI ? "data: " : "";
        var stub = stub(form)
                .then(response -> response.end(data + "<html>\u0000\u001b[31mlogin\n"))
                .then(response -> response.end(data + "{\"error\":{\"message\":\"out of memory\"}}\n"));
        var model = model(form, patience(LONG), stub.url());

        refused(model, "model_refused", "no JSON");
        refused(model, "model_refused", "the server said");
        assertThat(stub.bodies).hasSize(2);
    }

    @Test
    void a_question_that_was_cut_without_a_word_is_noticed() throws Exception {
        var stub = stub(Form.OLLAMA);
        stub.then(response -> response.end("{\"message\":{\"content\":\"{}\"},\"done\":true,"
                + "\"done_reason\":\"stop\",\"prompt_eval_count\":40}\n"));

        refused(model(Form.OLLAMA, patience(LONG), stub.url()), "model_truncated", "its context is too small");
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void a_call_that_is_stopped_resets_its_connection(Form form) throws Exception {
        Promise<Void> asked = Promise.promise();
        Promise<Void> closed = Promise.promise();
        var stub = stub(form).then(response -> {
            response.exceptionHandler(reset -> closed.tryComplete());
            asked.complete();
        });
        var model = model(form, patience(LONG), stub.url());
        Promise<String> stopped = Promise.promise();
        var reply = model.ask(question(stopped.future()));
        asked.future().await(30, SECONDS);
        stopped.complete("enough");

        assertThatThrownBy(() -> reply.await(30, SECONDS)).hasMessageContaining("enough");
        closed.future().await(30, SECONDS);
        assertThat(model.running()).isZero();
    }

    @Test
    void a_host_gets_no_more_at_once_than_it_may() throws Exception {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var stub = stub(Form.OLLAMA);
        for (int i = 0; i < 8; i++) {
            stub.then(response -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                vertx.setTimer(30, over -> {
                    running.decrementAndGet();
                    stub.stream(response, "x", "stop");
                });
            });
        }
        var model = model(Form.OLLAMA, patience(LONG), stub.url());
        var replies = new ArrayList<Future<Reply>>();
        for (int i = 0; i < 8; i++) {
            replies.add(model.ask(question(Promise.<String>promise().future())));
        }
        Future.all(replies).await(60, SECONDS);

        assertThat(most.get()).isEqualTo(2);
    }

    @Test
    void another_host_does_the_work_of_one_that_fails() throws Exception {
        var ill = stub(Form.OPENAI).fails(500, "ill").fails(500, "ill");
        var well = stub(Form.OPENAI).answers("a").answers("b").answers("c");
        var model = model(Form.OPENAI, patience(LONG), ill.url(), well.url());

        assertThat(List.of(ask(model).text(), ask(model).text(), ask(model).text()))
                .containsExactly("a", "b", "c");
        assertThat(ill.bodies).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void a_check_names_the_model_that_was_meant(Form form) throws Exception {
        var stub = stub(form);
        model(form, patience(LONG), stub.url()).check().await(30, SECONDS);
        var mistyped = new EndpointConfig(List.of(stub.url()), "coder7b", null, 2, 8_000, 500, 100_000, patience(LONG));

        assertThatThrownBy(() -> open(form, mistyped).check().await(30, SECONDS))
                .hasMessageContaining("no model coder7b; did you mean coder:7b?");
    }

    private void refused(HttpModel model, String code, String... words) {
        assertThatThrownBy(() -> ask(model)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.sentence()).contains(words);
        });
    }

    private static Reply ask(HttpModel model) throws Exception {
        return model.ask(question(Promise.<String>promise().future())).await(60, SECONDS);
    }

    private static Question question(Future<String> stopped) {
        var talk = List.of(new Turn("system", "say ".repeat(200)), new Turn("user", "what is wrong"));
        return new Question(talk, "{\"type\":\"object\"}", stopped);
    }

    private static Patience patience(Duration firstByte) {
        return new Patience(LONG, firstByte, LONG, LONG, 3, Duration.ofMillis(1));
    }

    private ModelStub stub(Form form) throws Exception {
        var stub = new ModelStub(vertx, form);
        open.add(stub);
        return stub;
    }

    private HttpModel model(Form form, Patience patience, String... urls) {
        return open(
                form, new EndpointConfig(List.of(urls), "coder:7b", new Secret(KEY), 2, 8_000, 500, 100_000, patience));
    }

    private HttpModel open(Form form, EndpointConfig config) {
        var around = new Surroundings(vertx, noted::add, SteadyClock.system());
        var model = form == Form.OLLAMA ? HttpModel.ollama(around, config) : HttpModel.openAi(around, config);
        open.add(model);
        return model;
    }
}
