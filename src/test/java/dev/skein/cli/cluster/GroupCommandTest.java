package dev.skein.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.cli.FakeCluster;
import dev.skein.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommandTest {
    private static final String ID = "5f1c2a90-0000-4000-8000-000000000001";
    private static final String GROUPS = "/api/v1/cluster/pipeline-groups";
    private static final String SPEC = "{\"name\":\"orders\",\"pipelines\":[{\"name\":\"ingest\",\"source\":\"s\"}]}";

    private final FakeCluster cluster = new FakeCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void a_group_is_deployed_from_json_yaml_or_standard_input(@TempDir Path folder) throws IOException {
        cluster.on("POST " + GROUPS, 201, FakeCluster.GROUP);
        var json = Files.writeString(folder.resolve("g.json"), SPEC);
        var yaml = Files.writeString(
                folder.resolve("g.yaml"), "name: orders\npipelines:\n- {name: ingest, source-file: ingest.vpl}\n");
        Files.writeString(folder.resolve("ingest.vpl"), "s");

        assertThat(cluster.run("group", "deploy", "-f", json.toString()).exit()).isZero();
        assertThat(cluster.last("POST " + GROUPS).body()).isEqualTo(SPEC);
        assertThat(cluster.run("group", "deploy", "-f", yaml.toString(), "-o", "name")
                        .out())
                .isEqualTo(ID + "\n");
        assertThat(cluster.last("POST " + GROUPS).body()).isEqualTo(SPEC);
        var piped = Run.with(Map.of("SKEIN_ENDPOINT", cluster.endpoint()), SPEC, "pipeline", "deploy", "-f", "-");
        assertThat(piped.exit()).isZero();
        assertThat(piped.out()).contains("ingest    worker-0  Running      1");
    }

    @Test
    void a_mistake_in_the_file_is_reported_with_its_place(@TempDir Path folder) throws IOException {
        var broken = Files.writeString(folder.resolve("g.json"), "{\"name\": \"orders\",\n \"pipelines\": [}");

        var run = cluster.run("group", "deploy", "-f", broken.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("is neither JSON nor YAML at line 2, column 16");
        assertThat(cluster.asked).isEmpty();
    }

    @Test
    void a_deploy_whose_placements_failed_is_printed_and_ends_with_8() {
        cluster.on(
                "POST " + GROUPS,
                201,
                FakeCluster.GROUP.replace("\"status\":\"Running\"", "\"status\":\"Failed\",\"error\":\"no worker\""));

        var run = Run.with(
                Map.of("SKEIN_ENDPOINT", cluster.endpoint()), SPEC, "group", "deploy", "-f", "-", "-o", "name");

        assertThat(run.exit()).isEqualTo(8);
        assertThat(run.out()).isEqualTo(ID + "\n");
        assertThat(run.err()).isEqualTo("""
                error: group "orders" was deployed, but 1 of its 1 placements failed
                  why  ingest: no worker
                  try  skein group get 5f1c2a90-0000-4000-8000-000000000001
                """);
    }

    @Test
    void a_refused_group_lists_all_its_faults() {
        cluster.on("POST " + GROUPS, 400, """
                {"error":"the group is invalid","code":"invalid_group","request_id":"r-7",\
                "details":["duplicate pipeline name ingest","routes[0].to_pipeline is unknown"]}""");

        var words = Run.with(Map.of("SKEIN_ENDPOINT", cluster.endpoint()), SPEC, "group", "deploy", "-f", "-");
        var json = Run.with(
                Map.of("SKEIN_ENDPOINT", cluster.endpoint()), SPEC, "group", "deploy", "-f", "-", "-o", "json");

        assertThat(words.exit()).isEqualTo(2);
        assertThat(words.err()).isEqualTo("""
                error: the group is invalid
                  why  duplicate pipeline name ingest
                       routes[0].to_pipeline is unknown
                  id   r-7
                """);
        assertThat(json.out()).isEmpty();
        assertThat(json.err())
                .isEqualTo("{\"error\":\"the group is invalid\",\"code\":\"invalid_group\",\"request_id\":\"r-7\","
                        + "\"details\":[\"duplicate pipeline name ingest\",\"routes[0].to_pipeline is unknown\"],"
                        + "\"try\":null}\n");
    }

    @Test
    void a_group_is_shown_by_name_with_its_placements() {
        cluster.on("GET " + GROUPS + "/" + ID, 200, FakeCluster.GROUP);

        var run = cluster.run("group", "get", "orders");

        assertThat(run.out()).startsWith("ID        NAME    STATUS   PIPELINES  AGE\n5f1c2a90  orders  running");
        assertThat(run.out()).contains("PIPELINE  WORKER    STATUS   EPOCH  ERROR\n");
        assertThat(cluster.run("group", "get", "5f1c", "-o", "json").out())
                .isEqualTo("{\"schema\":1,\"items\":[" + FakeCluster.GROUP + "],\"next\":null}\n");
    }

    @Test
    void an_event_is_sent_with_typed_fields_and_its_outputs_are_shown() {
        cluster.on("POST " + GROUPS + "/" + ID + "/inject", 200, """
                {"routed_to":"ingest","worker_id":"worker-0","matched":true,"worker_response":{"accepted":true,\
                "output_events":[{"event_type":"A","fields":{"result":"ok"}}],"output_count":1}}""");

        var run = cluster.run("group", "inject", "orders", "EventA", "x=42", "name=alice", "ok=true");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("""
                ROUTED-TO  WORKER    MATCHED  OUTPUTS
                ingest     worker-0  true           1

                EVENT  FIELDS
                A      {"result":"ok"}
                """);
        assertThat(cluster.last("POST " + GROUPS + "/" + ID + "/inject").body())
                .isEqualTo("{\"event_type\":\"EventA\",\"fields\":{\"x\":42,\"name\":\"alice\",\"ok\":true}}");
    }

    @Test
    void an_event_need_not_be_waited_for() {
        cluster.on("POST " + GROUPS + "/" + ID + "/inject", 200, "{\"routed_to\":\"ingest\",\"worker_response\":{}}");
        var inject = "POST " + GROUPS + "/" + ID + "/inject";

        cluster.run("group", "inject", "orders", "EventA", "--no-wait", "--outputs", "count");
        assertThat(cluster.last(inject).body())
                .isEqualTo("{\"event_type\":\"EventA\",\"fields\":{},\"wait\":false,\"outputs\":\"count\"}");

        cluster.run("group", "inject", "orders", "EventA", "--wait");
        assertThat(cluster.last(inject).body()).isEqualTo("{\"event_type\":\"EventA\",\"fields\":{}}");
    }

    @Test
    void a_batch_with_a_failed_event_ends_with_8(@TempDir Path folder) throws IOException {
        var events = Files.writeString(folder.resolve("e.txt"), "EventA { x: 1 }\nnonsense\n");
        cluster.on(
                "POST " + GROUPS + "/" + ID + "/inject-batch",
                200,
                "{\"events_sent\":1,\"events_failed\":1,\"output_events\":[],\"errors\":[\"line 2: unreadable\"]}");

        var run = cluster.run("group", "inject", "orders", "-f", events.toString());

        assertThat(run.exit()).isEqualTo(8);
        assertThat(run.out()).contains("line 2: unreadable");
    }

    @Test
    void the_latest_outputs_of_one_pipeline_are_listed() {
        cluster.on("GET " + GROUPS + "/" + ID + "/outputs", 200, """
                {"outputs":[{"seq":7,"pipeline_name":"ingest","worker_id":"worker-0","event_type":"A",\
                "fields":{"n":1},"timestamp":"2026-01-15T10:00:00.000Z"}],"next":7}""");

        var run = cluster.run("group", "outputs", "orders", "--pipeline", "ingest", "--after", "6", "-o", "name");

        assertThat(run.out()).isEqualTo("7\n");
        assertThat(cluster.last("GET " + GROUPS + "/" + ID + "/outputs").path())
                .endsWith("/outputs?limit=50&after=6&pipeline=ingest");
    }

    @Test
    void ids_of_groups_to_delete_come_from_a_pipe() {
        cluster.on("DELETE " + GROUPS + "/" + ID, 200, "{\"torn_down\":true}");

        var run = Run.with(
                Map.of("SKEIN_ENDPOINT", cluster.endpoint()),
                ID + "\n",
                "group",
                "delete",
                "--ids-from",
                "-",
                "--yes",
                "-o",
                "json");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .isEqualTo("{\"schema\":1,\"items\":[{\"torn_down\":true,\"id\":\"" + ID + "\"}],\"next\":null}\n");
    }

    @Test
    void the_topology_says_what_runs_where_and_receives_what() {
        cluster.on("GET /api/v1/cluster/topology", 200, """
                {"groups":[{"group_id":"g-1","group_name":"orders",
                "pipelines":[{"name":"ingest","worker_id":"worker-0","worker_address":"http://localhost:9000"},
                {"name":"bill#0","worker_id":"worker-1","worker_address":"http://localhost:9001"}],
                "routes":[{"from_pipeline":"_external","to_pipeline":"ingest","event_types":["EventA*","EventB"]},
                {"from_pipeline":"ingest","to_pipeline":"bill","event_types":["A"]}]}],
                "workers":[{"id":"worker-0","status":"ready"}],"routes":[]}""");

        assertThat(cluster.run("topology").out()).isEqualTo("""
                GROUP   PIPELINE  WORKER    STATUS  RECEIVES
                orders  ingest    worker-0  ready   EventA*,EventB
                orders  bill#0    worker-1  -       A<ingest
                """);
    }

    @Test
    void a_group_that_is_not_there_is_an_error_and_no_table() {
        var deleted = cluster.run("group", "delete", "nope", "--yes");
        var got = cluster.run("group", "get", "nope");

        assertThat(deleted.exit()).isEqualTo(3);
        assertThat(deleted.out()).isEmpty();
        assertThat(got.exit()).isEqualTo(3);
        assertThat(got.out()).isEmpty();
    }

    @Test
    void an_unknown_field_to_sort_by_is_refused_with_those_there_are() {
        var run = cluster.run("group", "list", "--sort", "-stauts");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("groups have no field stauts", "pipeline_count", "status");
        assertThat(cluster.run("group", "list", "--sort", "-status").exit()).isZero();
    }
}
