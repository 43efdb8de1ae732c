package dev.skein.cli.moving;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.cli.FakeCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovingCommandsTest {
    private static final String GROUP = "/api/v1/cluster/pipeline-groups/5f1c2a90-0000-4000-8000-000000000001";
    private static final String MIGRATIONS = """
            {"migrations":[{"id":"aa11","pipeline_name":"ingest","group_id":"g","source_worker":"worker-0",\
            "target_worker":"worker-1","status":"completed","reason":"drain","elapsed_ms":120,"state_moved":true}],\
            "total":1,"pagination":{"total":1,"limit":1000,"offset":0,"has_more":false}}""";
    private static final String PLAN = """
            {"name":"orders","steps":[{"pipeline_name":"ingest","action":"add","worker_id":"worker-0",\
            "reasons":["worker-0 chosen: next in turn"]}],"add":1,"keep":0,"change":0,"remove":0}""";

    @TempDir
    Path folder;

    private final FakeCluster cluster = new FakeCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    private String spec() throws IOException {
        return Files.writeString(folder.resolve("orders.json"), "{\"name\": \"orders\", \"pipelines\": []}")
                .toString();
    }

    @Test
    void a_drain_gives_its_time_and_reason_and_says_what_moved() {
        cluster.on("POST /api/v1/cluster/workers/worker-0/drain", 200, """
                {"worker_id":"worker-0","pipelines_migrated":1,"status":"drained"}""");

        var run = cluster.run("worker", "drain", "worker-0", "--deadline", "10m", "--reason", "disk swap", "--force");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(cluster.last("POST /api/v1/cluster/workers/worker-0/drain").body())
                .isEqualTo("{\"timeout_secs\":600,\"force\":true,\"reason\":\"disk swap\"}");
        assertThat(run.out()).contains("worker-0", "drained", "1");
    }

    @Test
    void a_worker_that_could_not_be_emptied_ends_in_exit_7() {
        cluster.on("POST /api/v1/cluster/workers/worker-0/drain", 200, """
                {"worker_id":"worker-0","pipelines_migrated":0,"status":"draining","remaining":["ingest"]}""");

        var run = cluster.run("worker", "drain", "worker-0");

        assertThat(run.exit()).isEqualTo(7);
        assertThat(run.err()).contains("worker-0 still holds 1 pipelines");
    }

    @Test
    void a_drain_that_takes_long_is_followed_until_the_worker_is_empty() throws Exception {
        var slow = new CountDownLatch(1);
        cluster.on("POST /api/v1/cluster/workers/worker-0/drain", asked -> late(slow));
        var looks = new AtomicInteger();
        cluster.on(
                "GET /api/v1/cluster/workers/worker-0",
                asked -> new FakeCluster.Answer(
                        200,
                        "{\"id\":\"worker-0\",\"assigned_pipelines\":[%s]}"
                                .formatted(looks.incrementAndGet() < 2 ? "\"ingest\"" : "")));

        var run = cluster.run("worker", "drain", "worker-0", "--wait", "-o", "json");
        slow.countDown();

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"pipelines_migrated\":1,\"status\":\"drained\"");
        assertThat(run.err()).contains("worker-0: 1 pipelines left");
        assertThat(cluster.last("POST /api/v1/cluster/workers/worker-0/drain").body())
                .contains("\"timeout_secs\":3600");
    }

    @Test
    void a_detached_drain_goes_on_by_itself() {
        var slow = new CountDownLatch(1);
        cluster.on("POST /api/v1/cluster/workers/worker-0/drain", asked -> late(slow));

        var run = cluster.run("worker", "drain", "worker-0", "--detach", "-o", "json");
        slow.countDown();

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"status\":\"draining\",\"remaining\":[\"ingest\"]");
        assertThat(cluster.run("worker", "drain", "worker-0", "--detach", "--wait")
                        .exit())
                .isEqualTo(2);
        assertThat(cluster.run("worker", "drain", "worker-0", "--deadline", "25h")
                        .exit())
                .isEqualTo(2);
        assertThat(cluster.run("worker", "drain", "worker-0", "--deadline", "1h", "--no-deadline")
                        .exit())
                .isEqualTo(2);
    }

    private static FakeCluster.Answer late(CountDownLatch slow) {
        try {
            return new FakeCluster.Answer(slow.await(30, SECONDS) ? 200 : 500, "{}");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void workers_are_cordoned_and_uncordoned() {
        cluster.on("POST /api/v1/cluster/workers/worker-0/cordon", 200, """
                {"worker_id":"worker-0","cordoned":true}""");
        cluster.on("POST /api/v1/cluster/workers/worker-0/uncordon", 200, """
                {"worker_id":"worker-0","cordoned":false}""");

        assertThat(cluster.run("worker", "cordon", "worker-0").out()).contains("true");
        assertThat(cluster.run("worker", "uncordon", "worker-0").out()).contains("false");
    }

    @Test
    void a_replica_is_migrated_by_its_name() {
        cluster.on(
                "POST /api/v1/cluster/pipelines/5f1c2a90-0000-4000-8000-000000000001/ingest%231/migrate",
                202, "{\"migration_id\":\"aa11\",\"pipeline\":\"ingest#1\",\"group_id\":\"g\",\"status\":\"started\"}");

        var run = cluster.run("pipeline", "migrate", "orders", "ingest#1", "--to", "worker-1");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("skein migration get aa11");
    }

    @Test
    void migrations_are_listed_and_shown() {
        cluster.on("GET /api/v1/cluster/migrations", 200, MIGRATIONS);

        assertThat(cluster.run("migration", "list").out()).contains("worker-0", "worker-1", "completed", "drain");
        assertThat(cluster.run("migration", "get", "aa", "-o", "json").out()).contains("\"elapsed_ms\":120");
    }

    @Test
    void a_rebalance_says_how_much_moves() {
        cluster.on("POST /api/v1/cluster/rebalance", 200, "{\"migrations_started\":1,\"migration_ids\":[\"aa11\"]}");

        assertThat(cluster.run("rebalance").out()).contains("aa11");
    }

    @Test
    void a_plan_shows_reasons_and_can_say_by_exit_code_that_there_is_something_to_do() throws IOException {
        cluster.on("POST /api/v1/cluster/pipeline-groups/plan", 200, PLAN);

        var run = cluster.run("group", "plan", "-f", spec(), "--detailed-exitcode");

        assertThat(run.exit()).isEqualTo(9);
        assertThat(run.out()).contains("ingest", "add", "worker-0 chosen: next in turn");
        assertThat(run.err()).contains("1 to add, 0 to change, 0 to remove, 0 stay");
    }

    @Test
    void an_update_puts_the_file_and_a_dry_run_only_asks() throws IOException {
        cluster.on(
                "PUT " + GROUP,
                asked ->
                        new FakeCluster.Answer(200, asked.path().endsWith("?dry_run=true") ? PLAN : FakeCluster.GROUP));

        assertThat(cluster.run("group", "update", "orders", "-f", spec()).out()).contains("running");
        assertThat(cluster.run("group", "update", "orders", "-f", spec(), "--dry-run")
                        .out())
                .contains("next in turn");
    }
}
