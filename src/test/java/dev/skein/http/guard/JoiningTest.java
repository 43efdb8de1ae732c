package dev.skein.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.auth.Role;
import dev.skein.http.EdgeServer;
import dev.skein.http.EdgeServer.Reply;
import dev.skein.pipeline.Workers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may register and report: with keys alone, with a join key, and with neither. */
class JoiningTest {
    private static final String LOCAL = "http://localhost:9000";
    private static final String FAR = "http://10.1.2.3:9000";
    private static EdgeServer keyed;
    private static EdgeServer joined;
    private static EdgeServer bare;

    @BeforeAll
    static void open() {
        keyed = new EdgeServer().open();
        joined = new EdgeServer().joinKey().open();
        bare = new EdgeServer().withoutKeys().open();
    }

    @AfterAll
    static void close() {
        keyed.close();
        joined.close();
        bare.close();
    }

    private static EdgeServer.Ask registration(EdgeServer server, String address) {
        return server.ask("POST", "/api/v1/cluster/workers/register")
                .body("{\"worker_id\":\"worker-0\",\"address\":\"" + address + "\",\"api_key\":\"test\","
                        + "\"capacity\":{\"cpu_cores\":8,\"pipelines_running\":0,\"max_pipelines\":100}}");
    }

    private static int register(EdgeServer server, String key, String address) {
        return registration(server, address).key(key).send().status();
    }

    @Test
    void an_operator_key_admits_any_address() {
        assertThat(register(keyed, EdgeServer.OPERATOR, FAR)).isEqualTo(201);
        assertThat(register(keyed, EdgeServer.ADMIN, FAR)).isEqualTo(201);
        assertThat(register(joined, EdgeServer.ADMIN, FAR)).isEqualTo(201);
        assertThat(keyed.neighbours.last(Workers.Register.class).mayTakeOver()).isTrue();
    }

    @Test
    void without_a_join_key_this_machine_may_join_with_any_key_or_none() {
        assertThat(register(keyed, "test", LOCAL)).isEqualTo(201); // the quick start's workers
        assertThat(register(keyed, null, "http://127.0.0.1:9000/")).isEqualTo(201);
        assertThat(register(keyed, null, "http://[::1]:9000")).isEqualTo(201);
        assertThat(register(keyed, EdgeServer.VIEWER, LOCAL)).isEqualTo(201);
        assertThat(register(bare, null, LOCAL)).isEqualTo(201);
        assertThat(keyed.neighbours.last(Workers.Register.class).mayTakeOver()).isFalse();
    }

    @Test
    void then_its_address_must_be_on_this_machine() {
        assertThat(register(keyed, "test", FAR)).isEqualTo(401);
        assertThat(register(keyed, null, "http://localhost.example:9000")).isEqualTo(401);
        assertThat(register(keyed, EdgeServer.VIEWER, "http://127.0.0.1.example"))
                .isEqualTo(401);
        assertThat(register(bare, null, FAR)).isEqualTo(401);
    }

    @Test
    void with_a_join_key_that_key_is_needed() {
        assertThat(register(joined, EdgeServer.JOIN, FAR)).isEqualTo(201);
        assertThat(registration(joined, FAR)
                        .header("x-join-key", EdgeServer.JOIN)
                        .send()
                        .status())
                .isEqualTo(201);
        assertThat(register(joined, null, LOCAL)).isEqualTo(401);
        assertThat(register(joined, "test", LOCAL)).isEqualTo(401);
        assertThat(register(joined, EdgeServer.VIEWER, LOCAL)).isEqualTo(401);
    }

    @Test
    void who_comes_through_a_proxy_or_from_a_page_is_not_of_this_machine() {
        assertThat(registration(keyed, LOCAL)
                        .header("x-forwarded-for", "10.0.0.1")
                        .send()
                        .status())
                .isEqualTo(401);
        assertThat(registration(keyed, LOCAL)
                        .header("origin", "http://evil.example")
                        .send()
                        .status())
                .isEqualTo(401);
        assertThat(bare.ask("GET", "/api/v1/cluster/workers").send().status()).isEqualTo(200);
        assertThat(bare.ask("GET", "/api/v1/cluster/workers")
                        .header("origin", "http://evil.example")
                        .send()
                        .status())
                .isEqualTo(401);
        assertThat(bare.ask("GET", "/api/v1/cluster/workers")
                        .header("sec-fetch-site", "cross-site")
                        .send()
                        .status())
                .isEqualTo(401);
    }

