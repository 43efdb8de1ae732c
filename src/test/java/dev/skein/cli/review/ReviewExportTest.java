package dev.skein.cli.review;

import static dev.skein.cli.review.RecordedRun.PATH;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.FakeCluster;
import dev.skein.cli.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewExportTest {
    private final FakeCluster cluster = new FakeCluster();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void a_report_has_all_pages_in_order_of_place() throws IOException {
        RecordedRun.known(cluster, RecordedRun.DONE);
        var report = directory.resolve("report");

        var run = cluster.run("review", "export", "r-7", "--to", report.toString());

        assertThat(run.exit()).as(run.err()).isEqualTo(1);
        assertThat(run.out().lines()).hasSize(5).allMatch(line -> Files.isRegularFile(Path.of(line)));
        assertThat(Files.readAllLines(report.resolve("findings.jsonl")))
                .extracting(line ->
                        new ObjectMapper().readTree(line).path("fingerprint").asText())
                .containsExactly("f-3", "f-2", "f-1");
        var sarif = new ObjectMapper().readTree(report.resolve("review.sarif").toFile());
        assertThat(sarif.at("/runs/0/results")).hasSize(3);
        assertThat(sarif.at("/runs/0/invocations/0/executionSuccessful").asBoolean())
                .isTrue();
        assertThat(report.resolve("REVIEW-SUMMARY.md"))
                .content()
                .contains("100.0 % (300 of 300 lines in 4 files)", "| worker-0 | 2 | 0 | 200 | 2 | 0h 0m 20s |")
                .contains("- binary: 2");
        assertThat(report.resolve(".gitignore")).hasContent("*");
    }

    @Test
    void what_was_skipped_is_told_by_path_as_far_as_the_run_knows_it() throws IOException {
        RecordedRun.known(cluster, RecordedRun.DONE);
        cluster.on("GET " + PATH + "/r-7/skipped", 200, """
                {"skipped":[{"path":"logo.png","reason":"binary"}],"counts":{"binary":2},"more":1}""");

        var run = cluster.run("review", "export", "r-7", "--to", directory.toString());

        assertThat(run.exit()).as(run.err()).isEqualTo(1);
        assertThat(directory.resolve("REVIEW-SUMMARY.md"))
                .content()
                .contains("- binary: 2\n  - `logo.png`\n  - \u2026 and 1 more\n");
        var sarif =
                new ObjectMapper().readTree(directory.resolve("review.sarif").toFile());
        var notices = sarif.at("/runs/0/invocations/0/toolExecutionNotifications");
        assertThat(notices.findValuesAsText("uri")).contains("logo.png");
        assertThat(notices.findValuesAsText("text")).contains("skipped: binary", "and 1 more");
        var findings = directory.resolve("findings.jsonl");
        assertThat(findings).content().endsWith("{\"skipped\":\"binary\",\"path\":\"logo.png\"}\n");
        assertThat(cluster.run(
                                "review",
                                "export",
                                "--to=" + directory.resolve("next"),
                                "--baseline=" + findings,
                                "--fail-on=info")
                        .exit())
                .isZero();
    }

    @Test
    void with_a_baseline_only_new_findings_fail_and_what_is_suppressed_is_marked() throws IOException {
        RecordedRun.known(cluster, RecordedRun.DONE);
        var first = directory.resolve("first");
        var second = directory.resolve("second");
        cluster.run("review", "export", "r-7", "--to", first.toString());
        var baseline = first.resolve("findings.jsonl");

        var same = cluster.run(
                "review",
                "export",
                "r-7",
                "--to",
                second.toString(),
                "--baseline",
                baseline.toString(),
                "--fail-on=info");

        assertThat(same.exit()).as(same.err()).isZero();
        assertThat(same.err()).contains("review r-7: clean");
        assertThat(Files.readString(second.resolve("findings.jsonl"))).contains("\"unchanged\"");

        var fewer = Files.readAllLines(baseline).stream()
                .filter(line -> !line.contains("f-1"))
                .toList();
        Files.write(baseline, fewer);
        var newer = cluster.run(
                "review",
                "export",
                "r-7",
                "--to",
                second.toString(),
                "--baseline",
                baseline.toString(),
                "--fail-on=info");
        assertThat(newer.exit()).as(newer.err()).isEqualTo(1);

        var known = Files.writeString(
                directory.resolve("known.yaml"), "- {fingerprint: f-1, reason: a test, author: ann}\n");
        var hidden = cluster.run(
                "review",
                "export",
                "r-7",
                "--to=" + second,
                "--baseline=" + baseline,
                "--suppressions=" + known,
                "--fail-on=info");
        assertThat(hidden.exit()).as(hidden.err()).isZero();
        assertThat(Files.readString(second.resolve("findings.jsonl"))).contains("a test (ann)");
    }

    @Test
    void a_baseline_or_suppressions_that_cannot_be_meant_are_refused_by_name() throws IOException {
        RecordedRun.known(cluster, RecordedRun.DONE);
        var broken = Files.writeString(directory.resolve("broken.yaml"), "- {fingerprint: f-3}\n");
        var nonsense = Files.writeString(directory.resolve("nonsense.jsonl"), "{\"path\": 3}\n");

        assertThat(cluster.run("review", "export", "--to", directory.toString(), "--suppressions", broken.toString())
                        .err())
                .contains("--suppressions", "line 1");
        assertThat(cluster.run("review", "export", "--to", directory.toString(), "--baseline", nonsense.toString())
                        .err())
                .contains("--baseline", "is no list of findings");
        assertThat(cluster.run("review", "export", "--to", directory.toString(), "--baseline", "/no/such")
                        .err())
                .contains("--baseline: /no/such cannot be read");
    }

    @Test
    void a_report_of_a_review_that_is_not_complete_says_so_and_exits_8() throws IOException {
        RecordedRun.known(cluster, RecordedRun.INCOMPLETE);
        cluster.on("GET " + PATH + "/r-7/tasks", 200, RecordedRun.TASKS_FAILED);

        var run = cluster.run("review", "export", "--to", directory.toString(), "--format", "sarif,md");

        assertThat(run.exit()).as(run.err()).isEqualTo(8);
        assertThat(Files.readString(directory.resolve("REVIEW-SUMMARY.md")))
                .contains("66.6 %", "failed after 3 attempts: the model is down");
        var sarif =
                new ObjectMapper().readTree(directory.resolve("review.sarif").toFile());
        assertThat(sarif.at("/runs/0/invocations/0/executionSuccessful").asBoolean())
                .isFalse();
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("REVIEW-SUMMARY.md", "review.sarif");
        }
    }

    @Test
    void one_format_goes_to_standard_output_alone_and_several_need_a_directory() throws IOException {
        RecordedRun.known(cluster, RecordedRun.CLEAN);

        var run = cluster.run("review", "export", "r-7", "--format", "jsonl", "--fail-on", "critical");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSize(3).allMatch(line -> line.startsWith("{\"path\":\"src/"));
        assertThat(cluster.run("review", "export", "r-7").exit()).isEqualTo(2);
        assertThat(cluster.run("review", "export", "r-7", "--format", "sarif").out())
                .startsWith("{\"$schema\"");
    }

    @Test
    void a_report_whose_reader_went_away_ends_as_such_and_leaves_no_file() throws IOException {
        RecordedRun.known(cluster, RecordedRun.CLEAN);
        var before = leftOver();
        var gone = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        var environment = Map.of("SKEIN_ENDPOINT", cluster.endpoint());
        int exit = Run.into(gone, environment, "review", "export", "r-7", "--format", "sarif");

        assertThat(exit).isEqualTo(141);
        assertThat(leftOver()).isEqualTo(before);
    }

    private static Set<Path> leftOver() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("skein-review-"))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void what_is_no_finding_is_a_failure_with_its_line_and_leaves_no_file() throws IOException {
        RecordedRun.known(cluster, RecordedRun.DONE);
        cluster.on("GET " + PATH + "/r-7/findings", 200, "{\"findings\":[{\"path\":7}],\"rules\":[],\"gaps\":[]}");

        var run = cluster.run("review", "export", "r-7", "--to", directory.toString());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("the findings cannot be read", "line 1: path must be text");
        assertThat(directory).isEmptyDirectory();
    }
}
