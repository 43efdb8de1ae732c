package dev.skein.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.cli.FakeCluster;
import dev.skein.cli.FakeCluster.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobCommandTest {
    private static final String QUEUED = job("queued", "");
    private static final String DONE = job("succeeded", ",\"result\":{\"exit_code\":0}");
    private static final String FAILED =
            job("dead", ",\"outcome\":{\"code\":\"exit_code\",\"message\":\"it ended with 3\"}");

    private final FakeCluster cluster = new FakeCluster();

    @TempDir
    Path folder;

    private static String job(String state, String more) {
        return "{\"id\":\"01J8\",\"type\":\"exec\",\"state\":\"" + state + "\",\"attempt\":1,\"worker\":\"worker-0\","
                + "\"created_at\":\"2026-01-15T10:00:00.000Z\"" + more + "}";
    }

    @BeforeEach
    void answers() {
        cluster.on("POST /api/v1/jobs", 202, "{\"id\":\"01J8\",\"state\":\"queued\",\"existing\":false}");
        cluster.on("GET /api/v1/jobs/01J8", 200, DONE);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void words_after_the_dashes_are_the_program() {
        var run = cluster.run(
                "job",
                "submit",
                "--type",
                "exec",
                "--memory",
                "512MiB",
                "--delay",
                "2s",
                "--key",
                "k",
                "--label",
                "a=b",
                "-o",
                "json",
                "--",
                "echo",
                "--hello");

        assertThat(run.out())
                .isEqualTo("{\"schema\":1,\"items\":[{\"id\":\"01J8\",\"state\":\"queued\",\"existing\":false}],"
                        + "\"next\":null}\n");
        assertThat(run.exit()).isZero();
        assertThat(cluster.last("POST /api/v1/jobs").body())
                .isEqualTo(
                        "{\"type\":\"exec\",\"payload\":{\"argv\":[\"echo\",\"--hello\"]},\"memory_bytes\":536870912,"
                                + "\"delay_millis\":2000,\"labels\":[\"a=b\"],\"idempotency_key\":\"k\"}");
    }

    @Test
    void without_a_key_one_is_made_and_a_lost_leader_does_not_submit_twice() {
        var times = new AtomicInteger();
        cluster.on(
                "POST /api/v1/jobs",
                asked -> times.incrementAndGet() == 1
                        ? new Answer(503, "{\"error\":\"nobody leads\",\"code\":\"no_leader\",\"request_id\":\"r\"}")
                        : new Answer(202, "{\"id\":\"01J8\",\"state\":\"queued\",\"existing\":true}"));

        assertThat(cluster.run("job", "submit", "--type", "mcp", "--payload", "{}", "-q")
                        .out())
                .isEqualTo("01J8\n");
        assertThat(cluster.asked).hasSize(2);
        assertThat(cluster.asked.get(0).body())
                .contains("\"idempotency_key\":\"cli-")
                .isEqualTo(cluster.asked.get(1).body());
    }

    @Test
    void waiting_ends_with_the_job_and_says_how() {
        var run = cluster.run("job", "submit", "--type", "exec", "--wait", "-o", "jsonl", "--", "true");
        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo(DONE + "\n");

        cluster.on("GET /api/v1/jobs/01J8", 200, FAILED);
        var failed = cluster.run("job", "wait", "01J8");
        assertThat(failed.exit()).isEqualTo(8);
        assertThat(failed.err())
                .contains("job 01J8 ended as dead", "exit_code: it ended with 3", "skein job logs 01J8");
    }

    @Test
    void time_that_runs_out_is_told_apart() {
        cluster.on("GET /api/v1/jobs/01J8", 200, QUEUED);

        var run = cluster.run("job", "wait", "01J8", "--wait-timeout", "1ms");

        assertThat(run.exit()).isEqualTo(7);
        assertThat(run.err()).contains("job 01J8 is still queued", "skein job wait 01J8");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void a_list_follows_the_cursor() {
        cluster.on(
                "GET /api/v1/jobs",
                asked -> new Answer(
                        200,
                        asked.path().contains("cursor=c1")
                                ? "{\"jobs\":[" + DONE + "]}"
                                : "{\"jobs\":[" + QUEUED.replace("01J8", "01J9") + "],\"next\":\"c1\"}"));

        var run = cluster.run("job", "list", "--state", "queued,succeeded", "--limit", "0", "-o", "name");

        assertThat(run.out()).isEqualTo("01J9\n01J8\n");
        assertThat(cluster.asked.get(0).path()).contains("&state=queued%2Csucceeded");
        assertThat(cluster.run("job", "list", "--limit", "1").err()).contains("showing 1 of 2");
        assertThat(cluster.run("job", "list").out()).startsWith("ID").contains("exec", "queued", "worker-0");
    }

    @Test
    void the_beginning_of_an_id_is_enough() {
        cluster.on("GET /api/v1/jobs", 200, "{\"jobs\":[" + DONE + "]}");

        assertThat(cluster.run("job", "get", "01", "-o", "name").out()).isEqualTo("01J8\n");
        assertThat(cluster.run("job", "get", "02").exit()).isEqualTo(3);
        assertThat(cluster.run("job", "get", "01J8").out()).contains("{\"exit_code\":0}");
    }

    @Test
    void reasons_are_a_table_with_a_summary_beside_it() {
        cluster.on("GET /api/v1/jobs/01J8/why", 200, """
                {"id":"01J8","state":"queued",\
                "reasons":[{"code":"no_memory","message":"3 GiB asked","worker":"heavy-1"}],"ahead":2}""");

        var run = cluster.run("job", "why", "01J8");

        assertThat(run.out()).isEqualTo("""
                REASON     WORKER   MESSAGE
                no_memory  heavy-1  3 GiB asked
                """);
        assertThat(run.err()).isEqualTo("01J8 is queued; 2 ahead of it\n");
    }

    @Test
    void several_are_cancelled_and_retried_and_each_failure_counts() {
        cluster.on("POST /api/v1/jobs/01J8/cancel", 200, QUEUED);
        cluster.on("POST /api/v1/jobs/01J8/retry", 409, "{\"error\":\"it runs\",\"code\":\"job_not_ended\"}");
        cluster.on("GET /api/v1/jobs", 200, "{\"jobs\":[]}");

        var run = cluster.run("job", "cancel", "01J8", "nobody", "--reason", "enough", "-q");
        assertThat(run.out()).isEqualTo("01J8\n");
        assertThat(run.exit()).isEqualTo(3);
        assertThat(cluster.last("POST /api/v1/jobs/01J8/cancel").body()).isEqualTo("{\"reason\":\"enough\"}");
        assertThat(cluster.run("job", "retry", "01J8").exit()).isEqualTo(5);
        assertThat(cluster.run("job", "cancel").exit()).isEqualTo(2);
    }

    @Test
    void the_key_of_the_flag_wins_over_that_of_the_file() throws Exception {
        cluster.on("POST /api/v1/jobs", 202, "{\"id\":\"01J8\",\"state\":\"queued\",\"existing\":false}");
        var file = Files.writeString(
                folder.resolve("job.json"), "{\"type\":\"exec\",\"payload\":{},\"idempotency_key\":\"of-the-file\"}");

        cluster.run("job", "submit", "-f", file.toString(), "--key", "mine");
        assertThat(cluster.last("POST /api/v1/jobs").body()).contains("\"idempotency_key\":\"mine\"");
        cluster.run("job", "submit", "-f", file.toString());
        assertThat(cluster.last("POST /api/v1/jobs").body()).contains("\"idempotency_key\":\"of-the-file\"");
    }

    @Test
    void a_log_is_followed_to_its_end() {
        cluster.on(
                "GET /api/v1/jobs/01J8/logs",
                asked -> new Answer(
                        200,
                        asked.path().contains("offset=4&")
                                ? "{\"attempt\":1,\"text\":\"two\\n\",\"next\":8,\"dropped\":0,\"ended\":true}"
                                : "{\"attempt\":1,\"text\":\"one\\n\",\"next\":4,\"dropped\":0,\"ended\":false}"));

        assertThat(cluster.run("job", "logs", "01J8").out()).isEqualTo("one\n");
        assertThat(cluster.run("job", "logs", "01J8", "--follow").out()).isEqualTo("one\ntwo\n");
    }

    @Test
    void a_log_is_followed_through_all_attempts() {
        cluster.on("GET /api/v1/jobs/01J8/logs", asked -> new Answer(200, attempts(asked.path())));

        var run = cluster.run("job", "logs", "01J8", "--follow");

        assertThat(run.out()).isEqualTo("one\ntwo\n");
        assertThat(run.err()).contains("attempt 2 has begun");
    }

    private static String attempts(String path) {
        if (path.contains("attempt=1")) {
            return "{\"attempt\":2,\"text\":\"two\\n\",\"next\":4,\"dropped\":0,\"ended\":true}";
        }
        return path.contains("attempt=0")
                ? "{\"attempt\":1,\"text\":\"one\\n\",\"next\":4,\"dropped\":0,\"ended\":false}"
                : "{\"attempt\":0,\"text\":\"\",\"next\":0,\"dropped\":0,\"ended\":false}";
    }

    @Test
    void what_cannot_be_meant_is_refused_here() {
        assertThat(cluster.run("job", "submit").exit()).isEqualTo(2);
        assertThat(cluster.run("job", "submit", "--type", "mcp", "--payload", "{")
                        .err())
                .contains("line 1, column");
        assertThat(cluster.run("job", "submit", "--type", "exec", "--memory", "much", "--", "x")
                        .exit())
                .isEqualTo(2);
        assertThat(cluster.asked).isEmpty();
    }
}
