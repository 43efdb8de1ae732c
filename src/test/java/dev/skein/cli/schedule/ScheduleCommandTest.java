package dev.skein.cli.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.cli.FakeCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScheduleCommandTest {
    private static final String PATH = "/api/v1/schedules";
    private static final String JOB = "{\"type\":\"exec\",\"payload\":{\"argv\":[\"backup.sh\",\"--all\"]}}";
    private static final String NIGHTLY =
            "{\"id\":\"nightly\",\"cron\":\"0 3 * * *\",\"zone\":\"UTC\",\"overlap\":false,"
                    + "\"paused\":false,\"job\":" + JOB + ",\"next_at\":\"2026-01-02T03:00:00.000Z\",\"skipped\":4}";

    private final FakeCluster cluster = new FakeCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void schedules_are_listed_and_shown() {
        cluster.on("GET " + PATH, 200, "{\"schedules\":[" + NIGHTLY + "]}");
        cluster.on("GET " + PATH + "/nightly", 200, NIGHTLY);

        assertThat(cluster.run("schedule", "list").out()).contains("nightly", "0 3 * * *", "exec", "2026-01-02");
        assertThat(cluster.run("schedules", "get", "nightly", "-o", "json").out())
                .contains("\"items\":[" + NIGHTLY + "]");
    }

    @Test
    void a_schedule_is_created_with_the_words_of_its_command() {
        cluster.on("POST " + PATH, 201, NIGHTLY);

        var run = cluster.run(
                "schedule", "create", "nightly", "--cron", "0 3 * * *", "--type", "exec", "--", "backup.sh", "--all");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(cluster.last("POST " + PATH).body())
                .isEqualTo("{\"cron\":\"0 3 * * *\",\"job\":" + JOB + ",\"id\":\"nightly\"}");
    }

    @Test
    void an_update_keeps_what_is_not_named() {
        cluster.on("GET " + PATH + "/nightly", 200, NIGHTLY);
        cluster.on("PUT " + PATH + "/nightly", 200, NIGHTLY);

        var run = cluster.run("schedule", "update", "nightly", "--cron", "30 2 * * *", "--overlap");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(cluster.last("PUT " + PATH + "/nightly").body())
                .isEqualTo("{\"cron\":\"30 2 * * *\",\"zone\":\"UTC\",\"overlap\":true,\"paused\":false,\"job\":" + JOB
                        + "}");
    }

    @Test
    void schedules_are_paused_resumed_and_deleted() {
        cluster.on("POST " + PATH + "/nightly/pause", 200, NIGHTLY);
        cluster.on("POST " + PATH + "/nightly/resume", 200, NIGHTLY);
        cluster.on("DELETE " + PATH + "/nightly", 200, "{\"deleted\":true}");

        assertThat(cluster.run("schedule", "pause", "nightly").exit()).isZero();
        assertThat(cluster.run("schedule", "resume", "nightly").exit()).isZero();
        assertThat(cluster.run("schedule", "delete", "nightly", "--yes", "-q").out())
                .isEqualTo("nightly\n");
    }

    @Test
    void what_is_missing_is_named_and_nothing_is_sent() {
        assertThat(cluster.run("schedule", "create", "n", "--type", "exec").err())
                .contains("--cron is missing");
        assertThat(cluster.run("schedule", "create", "n", "--cron", "@daily").err())
                .contains("--type is missing");
        assertThat(cluster.run("schedule", "create", "n", "--cron", "@daily", "--type", "x", "--payload", "{")
                        .exit())
                .isEqualTo(2);
        assertThat(cluster.asked).isEmpty();
    }
}
