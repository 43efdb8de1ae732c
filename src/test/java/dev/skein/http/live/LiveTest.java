package dev.skein.http.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.http.live.gate.Seats.Limits;
import dev.skein.http.live.state.States;
import dev.skein.kernel.SteadyClock;
import dev.skein.pipeline.Alerts;
import dev.skein.pipeline.Observation.NodeView;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveTest {
    private static final LiveConfig FEW_SEATS = new LiveConfig(
            Duration.ofMillis(50),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            new Limits(2, 20, 500),
            List.of());

    private final LiveServer server = new LiveServer(FEW_SEATS, router -> {}).start();
    private final Client client = new Client(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_viewer_is_greeted_gets_the_view_and_then_what_changes() throws Exception {
        show(States.node("worker-1", "READY"));
        client.watch();

        var hello = client.next("hello");
        var snapshot = client.next("snapshot");
        show(States.node("worker-1", "UNHEALTHY"));
        var delta = client.next("delta");

        assertThat(client.socket.subProtocol()).isEqualTo("skein.live.v1");
        assertThat(hello.getMap()).containsEntry("schema", 1).containsEntry("tickMillis", 50);
        assertThat(snapshot.getString("stream")).isEqualTo(hello.getString("stream"));
        assertThat(snapshot.getJsonObject("nodes").fieldNames()).containsExactly("worker-1");
        assertThat(delta.getLong("from")).isEqualTo(snapshot.getLong("seq"));
        assertThat(delta.getJsonObject("patch").encode()).contains("{\"worker-1\":{\"status\":\"UNHEALTHY\"}}");
    }

    @Test
    void a_viewer_that_comes_back_in_time_gets_only_what_it_missed() throws Exception {
        show(States.node("worker-1", "READY"));
        var snapshot = new JsonObject(client.get("/api/v1/snapshot").body());
        show(States.node("worker-2", "READY"));
        LiveServer.await(server.vertx.timer(100)); // longer than one tick

        client.watch("?since=" + snapshot.getString("stream") + ":" + snapshot.getLong("seq"));

        assertThat(client.next("hello").getLong("seq")).isEqualTo(snapshot.getLong("seq") + 1);
        var patch = client.next("delta").getJsonObject("patch").getJsonObject("nodes");
        assertThat(patch.fieldNames()).containsExactlyInAnyOrder("worker-1", "worker-2");
        assertThat(patch.getValue("worker-1")).isNull();
    }

    @Test
    void a_since_of_another_life_begins_with_the_snapshot() throws Exception {
        client.watch("?since=ffff:3");

        assertThat(client.next("snapshot").getLong("seq")).isPositive();
    }

    @Test
    void a_snapshot_has_a_tag_and_is_not_sent_again_while_it_holds() throws Exception {
        show(States.node("worker-1", "READY"));

        var first = client.get("/api/v1/snapshot");
        var tag = first.headers().firstValue("etag").orElseThrow();
        var second = client.get("/api/v1/snapshot", "If-None-Match", tag);

        var body = new JsonObject(first.body());
        assertThat(tag).isEqualTo("\"" + body.getString("stream") + ":" + body.getLong("seq") + "\"");
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(body.getMap()).containsKeys("schema", "epoch", "at", "cluster", "leader", "version");
    }

    @Test
    void without_a_coordinator_there_is_an_error_and_later_old_data_that_says_so() throws Exception {
        server.hasLeader = false;
        var none = client.get("/api/v1/snapshot");
        server.hasLeader = true;
        client.watch();
        client.next("snapshot");
        show(States.node("worker-1", "READY"));
        assertThat(client.next("delta").encode()).contains("worker-1");
        server.hasLeader = false;

        var delta = client.next("delta").getJsonObject("patch");

        assertThat(none.statusCode()).isEqualTo(503);
        assertThat(none.headers().firstValue("retry-after")).contains("1");
        assertThat(new JsonObject(none.body()).getString("code")).isEqualTo("no_leader");
        assertThat(delta.fieldNames()).containsExactly("coordinator");
        assertThat(delta.getJsonObject("coordinator").getBoolean("reachable")).isFalse();
    }

    @Test
    void that_nobody_leads_is_an_alert_beside_the_old_data_until_somebody_does() throws Exception {
        client.watch();
        client.next("snapshot");
        var since = Instant.EPOCH;
        server.ownAlerts = List.of(new Alerts.Alert(
                "no-leader", "no-leader", "critical", "No coordinator leads", "open", since, 1, null, 1, null));
        server.hasLeader = false;

        var raised = client.next("delta").getJsonObject("patch");
        server.hasLeader = true;
        var over = client.next("delta").getJsonObject("patch");

        assertThat(raised.getJsonObject("alerts").getJsonObject("no-leader").getString("text"))
                .isEqualTo("No coordinator leads");
        assertThat(raised.getJsonObject("counts").getInteger("alerts")).isEqualTo(1);
        assertThat(over.getJsonObject("alerts").fieldNames()).containsExactly("no-leader");
        assertThat(over.getJsonObject("alerts").getValue("no-leader")).isNull();
    }

    @Test
    void a_ticket_needs_a_caller_and_the_purpose() throws Exception {
        assertThat(client.post("/api/v1/tickets", "{\"for\":\"upload\"}").statusCode())
                .isEqualTo(400);
        assertThat(client.post("/api/v1/tickets", "[1]").statusCode()).isEqualTo(400);
        assertThat(client.post("/api/v1/tickets", "{").statusCode()).isEqualTo(400);
        assertThat(client.post("/api/v1/tickets", "").statusCode()).isEqualTo(400);

        server.token = "secret";
        var refused = client.get("/api/v1/snapshot");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(new JsonObject(refused.body()).getString("code")).isEqualTo("unauthorized");
    }

    @Test
    void a_connection_is_refused_for_its_origin_before_its_ticket_is_looked_at() throws Exception {
        var ticket = client.ticket();

        assertRefused(403, ticket, "http://evil.example");
        LiveServer.await(client.connect("", ticket, server.url(""))); // still unspent
        assertRefused(401, ticket, server.url(""));
        assertRefused(401, "made-up", server.url(""));
    }

    @Test
    void a_viewer_beyond_the_seats_is_told_so_before_the_upgrade() throws Exception {
        var first = new Client(server).watch();
        var second = new Client(server).watch();
        assertRefused(429, client.ticket(), server.url(""));

        first.socket.close();
        assertThat(first.closeCode()).isEqualTo(1000);

        client.watch();
        assertThat(second.closed).isNotDone();
    }

    @Test
    void a_paused_viewer_is_only_pinged_and_resumes_with_a_snapshot() throws Exception {
        client.watch();
        client.next("snapshot");
        client.socket.writeTextMessage("{\"type\":\"pause\"}");
        client.next("ping"); // the word has been heard before this second was over
        show(States.node("worker-1", "READY"));
        var ping = client.next("ping");
        assertThat(client.frames).noneMatch(frame -> frame.getString("type").equals("delta"));

        client.socket.writeTextMessage("{\"type\":\"resume\"}");

        var snapshot = client.next("snapshot");
        assertThat(snapshot.getLong("seq")).isGreaterThanOrEqualTo(ping.getLong("seq"));
        assertThat(snapshot.getJsonObject("nodes").fieldNames()).containsExactly("worker-1");
    }

    @Test
    void anything_else_from_a_viewer_ends_the_connection() throws Exception {
        for (var words :
                List.of("hello", "{}", "{\"type\":\"pause\",\"x\":1}", " ".repeat(1025), "[]", "{\"type\":5}")) {
            var viewer = new Client(server).watch();
            viewer.socket.writeTextMessage(words);
            assertThat(viewer.closeCode()).as(words).isEqualTo(1008);
        }
        client.watch().socket.writeBinaryMessage(Buffer.buffer("{\"type\":\"pause\"}"));
        assertThat(client.closeCode()).isEqualTo(1008);
    }

    @Test
    void a_viewer_that_talks_too_much_is_closed() throws Exception {
        client.watch();
        for (int i = 0; i < 6; i++) {
            client.socket.writeTextMessage("{\"type\":\"pause\"}");
        }

        assertThat(client.closeCode()).isEqualTo(1008);
    }

    @Test
    void a_viewer_is_closed_when_its_token_ends() throws Exception {
        server.expiry = SteadyClock.system().instant().plusMillis(300);
        client.watch();

        assertThat(client.next("hello").getString("expires")).isEqualTo(server.expiry.toString());
        assertThat(client.closeCode()).isEqualTo(4401);
    }

    @Test
    void changes_in_between_are_merged_into_at_most_four_deltas_in_a_second() throws Exception {
        client.watch();
        client.next("snapshot");
        var changes = new AtomicInteger();
        server.vertx.setPeriodic(20, id -> show(States.node("worker-" + changes.incrementAndGet(), "READY")));
        client.next("delta");
        client.frames.clear();
        LiveServer.await(server.vertx.timer(2, TimeUnit.SECONDS));

        var deltas = List.copyOf(client.frames);

        assertThat(changes.get()).isGreaterThan(40);
        assertThat(deltas)
                .hasSizeBetween(6, 9)
                .allMatch(frame -> frame.getString("type").equals("delta"));
        for (int i = 1; i < deltas.size(); i++) {
            assertThat(deltas.get(i).getLong("from"))
                    .isEqualTo(deltas.get(i - 1).getLong("seq"));
        }
    }

    @Test
    void the_coordinator_is_asked_only_while_somebody_watches() throws Exception {
        client.watch();
        client.next("ping");
        client.socket.close();
        client.closeCode();
        client.get("/api/v1/snapshot"); // the server has heard of the close before it answers
        int asked = server.asked.get();
        LiveServer.await(server.vertx.timer(300));

        assertThat(server.asked.get()).isBetween(asked, asked + 1);
        assertThat(asked).isGreaterThan(5);
    }

    private void assertRefused(int status, String ticket, String origin) {
        var stranger = new Client(server);
        assertThatThrownBy(() -> LiveServer.await(stranger.connect("", ticket, origin)))
                .rootCause()
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        refused -> assertThat(refused.getStatus()).isEqualTo(status));
    }

    private void show(NodeView... nodes) {
        Map<String, NodeView> byId = new HashMap<>();
        List.of(nodes).forEach(node -> byId.put(node.id(), node));
        server.shown = States.of(byId, Map.of(), Map.of());
    }
}
