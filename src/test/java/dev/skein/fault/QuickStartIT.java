package dev.skein.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.fault.nodes.Api;
import dev.skein.fault.nodes.NodeProcess;
import dev.skein.fault.nodes.Ports;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first steps of somebody who comes from the base description: workers known by REST, keys admin and test. */
class QuickStartIT {
    private static final String GROUP = """
            {"name": "my-group",
             "pipelines": [
               {"name": "ingest", "source": "stream A = EventA .emit(result: \\"ok\\")", "worker_affinity": "worker-0"},
               {"name": "analyze", "source": "stream B = EventB .emit(result: \\"ok\\")", "worker_affinity": "worker-1"}
             ],
             "routes": [
               {"from_pipeline": "_external", "to_pipeline": "ingest", "event_types": ["EventA*"]},
               {"from_pipeline": "_external", "to_pipeline": "analyze", "event_types": ["EventB*"]}
             ]}""";
    private static final Duration START = Duration.ofSeconds(40);

    @Test
    void a_coordinator_and_two_servers_run_the_first_group(@TempDir Path folder) {
        var ports = Ports.free(3);
        try (var coordinator = coordinator(folder, ports.get(0));
                var zero = server(folder, ports.get(0), ports.get(1), "worker-0");
                var one = server(folder, ports.get(0), ports.get(2), "worker-1")) {
            var api = new Api(ports.get(0), "admin");
            var workers = api.getUntil(
                    START, Api.CLUSTER + "/workers", a -> a.body().path("total").asInt() == 2);
            assertThat(workers.body().findValuesAsText("status")).containsOnly("ready");

            var group = api.post(Api.CLUSTER + "/pipeline-groups", GROUP);
            assertThat(group.status()).as(zero.tail() + coordinator.tail()).isEqualTo(201);
            assertThat(group.body().path("status").asText()).isEqualTo("running");

            var path =
                    Api.CLUSTER + "/pipeline-groups/" + group.body().path("id").asText();
            var answer = api.post(path + "/inject", "{\"event_type\": \"EventA\", \"fields\": {\"x\": 42}}");
            assertThat(answer.status()).as(one.tail()).isEqualTo(200);
            assertThat(answer.body().path("routed_to").asText()).isEqualTo("ingest");
            assertThat(answer.body().path("worker_id").asText()).isEqualTo("worker-0");
            var output =
                    answer.body().path("worker_response").path("output_events").path(0);
            assertThat(output.path("event_type").asText()).isEqualTo("A");
            assertThat(output.path("fields").path("result").asText()).isEqualTo("ok");

            assertThat(api.delete(path).body().path("torn_down").asBoolean()).isTrue();
        }
    }

    private static NodeProcess coordinator(Path folder, int port) {
        return NodeProcess.start(
                "coordinator", folder.resolve("c"), "coordinator", "--port", "" + port, "--api-key", "admin");
    }

    private static NodeProcess server(Path folder, int coordinator, int port, String id) {
        return NodeProcess.start(
                id,
                folder.resolve(id),
                "server",
                "--port",
                "" + port,
                "--api-key",
                "test",
                "--coordinator",
                "http://localhost:" + coordinator,
                "--worker-id",
                id);
    }
}
