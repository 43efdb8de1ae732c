package dev.skein.cli.review;

import static dev.skein.cli.review.RecordedRun.PATH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.cli.FakeCluster;
import dev.skein.cli.FakeCluster.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewCommandTest {
    private final FakeCluster cluster = new FakeCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    private void begins(String run) {
        RecordedRun.known(cluster, run);
        cluster.on("POST " + PATH, 201, "{\"run\":" + run + ",\"found\":3,\"created\":3}");
    }

    @Test
    void a_review_is_begun_with_what_the_flags_say() {
        begins(RecordedRun.RUNNING);

        var run = cluster.run(
                "review",
                "start",
                "/srv/app",
                "--engine",
                "ollama",
                "--persona",
                "security-hawk",
                "--include",
                "*.java",
                "--exclude",
                "gen/**",
                "--max-depth",
                "4",
                "--priority",
                "src/auth/**=0",
                "--label",
                "gpu",
                "--since",
                "app",
                "--name",
                "app");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(cluster.last("POST " + PATH).body()).isEqualTo("""
                {"root":"/srv/app","max_attempts":3,"name":"app","engine":"ollama","persona":"security-hawk",\
                "since":"r-7","include":["*.java"],"exclude":["gen/**"],"labels":["gpu"],"max_depth":4,\
                "priorities":{"src/auth/**":0}}""");
        assertThat(run.out()).contains("r-7", "running");
        assertThat(run.err()).contains("3 tasks, 3 of them new; 300 lines in 4 files");
    }

    @Test
    void a_relative_root_is_taken_from_here() {
        begins(RecordedRun.RUNNING);

        cluster.run("review", "start", ".");

        assertThat(cluster.last("POST " + PATH).body())
                .contains("\"root\":\"" + Path.of("").toAbsolutePath() + "\"");
    }

    @Test
    void a_repository_is_asked_for_until_it_is_copied_and_a_workspace_by_its_name() {
        begins(RecordedRun.RUNNING);
        var asked = new AtomicInteger();
        var begun = "{\"run\":" + RecordedRun.RUNNING + ",\"found\":3,\"created\":3}";
        var copying = "{\"error\":\"it is being copied\",\"code\":\"review_copying\"}";
        cluster.on(
                "POST " + PATH, one -> asked.incrementAndGet() < 2 ? new Answer(503, copying) : new Answer(201, begun));

        var run = cluster.run("review", "start", "--git", "https://git.example.org/app.git", "--ref", "v1");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(asked).hasValue(2);
        assertThat(run.err()).contains("it is being copied", "3 tasks");
        assertThat(cluster.last("POST " + PATH).body())
                .isEqualTo("{\"git\":\"https://git.example.org/app.git\",\"ref\":\"v1\",\"max_attempts\":3}");
        cluster.run("review", "start", "--workspace", "app");
        assertThat(cluster.last("POST " + PATH).body()).isEqualTo("{\"workspace\":\"app\",\"max_attempts\":3}");
    }

    @Test
    void who_begins_at_the_same_time_as_somebody_else_gets_the_same_review() {
        var asked = new AtomicInteger();
        var begun = "{\"run\":" + RecordedRun.RUNNING + ",\"found\":3,\"created\":0}";
        var running = "{\"error\":\"it is being looked at already\",\"code\":\"review_running\"}";
        cluster.on(
                "POST " + PATH, one -> asked.incrementAndGet() < 3 ? new Answer(409, running) : new Answer(200, begun));

        var run = cluster.run("review", "start", ".");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).containsOnlyOnce("it is being looked at already").contains("3 tasks, 0 of them new");
    }

    @Test
    void a_review_that_was_incomplete_before_is_told_with_what_begins_it_anew() {
        begins(RecordedRun.INCOMPLETE);

        assertThat(cluster.run("review", "start", ".").err()).contains("skein review retry r-7 begins anew");
    }

    @Test
    void who_interrupts_is_told_how_it_goes_on() {
        var reviews = new ReviewApi(null);

        assertThat(new Following(null, reviews, false).farewell("r-7")).contains("skein review status r-7 --watch");
        assertThat(new Following(null, reviews, true).farewell("r-7")) // where nobody is left to be asked
                .contains("the same command goes on")
                .doesNotContain("status");
    }

    @Test
    void where_no_report_can_be_written_is_told_before_the_review_begins(@TempDir Path directory) throws Exception {
        begins(RecordedRun.RUNNING);
        var file = Files.writeString(directory.resolve("file"), "");

        var run = cluster.run("review", "start", "/srv/app", "--report", file.toString());

        assertThat(run.err()).contains("the report cannot be written to " + file);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(cluster.asked).isEmpty();
    }

    @Test
    void exactly_one_place_must_be_named() {
        for (var flags : List.of(
                List.<String>of(), List.of(".", "--workspace", "app"), List.of("--git", "u", "--workspace", "app"))) {
            var line = new ArrayList<>(List.of("review", "start"));
            line.addAll(flags);
            var run = cluster.run(line.toArray(String[]::new));

            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err()).contains("name one of PATH, --git and --workspace");
        }
        assertThat(cluster.run("review", "start", ".", "--ref", "v1").err()).contains("--ref goes with --git");
        assertThat(cluster.asked).isEmpty();
    }

    @Test
    void no_node_is_started_for_a_directory_that_is_not_there(@TempDir Path directory) {
        var none = directory.resolve("none").toString();

        var run = cluster.run("review", "start", none, "--embedded");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(none + " is no directory").doesNotContain("starting");
        assertThat(cluster.run("review", "start", "").err()).contains("PATH must not be empty");
    }

    @Test
    void the_status_of_a_repository_names_it_with_its_commit() {
        var git = "{\"git\":\"https://git.example.org/app.git\",\"commit\":\"0123456789abcdef0123\",";
        RecordedRun.known(cluster, git + RecordedRun.RUNNING.strip().substring(1));
        cluster.on("GET " + PATH + "/r-7/tasks", 200, RecordedRun.TASKS_RUNNING);

        assertThat(cluster.run("review", "status").out())
                .contains("Source root: https://git.example.org/app.git at 0123456789ab");
    }

    @Test
    void waiting_ends_with_the_run_and_says_how_by_its_exit_code() {
        begins(RecordedRun.RUNNING);
        var asked = new AtomicInteger();
        cluster.on(
                "GET " + PATH + "/r-7",
                one -> new Answer(200, asked.incrementAndGet() < 2 ? RecordedRun.RUNNING : RecordedRun.DONE));

        var run = cluster.run("review", "start", "/srv/app", "--wait");

        assertThat(run.exit()).as(run.err()).isEqualTo(1);
        assertThat(asked).hasValue(2);
        assertThat(run.err()).contains("review r-7: findings; 300 of 300 lines reviewed; 0 critical, 1 high, 1 medium");
    }

    @Test
    void the_exit_code_follows_the_threshold_and_completeness() {
        begins(RecordedRun.DONE);
        assertThat(cluster.run("review", "start", "/srv/app", "--wait").exit()).isEqualTo(1);
        assertThat(cluster.run("review", "start", "/srv/app", "--wait", "--fail-on", "critical")
                        .exit())
                .isZero();
        assertThat(cluster.run("review", "start", "/srv/app", "--wait", "--fail-on", "bad")
                        .exit())
                .isEqualTo(2);
        begins(RecordedRun.CLEAN);
        assertThat(cluster.run("review", "start", "/srv/app", "--wait").exit()).isZero();
        assertThat(cluster.run("review", "start", "/srv/app", "--wait", "--fail-on", "medium")
                        .exit())
                .isEqualTo(1);
        begins(RecordedRun.INCOMPLETE);
        assertThat(cluster.run("review", "start", "/srv/app", "--wait").exit()).isEqualTo(8);
        assertThat(cluster.run("review", "status", "r-7", "--watch").exit()).isEqualTo(8);
    }

    @Test
    void flags_that_cannot_be_meant_are_refused_before_anything_is_asked() {
        assertThat(cluster.run("review", "start", "/srv/app", "--priority", "a=9")
                        .exit())
                .isEqualTo(2);
        assertThat(cluster.run("review", "start", "/srv/app", "--max-depth", "-1")
                        .exit())
                .isEqualTo(2);
        assertThat(cluster.run("review", "start", "/srv/app", "--wait", "--format", "pdf")
                        .err())
                .contains("there is no format pdf", "sarif, md, jsonl, rdjsonl, junit");
        assertThat(cluster.run("review", "prioritize", "r-7", "t-1", "--priority", "5")
                        .exit())
                .isEqualTo(2);
        assertThat(cluster.asked).isEmpty();
    }

    @Test
    void the_status_shows_what_runs_what_comes_next_and_when_it_will_end() {
        RecordedRun.known(cluster, RecordedRun.RUNNING);
        cluster.on("GET " + PATH + "/r-7/tasks", 200, RecordedRun.TASKS_RUNNING);

        var run = cluster.run("review", "status");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Review r-7", "Source root: /srv/app", "Completed:   1 (33%)", "[t-2] src (worker-1, ")
                .contains("[t-3] (P2) src/a", "ETA: ~9s", "worker-0: 1 tasks, 10.0 lines/s");
    }

    @Test
    void the_status_says_that_lines_are_missing_where_all_tasks_are_done() {
        var partly = RecordedRun.DONE
                .replace("\"state\":\"done\"", "\"state\":\"incomplete\"")
                .replace("\"reviewed\":300", "\"reviewed\":120");
        RecordedRun.known(cluster, partly);
        cluster.on("GET " + PATH + "/r-7/tasks", 200, "{\"tasks\":[],\"total\":0,\"pagination\":{}}");

        assertThat(cluster.run("review", "status").err()).contains("r-7: incomplete; 120 of 300 lines reviewed");
        assertThat(cluster.run("review", "status", "-o", "json").err()).isEmpty();
    }

    @Test
    void the_status_shows_why_tasks_failed_and_has_the_same_fields_as_json() {
        RecordedRun.known(cluster, RecordedRun.INCOMPLETE);
        cluster.on("GET " + PATH + "/r-7/tasks", 200, RecordedRun.TASKS_FAILED);

        assertThat(cluster.run("review", "status", "app").out())
                .contains("[t-3] src/a: the model is down", "skein review retry r-7");
        assertThat(cluster.run("review", "status", "r-7", "-o", "json").out())
                .contains("\"failed_tasks\":[{\"id\":\"t-3\"", "\"next\":[]", "\"in_progress\":[]", "\"lines\":300");
    }

    @Test
    void findings_are_listed_from_all_pages_without_suppressed_ones() {
        RecordedRun.known(cluster, RecordedRun.DONE);

        var run = cluster.run("review", "findings", "r-7", "--severity", "info");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("src/B.java:3", "bad-call", "src/A.java:9")
                .doesNotContain("src/A.java:1 ");
        assertThat(cluster.asked.get(1).path()).contains("severity=info");
        assertThat(cluster.run("review", "findings", "r-7", "--suppressed", "-q")
                        .out())
                .isEqualTo("f-1\nf-2\nf-3\n");
        assertThat(cluster.run("review", "tasks").out()).contains("src/a", "worker-1");
        assertThat(cluster.run("reviews", "list", "-q").out()).isEqualTo("r-7\n");
    }

    @Test
    void findings_that_were_not_asked_for_are_not_counted_as_if_there_were_none() {
        RecordedRun.known(cluster, RecordedRun.DONE);
        var two = "{\"findings\":[{\"fingerprint\":\"f-1\"},{\"fingerprint\":\"f-2\"}]";
        cluster.on("GET " + PATH + "/r-7/findings", 200, two + ",\"next\":\"t-1/0\"}");
        assertThat(cluster.run("review", "findings", "r-7", "--limit", "1").err())
                .contains("showing 1 of more than 2; --limit 0 for all");

        cluster.on("GET " + PATH + "/r-7/findings", 200, two + "}");
        assertThat(cluster.run("review", "findings", "r-7", "--limit", "1").err())
                .contains("showing 1 of 2; --limit 0 for all");
    }

    @Test
    void findings_are_dismissed_for_a_reason_and_tasks_changed() {
        RecordedRun.known(cluster, RecordedRun.DONE);
        cluster.on("POST " + PATH + "/r-7/dismissals", 200, "{\"dismissed\":true}");
        cluster.on("POST " + PATH + "/r-7/retry", 200, "{\"tasks\":2}");
        cluster.on("POST " + PATH + "/r-7/cancel", 200, "{\"done\":true}");
        cluster.on("PATCH " + PATH + "/r-7/tasks/t-3", 200, "{\"done\":true}");

        assertThat(cluster.run("review", "dismiss", "r-7", "f-1").exit()).isEqualTo(2);
        assertThat(cluster.run("review", "dismiss", "r-7", "f-1", "--reason", "known")
                        .exit())
                .isZero();
        assertThat(cluster.last("POST " + PATH + "/r-7/dismissals").body())
                .isEqualTo("{\"fingerprint\":\"f-1\",\"reason\":\"known\"}");
        assertThat(cluster.run("review", "retry", "r-7", "t-1", "t-3").err()).contains("2 tasks of r-7 begin anew");
        assertThat(cluster.last("POST " + PATH + "/r-7/retry").body()).isEqualTo("{\"tasks\":[\"t-1\",\"t-3\"]}");
        assertThat(cluster.run("review", "cancel", "r-7").err()).contains("r-7 cancelled");
        assertThat(cluster.run("review", "prioritize", "r-7", "t-3", "--priority", "0")
                        .exit())
                .isZero();
        assertThat(cluster.last("PATCH " + PATH + "/r-7/tasks/t-3").body()).isEqualTo("{\"priority\":0}");
    }

    @Test
    void a_finding_is_dismissed_by_the_beginning_of_its_fingerprint() {
        RecordedRun.known(cluster, RecordedRun.DONE);
        cluster.on(
                "POST " + PATH + "/r-7/dismissals",
                asked -> asked.body().contains("\"9f3c2a77\"")
                        ? new FakeCluster.Answer(200, "{\"dismissed\":true}")
                        : new FakeCluster.Answer(
                                404, "{\"error\":\"nothing of this\",\"code\":\"finding_not_found\"}"));
        cluster.on(
                "GET " + PATH + "/r-7/findings",
                asked -> new FakeCluster.Answer(
                        200,
                        asked.path().contains("cursor")
                                ? "{\"findings\":[{\"fingerprint\":\"9f3c2a77\"},{\"fingerprint\":\"9f3c2a77\"}]}"
                                : "{\"findings\":[{\"fingerprint\":\"9f11\"}],\"next\":\"c\"}"));

        var one = cluster.run("review", "dismiss", "r-7", "9f3c", "--reason", "known");
        var two = cluster.run("review", "dismiss", "r-7", "9f", "--reason", "known");
        var none = cluster.run("review", "dismiss", "r-7", "77", "--reason", "known");

        assertThat(one.exit()).as(one.err()).isZero();
        assertThat(two.exit()).isEqualTo(2);
        assertThat(two.err()).contains("9f is the beginning of 2 fingerprints, 9f11 and 9f3c2a77 among them");
        assertThat(none.exit()).isEqualTo(3);
    }

    @Test
    void without_a_review_the_command_that_begins_one_is_named() {
        cluster.on("GET " + PATH, 200, "{\"reviews\":[],\"total\":0,\"pagination\":{}}");

        var run = cluster.run("review", "status");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("skein review start .");
    }
}
