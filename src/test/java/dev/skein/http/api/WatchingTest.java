package dev.skein.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.http.EdgeServer;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Alerts;
import dev.skein.pipeline.Workers;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lists, health, readiness and metrics. */
class WatchingTest {
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
        server.neighbours.refuses = null;
        server.neighbours.workers = 3;
        server.isRegistered.set(true);
    }

    @Test
    void a_list_comes_in_pages() {
        server.neighbours.workers = 120;

        var first = server.cluster("GET", "/workers", null).json();
        assertThat(first.getJsonArray("workers")).hasSize(50);
        assertThat(first.getInteger("total")).isEqualTo(120);
        assertThat(first.getJsonObject("pagination"))
                .isEqualTo(new JsonObject("{\"total\":120,\"limit\":50,\"offset\":0,\"has_more\":true}"));

        var last = server.cluster("GET", "/workers?limit=50&offset=100", null).json();
        assertThat(last.getJsonArray("workers")).hasSize(20);
        assertThat(last.getJsonObject("pagination").getBoolean("has_more")).isFalse();
        assertThat(server.cluster("GET", "/workers?offset=500", null).json().getJsonArray("workers"))
                .isEmpty();
    }

    @Test
    void while_nobody_leads_the_alerts_are_those_of_the_edges_own_node() {
        server.neighbours.failure = Problem.busy("no_leader", "nobody leads");

        assertThat(server.ask("GET", "/api/v1/alerts")
                        .key(EdgeServer.ADMIN)
                        .send()
                        .status())
                .isEqualTo(503);
        server.neighbours.ownAlerts = List.of(new Alerts.Alert(
                "no-leader", "no-leader", "critical", "No coordinator leads", "open", Instant.EPOCH, 1, null, 1, null));
        try {
            var all = server.ask("GET", "/api/v1/alerts")
                    .key(EdgeServer.ADMIN)
                    .send()
                    .json();
            var one = server.ask("GET", "/api/v1/alerts/no-leader")
                    .key(EdgeServer.ADMIN)
                    .send()
                    .json();

            assertThat(all.getJsonArray("alerts").getJsonObject(0)).isEqualTo(one);
            assertThat(one.getString("text")).isEqualTo("No coordinator leads");
            assertThat(server.ask("GET", "/api/v1/alerts/other")
                            .key(EdgeServer.ADMIN)
                            .send()
                            .status())
                    .isEqualTo(503);
        } finally {
            server.neighbours.ownAlerts = List.of();
        }
    }

    @Test
    void a_worker_looks_as_the_contract_says() {
        assertThat(server.cluster("GET", "/workers/w%2F1", null).json()).isEqualTo(new JsonObject("""
                {"id":"w/1","address":"http://localhost:9000","status":"ready","pipelines_running":1,
                 "max_pipelines":100,
                 "assigned_pipelines":["ingest"],"cpu_cores":8,"events_processed":10,
                 "labels":["zone=a"],"cordoned":false}"""));
        assertThat(server.neighbours.last(Workers.Get.class).workerId()).isEqualTo("w/1");
    }

    @Test
    void a_group_looks_as_the_contract_says() {
        assertThat(server.cluster("GET", "/pipeline-groups/g-1", null).json()).isEqualTo(new JsonObject("""
                {"id":"g-1","name":"orders","status":"running","pipeline_count":1,"placements":[
                 {"pipeline_name":"ingest",
                 "worker_id":"worker-0","worker_address":"http://localhost:9000","pipeline_id":"p-1","status":"Running",
                 "epoch":1}],"created_at":"2026-01-15T10:00:00.000Z","sources":{"ingest":"x"}}"""));
        assertThat(server.cluster("DELETE", "/pipeline-groups/g-1", null).text())
                .isEqualTo("{\"torn_down\":true}");
    }

    @Test
    void a_program_is_checked_here() {
        assertThat(server.cluster("POST", "/validate", "{\"source\":\"\"}").text())
                .isEqualTo("{\"valid\":true,\"diagnostics\":[]}");
        assertThat(server.cluster("POST", "/validate", "{}").json().getString("error"))
                .isEqualTo("source is missing");
    }

    @Test
    void health_is_told_to_anybody_even_without_a_leader() {
        var health = server.ask("GET", "/health").key(EdgeServer.ADMIN).send().json();
        assertThat(health.getString("status")).isEqualTo("degraded");
        assertThat(health.getString("role")).isEqualTo("coordinator");
        assertThat(health.getJsonObject("workers").getInteger("unhealthy")).isEqualTo(1);
        assertThat(health.fieldNames()).contains("last_health_sweep");

        server.neighbours.failure = Problem.busy("starting");
        var alone = server.ask("GET", "/health").key(EdgeServer.ADMIN).send();
        assertThat(alone.status()).isEqualTo(200);
        assertThat(alone.json().getString("status")).isEqualTo("critical");
    }

    @Test
    void a_node_is_ready_when_all_of_it_is() {
        assertThat(server.ask("GET", "/ready").key(EdgeServer.ADMIN).send().text())
                .isEqualTo("{\"status\":\"ready\",\"role\":\"coordinator\",\"leader\":\"c-0\",\"epoch\":7}");

        server.isRegistered.set(false);
        assertThat(server.ask("GET", "/ready").key(EdgeServer.ADMIN).send().code())
                .isEqualTo("not_ready");

        server.isRegistered.set(true);
        server.neighbours.failure = Problem.busy("starting");
        var waiting = server.ask("GET", "/ready").key(EdgeServer.ADMIN).send();
        assertThat(waiting.status()).isEqualTo(503);
        assertThat(waiting.header("retry-after")).isEqualTo("1");
    }

    @Test
    void a_coordinator_that_refuses_changes_is_not_ready_and_says_why() {
        server.neighbours.refuses = "the disk is full";

        var answer = server.ask("GET", "/ready").key(EdgeServer.ADMIN).send();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text()).contains("not_ready", "changes are refused: the disk is full");
    }

    @Test
    void what_the_leader_says_names_it() {
        assertThat(server.cluster("GET", "/summary", null).json()).isEqualTo(new JsonObject("""
                {"total_workers":3,"healthy_workers":2,"unhealthy_workers":1,"draining_workers":0,
                 "total_pipeline_groups":1,"active_pipeline_groups":1,"total_events_processed":1000,
                 "events_per_second":12.5,"leader":"c-0","epoch":7}"""));
        assertThat(server.cluster("GET", "/topology", null).json())
                .isEqualTo(
                        new JsonObject("{\"groups\":[],\"workers\":[],\"routes\":[],\"leader\":\"c-0\",\"epoch\":7}"));
    }

    @Test
    void metrics_count_by_state_and_by_result() {
        server.cluster("POST", "/pipeline-groups/g/inject", "{\"event_type\":\"A\"}");
        server.cluster("POST", "/pipeline-groups", "{\"name\":\"g\",\"pipelines\":[]}");

        for (var path : new String[] {"/metrics", "/api/v1/cluster/prometheus"}) {
            assertThat(server.ask("GET", path).send().text())
                    .contains("skein_cluster_workers{status=\"ready\"} 3.0")
                    .contains("skein_cluster_pipeline_groups{status=\"running\"} 1.0")
                    .contains("skein_cluster_placements{status=\"Running\"} 1.0")
                    .contains("skein_cluster_leader{node=\"c-0\"} 1.0")
                    .contains("skein_cluster_epoch 7.0")
                    .contains("skein_cluster_inject_total{result=\"ok\"}")
                    .contains("skein_cluster_inject_seconds_count")
                    .contains("skein_cluster_deploys_total{result=\"running\"}")
                    .contains("skein_cluster_deploy_seconds_count");
        }
    }
}
