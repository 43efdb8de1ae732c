package dev.skein.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.http.EdgeServer;
import dev.skein.pipeline.Events;
import dev.skein.pipeline.Groups;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken, deep, doubled and mistyped JSON, where it is checked by the contract and where it is checked by hand. */
class BrokenBodiesTest {
    private static EdgeServer server;

    @BeforeAll
    static void open() {
        server = new EdgeServer().open();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":}",
                "{\"a\":1,}",
                "{'a':1}",
                "{a:1}",
                "{} {}",
                "{}x",
                "nul",
                "\"\\x\"",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":1 /* c */}",
                "{\"a\":1,\"a\":2}",
                "{\"x\":{\"b\":1,\"b\":2}}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\u0001\"}",
                "{\"event_type\":\"A\",\"event_type\":\"B\"}",
                "{\"event_type\":\"A\",\"fields\":{\"x\":1,\"x\":2}}"
            })
    void what_is_not_strict_json_is_refused(String body) {
        for (var path :
                new String[] {"/pipeline-groups", "/pipeline-groups/g/inject", "/pipeline-groups/g/inject-batch"}) {
            var reply = server.cluster("POST", path, body);

            assertThat(reply.status()).as(path + reply.text()).isEqualTo(400);
            assertThat(reply.code()).as(path).isEqualTo("invalid_json");
            assertThat(reply.text()).doesNotContain("jackson").doesNotContain("Stream");
        }
    }

    @Test
    void nesting_ends_at_sixty_four() {
        var deep = "{\"event_type\":\"A\",\"fields\":{\"x\":" + "[".repeat(62) + "]".repeat(62) + "}}";
        var deeper = "{\"event_type\":\"A\",\"fields\":{\"x\":" + "[".repeat(63) + "]".repeat(63) + "}}";

        assertThat(server.cluster("POST", "/pipeline-groups/g/inject", deep).status())
                .isEqualTo(200);
        assertThat(server.cluster("POST", "/pipeline-groups/g/inject", deeper).code())
                .isEqualTo("invalid_json");
        var deepest = "{\"a\":" + "[".repeat(500_000);
        assertThat(server.cluster("POST", "/pipeline-groups", deepest).code()).isEqualTo("invalid_json");
        assertThat(server.cluster("POST", "/pipeline-groups/g/inject", deepest).code())
                .isEqualTo("invalid_json");
    }

    @Test
    void all_faults_are_listed_by_name() {
        var reply = server.cluster(
                "POST",
                "/pipeline-groups",
                "{\"pipelines\":[{\"name\":1},{\"name\":\"b\",\"source\":null,\"replicas\":\"2\"}],\"routes\":{}}");

        assertThat(reply.code()).isEqualTo("invalid_request");
        assertThat(reply.json().getJsonArray("details"))
                .containsExactly(
                        "name is missing",
                        "pipelines[0].name must be text, got a number",
                        "pipelines[0].source is missing",
                        "pipelines[1].source is missing",
                        "pipelines[1].replicas must be a whole number, got text",
                        "routes must be a list, got an object");
    }

    @Test
    void null_is_absent_and_what_is_unknown_is_ignored() {
        var reply = server.cluster(
                "POST",
                "/pipeline-groups",
                "{\"name\":\"g\",\"extra\":[1],\"placement\":null,\"routes\":null,"
                        + "\"pipelines\":[{\"name\":\"p\",\"source\":\"s\",\"worker_affinity\":null,\"x\":{}}]}");

        assertThat(reply.status()).isEqualTo(201);
        var spec = server.neighbours.last(Groups.Deploy.class).spec();
        assertThat(spec.placement()).isNull();
        assertThat(spec.pipelines().get(0).copies()).isEqualTo(1);
    }

    @Test
    void a_route_keeps_its_channel_under_either_name() {
        server.cluster(
                "POST",
                "/pipeline-groups",
                "{\"name\":\"g\",\"pipelines\":[{\"name\":\"p\",\"source\":\"s\"}],\"routes\":["
                        + "{\"from_pipeline\":\"_external\",\"to_pipeline\":\"p\",\"event_types\":[\"A*\"],"
                        + "\"nats_subject\":\"a.b\"}]}");

        assertThat(server.neighbours
                        .last(Groups.Deploy.class)
                        .spec()
                        .routes()
                        .get(0)
                        .mqttTopic())
                .isEqualTo("a.b");
    }

    @Test
    void a_large_body_is_read_whole() {
        var text = "x".repeat(900_000);
        var body = "{\"event_type\":\"A\",\"fields\":{\"t\":\"" + text + "\"}}";

        assertThat(server.cluster("POST", "/pipeline-groups/g/inject", body).status())
                .isEqualTo(200);
        assertThat(server.neighbours.last(Events.Inject.class).event().get("t")).isEqualTo(text);
        assertThat(server.cluster("POST", "/pipeline-groups/g/inject", body.replace("x", "xy"))
                        .status())
                .isEqualTo(413);
    }
}