    @Test
    void a_bad_token_is_refused_even_where_none_is_needed() {
        assertThat(registration(keyed, LOCAL).token("a.b.c").send().status()).isEqualTo(401);
        assertThat(bare.ask("GET", "/api/v1/cluster/workers")
                        .token("a.b.c")
                        .send()
                        .status())
                .isEqualTo(401);
        var operator =
                keyed.tokens.issue("ops", Role.OPERATOR, Duration.ofMinutes(1)).token();
        assertThat(registration(keyed, FAR).token(operator).send().status()).isEqualTo(201);
    }

    @Test
    void a_registration_is_passed_on_with_its_defaults() {
        keyed.ask("POST", "/api/v1/cluster/workers/register")
                .body("{\"worker_id\":\"w.1\",\"address\":\"http://localhost:9000/\",\"node\":\"spoofed@1\"}")
                .send();

        var register = keyed.neighbours.last(Workers.Register.class);
        assertThat(register.capacity()).isEqualTo(new Workers.Capacity(1, 0, 100));
        assertThat(register.apiKey()).isEmpty();
        assertThat(register.address()).isEqualTo("http://localhost:9000");
        assertThat(register.node()).isNull();
        assertThat(register.pipelines()).isNull();
    }

    @Test
    void a_registration_names_what_is_wrong() {
        var reply = keyed.ask("POST", "/api/v1/cluster/workers/register")
                .body("{\"worker_id\":\"a b\",\"address\":\"ftp://x\",\"capacity\":{\"cpu_cores\":-1}}")
                .send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().getJsonArray("details")).hasSize(3);
        for (var address :
                new String[] {"http://", "localhost:9000", "http://u:p@localhost", "http://a/b?c", "http://a b"}) {
            assertThat(register(keyed, EdgeServer.ADMIN, address)).as(address).isEqualTo(400);
        }
    }

    private static Reply heartbeat(EdgeServer.Ask ask) {
        return ask.body("{\"events_processed\": 1000, \"pipelines_running\": 2}")
                .send();
    }

    @Test
    void a_worker_leaves_with_its_own_key_or_an_operators_and_with_no_other() {
        assertThat(leave(null)).isEqualTo(401);
        assertThat(leave(EdgeServer.JOIN)).isEqualTo(401);
        assertThat(leave(EdgeServer.VIEWER)).isEqualTo(401);
        assertThat(leave("worker-secret")).isEqualTo(200);
        assertThat(leave(EdgeServer.OPERATOR)).isEqualTo(200);
    }

    private static int leave(@Nullable String key) {
        return joined.ask("POST", "/api/v1/cluster/workers/worker-0/leave")
                .key(key)
                .body("{\"instance_id\":\"i\"}")
                .send()
                .status();
    }

    @Test
    void a_heartbeat_needs_no_key_on_this_machine() {
        var path = "/api/v1/cluster/workers/worker-0/heartbeat";

        var reply = heartbeat(keyed.ask("POST", path));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("{\"acknowledged\":true}");
        assertThat(keyed.neighbours.last(Workers.Heartbeat.class).eventsProcessed())
                .isEqualTo(1_000);
    }

    @Test
    void a_heartbeat_from_elsewhere_proves_itself() {
        var path = "/api/v1/cluster/workers/worker-0/heartbeat";
        var via = "x-forwarded-for";

        assertThat(heartbeat(joined.ask("POST", path).header(via, "10.0.0.1")).status())
                .isEqualTo(401);
        assertThat(heartbeat(joined.ask("POST", path).header(via, "10.0.0.1").key(EdgeServer.JOIN))
                        .status())
                .isEqualTo(200);
        assertThat(heartbeat(joined.ask("POST", path).header(via, "10.0.0.1").key("worker-secret"))
                        .status())
                .isEqualTo(200);
        assertThat(heartbeat(joined.ask("POST", path).header(via, "10.0.0.1").key(EdgeServer.OPERATOR))
                        .status())
                .isEqualTo(200);
        assertThat(heartbeat(joined.ask("POST", path).header(via, "10.0.0.1").key(EdgeServer.VIEWER))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void a_worker_without_keys_is_open_as_a_single_server_is() {
        try (var worker =
                new EdgeServer().withoutKeys().roles("worker", "router", "http").open()) {
            assertThat(worker.ask("GET", "/api/v1/pipelines")
                            .header("via", "proxy")
                            .send()
                            .status())
                    .isEqualTo(200);
            assertThat(worker.ask("GET", "/api/v1/pipelines")
                            .header("origin", "http://x")
                            .send()
                            .status())
                    .isEqualTo(401);
        }
        assertThat(bare.ask("GET", "/api/v1/pipelines")
                        .header("via", "proxy")
                        .send()
                        .status())
                .isEqualTo(401);
    }
}
