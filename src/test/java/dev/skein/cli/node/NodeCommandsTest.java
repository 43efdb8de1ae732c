package dev.skein.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.cli.Run;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeCommandsTest {
    @Test
    void a_coordinator_starts_with_the_words_of_the_base_description() {
        var run = Run.of("coordinator", "--port", "9100", "--bind", "127.0.0.1", "--api-key", "admin");

        assertThat(run.exit()).isZero();
        assertThat(run.host().started)
                .isEqualTo(Map.of(
                        "verticles", "coordinator,router,http",
                        "http.port", "9100",
                        "http.host", "127.0.0.1",
                        "http.api-key", "admin"));
    }

    @Test
    void a_server_starts_with_the_words_of_the_base_description() {
        var run = Run.of(
                ("server -p 9001 --api-key=test --coordinator http://localhost:9100 --worker-id worker-1").split(" "));

        assertThat(run.host().started)
                .isEqualTo(Map.of(
                        "verticles", "worker,router,http",
                        "http.port", "9001",
                        "http.api-key", "test",
                        "worker.coordinator", "http://localhost:9100",
                        "worker.id", "worker-1"));
    }

    @Test
    void a_server_listens_on_9000_unless_flag_or_environment_say_otherwise() {
        assertThat(Run.of("server").host().started).containsEntry("http.port", "9000");
        assertThat(Run.with(Map.of("SKEIN_HTTP_PORT", "7000"), "", "server").host().started)
                .doesNotContainKey("http.port");
    }

    @Test
    void a_plain_node_keeps_every_default() {
        assertThat(Run.of("node", "up").host().started).isEmpty();
    }

    @Test
    void a_worker_joins_a_cluster_and_gets_a_router_beside_it() {
        var run = Run.of("node", "up", "--roles", "worker", "--join", "10.0.0.5,10.0.0.6:5702");

        assertThat(run.host().started)
                .isEqualTo(Map.of(
                        "verticles", "worker,router",
                        "cluster.enabled", "true",
                        "cluster.members", "10.0.0.5,10.0.0.6:5702"));
    }

    @Test
    void a_worker_of_reviews_does_nothing_else_and_ends_after_its_tasks() {
        var run = Run.of("review worker --worker-id r-1 --max-tasks 3 --join 10.0.0.5".split(" "));

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("at most 3 tasks");
        assertThat(run.host().started)
                .isEqualTo(Map.of(
                        "verticles", "heavy-worker",
                        "jobs.types", "review",
                        "jobs.max", "3",
                        "jobs.finish-within", "20000ms",
                        "worker.id", "r-1",
                        "cluster.enabled", "true",
                        "cluster.members", "10.0.0.5"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"cluster.enabled\": true, \"node.stop-deadline\": \"9s\"} | 6000ms",
                "{\"cluster.enabled\": true, \"jobs.finish-within\": \"5s\"} |"
            })
    void a_worker_of_reviews_has_a_part_of_its_time_to_stop_for_its_tasks(String inline, String within) {
        var run = Run.of("review", "worker", "--config", inline);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.host().started.get("jobs.finish-within")).isEqualTo(within);
    }

    @Test
    void a_worker_of_reviews_takes_its_cluster_from_its_own_file() {
        var inline = "{\"cluster\": {\"enabled\": true}}";

        var run = Run.of("review", "worker", "--config", inline);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.host().startedWith).isEqualTo(inline);
        assertThat(run.host().started).doesNotContainKeys("jobs.max", "worker.id");
    }

    @Test
    void a_worker_of_reviews_without_a_cluster_or_with_a_wrong_number_starts_nothing() {
        assertThat(Run.of("review", "worker").err()).contains("needs a cluster", "--join HOST");
        assertThat(Run.of("review", "worker", "--join", "a", "--max-tasks", "-1")
                        .err())
                .contains("--max-tasks must be 0 or more, got -1");
        assertThat(Run.of("review", "worker", "--max-tasks", "-1").host().started)
                .isNull();
    }

    @Test
    void a_port_out_of_range_starts_nothing() {
        var run = Run.of("coordinator", "--port", "70000");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("error: --port must be between 0 and 65535, got 70000\n");
        assertThat(run.host().started).isNull();
    }

    @Test
    void an_unknown_role_names_the_nearest() {
        var run = Run.of("node", "up", "--roles", "wroker");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("there is no role wroker").contains("try  skein node up --roles worker");
    }

    @Test
    void a_mistyped_flag_is_corrected_and_nothing_runs() {
        var run = Run.of("server", "--worker-di", "worker-0");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("try  skein server --worker-id worker-0");
        assertThat(run.host().started).isNull();
    }
}
