package dev.skein.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.http.EdgeServer;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Events;
import dev.skein.pipeline.Hosting;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Events over HTTP, into groups and into a worker's own pipelines. */
class EventsTest {
    private static EdgeServer server;

    @BeforeAll
    static void open() {
        server = new EdgeServer().open();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @AfterEach
    void calm() {
        server.neighbours.failure = null;
        server.neighbours.outputs = 1;
    }

    private static EdgeServer.Reply inject(String body) {
        return server.cluster("POST", "/pipeline-groups/g-1/inject", body);
    }

    private static EdgeServer.Reply batch(String body) {
        return server.cluster("POST", "/pipeline-groups/g-1/inject-batch", body);
    }

    @Test
    void an_inject_says_who_took_it_and_what_came_out() {
        assertThat(inject("{\"event_type\": \"EventA\", \"fields\": {\"x\": 42, \"y\": 1.0, \"s\": \"é\"}}")
                        .json())
                .isEqualTo(new JsonObject("""
                        {"routed_to":"ingest","worker_id":"worker-0","matched":true,"worker_response":{"accepted":true,
                         "output_events":[{"event_type":"Out","fields":{"x":42,"y":1.0,"s":"é"}}],
                         "output_count":1}}"""));
    }

    @Test
    void fields_may_come_before_the_type_and_the_time_is_kept() {
        inject("{\"fields\":{\"x\":1},\"timestamp\":\"2026-01-15T10:00:00.5+01:00\",\"event_type\":\"A\"}");

        var event = server.neighbours.last(Events.Inject.class).event();
        assertThat(event.type()).isEqualTo("A");
        assertThat(event.get("x")).isEqualTo(1L);
        assertThat(event.timeNanos()).isEqualTo(1_768_467_600_500_000_000L);
    }

    @Test
    void an_inject_need_not_wait_or_carry_outputs() {
        var pending = inject("{\"event_type\":\"A\",\"wait\":false}");
        assertThat(pending.json().getJsonObject("worker_response"))
                .isEqualTo(new JsonObject("{\"accepted\":true,\"pending\":true}"));

        var counted = inject("{\"event_type\":\"A\",\"outputs\":\"count\"}");
        assertThat(counted.json().getJsonObject("worker_response"))
                .isEqualTo(new JsonObject("{\"accepted\":true,\"output_count\":1}"));
        assertThat(server.neighbours.last(Events.Inject.class).countOnly()).isTrue();
    }

    @Test
    void half_a_character_in_an_output_does_not_spoil_the_answer() {
        for (var half : new String[] {"ud83d", "ud83dx", "udc00", "xudc00ud83d"}) {
            var text = "A { t: \\\"" + half.replace("u", "\\\\u") + "\\\" }";

            var reply = batch("{\"events_text\":\"" + text + "\"}");

            assertThat(reply.status()).as(half).isEqualTo(200);
            assertThat(reply.json().getJsonArray("output_events")).hasSize(1);
        }
    }

    @Test
    void every_output_of_a_large_answer_is_there() {
        server.neighbours.outputs = 62_500;

        var outputs = inject("{\"event_type\":\"A\",\"fields\":{\"x\":1}}")
                .json()
                .getJsonObject("worker_response")
                .getJsonArray("output_events");

        assertThat(outputs).hasSize(62_500);
    }

    @Test
    void a_batch_goes_on_past_what_cannot_be_read() {
        var reply = batch("{\"events_text\":\"A { x: 1 }\\noops\\n\\nRefused { x: 2 }\"}")
                .json();

        assertThat(reply.getInteger("events_sent")).isEqualTo(1);
        assertThat(reply.getInteger("events_failed")).isEqualTo(2);
        assertThat(reply.getJsonArray("errors").getString(0)).startsWith("line 2: ");
        assertThat(reply.getJsonArray("errors").getString(1)).isEqualTo("line 1: worker-0 unreachable");
        assertThat(reply.getJsonArray("output_events").getJsonObject(0).getJsonObject("fields"))
                .isEqualTo(new JsonObject("{\"x\":1}"));
        assertThat(reply.getLong("processing_time_us")).isEqualTo(42);
    }

    @Test
    void events_of_a_batch_fail_alone() {
        var reply =
                batch("{\"events\":[{\"fields\":{}},7,{\"event_type\":\"A\"}]}").json();

        assertThat(reply.getInteger("events_failed")).isEqualTo(2);
        assertThat(reply.getJsonArray("errors"))
                .containsExactly("events[0].event_type is missing", "events[1] must be an object, got a number");
        assertThat(server.neighbours.last(Events.InjectBatch.class).events()).hasSize(1);
    }

    @Test
    void a_batch_has_events_in_one_form() {
        for (var body : new String[] {"{}", "{\"events\":null}", "{\"events\":[],\"events_text\":\"\"}"}) {
            assertThat(batch(body).code()).isEqualTo("invalid_request");
        }
        assertThat(batch("{\"events\":{}}").json().getString("error"))
                .isEqualTo("events must be a list, got an object");
        assertThat(batch("{\"events_text\":[]}").json().getString("error"))
                .isEqualTo("events_text must be text, got a list");
        assertThat(batch("{\"events\":[]}").json().getInteger("events_sent")).isZero();
    }

    @Test
    void a_batch_for_no_group_is_not_found() {
        server.neighbours.failure = Problem.notFound("group_not_found", "no such group");

        assertThat(batch("{\"events\":[]}").status()).isEqualTo(404);
    }

    @Test
    void recent_outputs_are_asked_for_by_place() {
        var reply = server.cluster("GET", "/pipeline-groups/g-1/outputs?limit=5&after=6&pipeline=p%230", null);

        assertThat(server.neighbours.last(Events.RecentAsk.class)).isEqualTo(new Events.RecentAsk("g-1", 5, 6, "p#0"));
        assertThat(reply.json()).isEqualTo(new JsonObject("""
                {"outputs":[{"seq":7,"pipeline_name":"ingest","worker_id":"worker-0","event_type":"A","fields":{"n":1},
                 "timestamp":"1970-01-01T00:00:00.001Z"}],"next":7}"""));
    }

    private static EdgeServer.Reply hosted(String method, String path, String body) {
        return server.ask(method, "/api/v1/pipelines" + path)
                .key(EdgeServer.ADMIN)
                .body(body)
                .send();
    }

    @Test
    void a_pipeline_is_hosted_listed_and_stopped() {
        var started = hosted("POST", "", "{\"name\":\"p#1\",\"source\":\"s\",\"group_id\":\"g\",\"epoch\":3}");
        assertThat(started.text()).isEqualTo("{\"id\":\"p-1\",\"name\":\"p#1\",\"status\":\"running\"}");
        assertThat(server.neighbours.last(Hosting.Deploy.class)).isEqualTo(new Hosting.Deploy("p#1", "s", "g", 3));
        assertThat(hosted("GET", "", null).json().getInteger("total")).isEqualTo(1);
        assertThat(hosted("GET", "/p-1", null).json().getInteger("uptime_secs")).isEqualTo(12);
        assertThat(hosted("GET", "/p-1/metrics", null).text())
                .isEqualTo("{\"pipeline_id\":\"p-1\",\"events_processed\":100,\"output_events_emitted\":50}");
        assertThat(hosted("DELETE", "/p-1", null).text()).isEqualTo("{\"deleted\":true}");
    }

    @Test
    void a_program_that_does_not_compile_is_refused_with_its_places() {
        var reply = hosted("POST", "", "{\"name\":\"p\",\"source\":\"broken\"}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("parse_error");
        assertThat(reply.json().getJsonArray("diagnostics").getJsonObject(0)).isEqualTo(new JsonObject("""
                {"severity":"error","code":"E001","line":2,"column":3,"message":"unexpected token",
                 "hint":"write stream"}"""));
    }

    @Test
    void what_is_not_hosted_is_not_found() {
        assertThat(hosted("GET", "/other", null).code()).isEqualTo("pipeline_not_found");
        assertThat(hosted("DELETE", "/other", null).code()).isEqualTo("pipeline_not_found");
        assertThat(hosted("POST", "/other/events", "{\"event_type\":\"A\"}").code())
                .isEqualTo("pipeline_not_found");
        assertThat(hosted("POST", "/other/events-batch", "{\"events\":[]}").code())
                .isEqualTo("pipeline_not_found");
        assertThat(hosted("POST", "/p-1/nothing", null).code()).isEqualTo("not_found");
    }

    @Test
    void an_event_reaches_a_hosted_pipeline_under_its_epoch() {
        var reply = hosted("POST", "/p-1/events", "{\"event_type\":\"A\",\"timestamp\":\"1970-01-01T00:00:01Z\"}");

        assertThat(server.neighbours.last(Events.Delivery.class).epoch()).isEqualTo(7);
        assertThat(reply.json()).isEqualTo(new JsonObject("""
                {"accepted":true,"output_events":[{"event_type":"Out","fields":{},
                 "timestamp":"1970-01-01T00:00:01.000Z"}],"output_count":1}"""));
    }

    @Test
    void a_batch_reaches_a_hosted_pipeline_in_order() {
        var reply = hosted(
                        "POST", "/p-1/events-batch", "{\"events\":[{\"event_type\":\"A\"},{},{\"event_type\":\"B\"}]}")
                .json();

        assertThat(server.neighbours.last(Events.Delivery.class).events())
                .extracting(event -> event.type())
                .containsExactly("A", "B");
        assertThat(reply.getInteger("accepted")).isEqualTo(2);
        assertThat(reply.getInteger("failed")).isEqualTo(1);
        assertThat(reply.getJsonArray("output_events")).hasSize(2);
        assertThat(reply.getJsonArray("errors").getJsonObject(0).getString("message"))
                .isEqualTo("events[1].event_type is missing");
    }
}
