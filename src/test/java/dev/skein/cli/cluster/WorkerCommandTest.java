package dev.skein.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.cli.FakeCluster;
import dev.skein.cli.Run;
import dev.skein.cli.terminal.Terminal;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerCommandTest {
    private static final String WORKER_0 = "{\"id\":\"worker-0\",\"address\":\"http://localhost:9000\","
            + "\"status\":\"ready\",\"pipelines_running\":1,\"max_pipelines\":100,"
            + "\"assigned_pipelines\":[\"ingest\"],\"cpu_cores\":8,\"events_processed\":1500}";

    private final FakeCluster cluster = new FakeCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void a_table_has_a_row_for_each_worker() {
        var run = cluster.run("worker", "list");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("""
                ID        STATUS     PIPELINES  MAX  EVENTS  ADDRESS
                worker-0  ready              1  100    1500  http://localhost:9000
                worker-1  unhealthy          0  100      20  http://localhost:9001
                """);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void json_is_the_contract() {
        var run = cluster.run("workers", "list", "-o", "json", "--filter", "status=ready");

        assertThat(run.out()).isEqualTo("{\"schema\":1,\"items\":[" + WORKER_0 + "],\"next\":null}\n");
    }

    @Test
    void each_other_format_shows_the_chosen_fields() {
        String[] list = {"worker", "list", "--fields", "id,status", "-o"};

        assertThat(cluster.run(with(list, "jsonl")).out()).isEqualTo("""
                {"id":"worker-0","status":"ready"}
                {"id":"worker-1","status":"unhealthy"}
                """);
        assertThat(cluster.run(with(list, "yaml")).out()).isEqualTo("""
                schema: 1
                items:
                - id: worker-0
                  status: ready
                - id: worker-1
                  status: unhealthy
                next: null
                """);
        assertThat(cluster.run(with(list, "name")).out()).isEqualTo("worker-0\nworker-1\n");
        assertThat(cluster.run(with(list, "table")).out()).isEqualTo("""
                ID        STATUS
                worker-0  ready
                worker-1  unhealthy
                """);
    }

    @Test
    void a_list_that_was_cut_says_so_and_where_it_goes_on() {
        var run = cluster.run("worker", "list", "--limit", "1", "--sort", "-events_processed", "-o", "json");

        assertThat(run.out()).contains("\"next\":\"worker-1\"");
        assertThat(run.err()).isEqualTo("showing 1 of 2; --limit 0 for all\n");
    }

    @Test
    void a_narrow_terminal_loses_the_last_columns_first() {
        var shape = new Terminal.Shape(false, true, false, 40);

        var run = Run.on(shape, Map.of("NO_COLOR", "1"), "", "worker", "list", "--endpoint", cluster.endpoint());

        assertThat(run.out()).startsWith("ID        STATUS     PIPELINES  MAX\n");
        assertThat(run.err()).isEqualTo("no room for EVENTS, ADDRESS; -o wide shows all\n");
    }

    @Test
    void several_workers_are_found_by_the_beginning_of_their_ids() {
        var run = cluster.run("worker", "get", "worker-0", "worker-1", "-o", "name");

        assertThat(run.out()).isEqualTo("worker-0\nworker-1\n");
    }

    @Test
    void what_is_found_is_printed_and_what_is_not_makes_the_exit_code() {
        var run = cluster.run("worker", "get", "worker-0", "worker-9", "-o", "name");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out()).isEqualTo("worker-0\n");
        assertThat(run.err()).startsWith("error: there is no worker worker-9\n  try  worker-0, if that was meant");
    }

    @Test
    void a_beginning_that_several_ids_share_is_refused() {
        var run = cluster.run("worker", "get", "worker");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("\"worker\" means 2 workers").contains("worker-0, worker-1");
    }

    @Test
    void without_a_terminal_nothing_is_deleted_unless_the_flag_says_so() {
        cluster.on("DELETE /api/v1/cluster/workers/worker-0", 200, "{\"deleted\":true}");

        var asked = cluster.run("worker", "delete", "worker-0");
        var told = cluster.run("worker", "delete", "--yes", "worker-0", "-o", "json");

        assertThat(asked.exit()).isEqualTo(2);
        assertThat(asked.err())
                .contains("worker-0 out of the cluster, 1 pipelines moved")
                .contains("--yes");
        assertThat(told.exit()).isZero();
        assertThat(told.out())
                .isEqualTo("{\"schema\":1,\"items\":[{\"id\":\"worker-0\",\"deleted\":true}],\"next\":null}\n");
    }

    @Test
    void on_a_terminal_a_person_is_asked() {
        cluster.on("DELETE /api/v1/cluster/workers/worker-0", 200, "{\"deleted\":true}");
        var person = new Terminal.Shape(true, false, true, 0);
        String[] words = {"worker", "delete", "worker-0", "--endpoint", cluster.endpoint()};

        assertThat(Run.on(person, Map.of(), "n\n", words).exit()).isEqualTo(1);
        assertThat(Run.on(person, Map.of(), "", words).exit()).isEqualTo(1);
        assertThat(cluster.asked).noneMatch(one -> one.method().equals("DELETE"));
        assertThat(Run.on(person, Map.of(), "y\n", words).exit()).isZero();
    }

    @Test
    void a_name_that_would_move_the_cursor_is_made_visible() {
        cluster.on("GET /api/v1/cluster/workers", 200, "{\"workers\":[{\"id\":\"w\\u001b[2J\",\"status\":\"ready\"}]}");

        assertThat(cluster.run("worker", "list").out()).contains("w␛[2J").doesNotContain("\u001b");
    }

    private static String[] with(String[] words, String last) {
        var all = java.util.Arrays.copyOf(words, words.length + 1);
        all[words.length] = last;
        return all;
    }
}
