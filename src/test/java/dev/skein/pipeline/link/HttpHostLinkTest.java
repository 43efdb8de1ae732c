package dev.skein.pipeline.link;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.config.Secret;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.Events.Delivered;
import dev.skein.pipeline.Events.Delivery;
import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.Hosting.Deploy;
import dev.skein.pipeline.event.Event;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Against a worker that speaks the contract's endpoints and nothing else. */
@ExtendWith(VertxExtension.class)
class HttpHostLinkTest {
    private static final Duration LONG = Duration.ofSeconds(5);

    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private Vertx vertx;
    private HttpHostLink link;

    @BeforeEach
    void open(Vertx vertx) {
        this.vertx = vertx;
        this.link = new HttpHostLink(vertx);
    }

    @Test
    void a_pipeline_is_deployed_with_the_workers_key() throws Exception {
        var host = worker(request -> answer(request, 201, "{\"id\":\"42\",\"name\":\"p\",\"status\":\"running\"}"));

        var deployed = await(link.deploy(host, new Deploy("p#1", "stream A = B", "g", 3)));

        assertThat(deployed.pipelineId()).isEqualTo("42");
        assertThat(heard)
                .containsExactly("POST /api/v1/pipelines key=k {\"name\":\"p#1\",\"source\":\"stream A = B\","
                        + "\"group_id\":\"g\",\"epoch\":3}");
    }

    @Test
    void a_refused_program_comes_back_with_its_diagnostics() throws Exception {
        var host = worker(request -> answer(request, 400, """
                {"error":"no","code":"parse_error","diagnostics":
                 [{"severity":"error","code":"E050","line":1,"column":9,"message":"what?","hint":"that"}]}"""));

        var deployed = await(link.deploy(host, new Deploy("p", "x", null, 1)));

        assertThat(deployed.pipelineId()).isEmpty();
        assertThat(deployed.diagnostics()).hasToString("[1:9 E050 what? (that)]");
    }

    @Test
    void one_event_goes_alone_and_its_outputs_come_back() throws Exception {
        var host = worker(request -> answer(request, 200, """
                {"accepted":true,"output_count":1,"more":{"a":[1]},"output_events":
                 [{"event_type":"A","fields":{"n":1,"f":2.0},"timestamp":"1970-01-01T00:00:01Z"}],
                 "errors":[{"code":"overflow","message":"big","stream":null,"line":3}]}"""));

        var result = await(deliver(host, event("B"))).results().get(0);

        assertThat(result.outputs()).hasToString("[A{n:1,f:2.0}]");
        assertThat(result.outputs().get(0).timeNanos()).isEqualTo(1_000_000_000L);
        assertThat(result.errors())
                .hasSize(1)
                .first()
                .extracting("code", "line")
                .containsExactly("overflow", 3);
        assertThat(heard)
                .containsExactly(
                        "POST /api/v1/pipelines/a%2Fb/events key=k {\"event_type\":\"B\",\"fields\":{\"n\":7}}");
    }

    @Test
    void several_events_go_as_a_batch_and_all_outputs_belong_to_the_first() throws Exception {
        var host = worker(request -> answer(
                request,
                200,
                "{\"accepted\":1,\"failed\":1,\"output_events\":[{\"fields\":{},\"event_type\":\"A\"}],"
                        + "\"errors\":[\"line 2: no\"]}"));

        var results = await(deliver(host, event("B"), event("C"))).results();

        assertThat(results).extracting(Result::outputCount).containsExactly(1L, 0L);
        assertThat(results.get(0).errors()).extracting("message").containsExactly("line 2: no");
        assertThat(heard.get(0)).contains("/events-batch");
    }

    @Test
    void what_a_worker_refuses_keeps_its_meaning() {
        assertThat(refusal(404)).isEqualTo("NOT_FOUND pipeline_not_found");
        assertThat(refusal(409)).isEqualTo("CONFLICT stale_epoch");
        assertThat(refusal(503)).isEqualTo("BUSY said");
        assertThat(refusal(504)).isEqualTo("TIMEOUT worker_timeout");
        assertThat(refusal(401)).isEqualTo("UNREACHABLE routing_failed");
        assertThat(refusal(500)).isEqualTo("UNREACHABLE routing_failed");
        assertThat(refusal(302)).isEqualTo("UNREACHABLE routing_failed");
    }

    private String refusal(int status) {
        var host = worker(request -> {
            request.response().putHeader("location", "http://localhost:1/");
            answer(request, status, "{\"error\":\"no\",\"code\":\"said\"}");
        });
        var problem = problem(deliver(host, event("B")));
        return problem.kind() + " " + problem.code();
    }

    @Test
    void nobody_listening_means_nothing_was_accepted() {
        var gone = new Host("w", null, "http://localhost:1", new Secret(""));
        var nonsense = new Host("w", null, "nonsense", new Secret(""));

        assertThat(problem(deliver(gone, event("B"))).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(problem(deliver(nonsense, event("B"))).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void silence_and_a_broken_connection_mean_it_may_have_happened() {
        var silent = worker(request -> {});
        var broken = worker(request -> request.connection().close());
        var babbling = worker(request -> answer(request, 200, "{\"output_events\":[{]"));
        var delivery = new Delivery("id", 1, 0, false, List.of(event("B")));

        assertThat(problem(link.deliver(silent, delivery, Duration.ofMillis(200)))
                        .kind())
                .isEqualTo(Kind.TIMEOUT);
        assertThat(problem(deliver(broken, event("B"))).kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(problem(deliver(babbling, event("B"))).kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void a_list_tells_what_runs_and_a_stop_stops_it() throws Exception {
        var host = worker(request -> answer(
                request,
                200,
                request.method().name().equals("GET")
                        ? "{\"pipelines\":[{\"id\":\"1\",\"name\":\"p\",\"status\":\"running\",\"source\":\"s\","
                                + "\"uptime_secs\":5}],\"total\":1}"
                        : "{\"deleted\":true}"));

        assertThat(await(link.list(host)).pipelines()).extracting("pipelineId").containsExactly("1");
        assertThat(await(link.stop(host, "1")).stopped()).isTrue();
        assertThat(heard.get(1)).startsWith("DELETE /api/v1/pipelines/1 ");
    }

    private Future<Delivered> deliver(Host host, Event... events) {
        return link.deliver(host, new Delivery("a/b", 1, 0, false, List.of(events)), LONG);
    }

    private Host worker(Consumer<HttpServerRequest> handler) {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    heard.add(request.method() + " " + request.uri() + " key=" + request.getHeader("x-api-key") + " "
                            + body);
                    handler.accept(request);
                }));
        int port = server.listen(0, "localhost").await().actualPort();
        return new Host("w", null, "http://localhost:" + port, new Secret("k"));
    }

    private static void answer(HttpServerRequest request, int status, String body) {
        request.response().setStatusCode(status).end(body);
    }

    private static Event event(String type) {
        return Event.builder(type).with("n", 7L).build();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(5, SECONDS);
    }

    private static Problem problem(Future<?> future) {
        var found = new ArrayList<Problem>();
        assertThatThrownBy(() -> await(future)).satisfies(cause -> found.add(Problem.in(cause)));
        return found.get(0);
    }
}
