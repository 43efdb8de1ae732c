package dev.skein.cli.review.ledger.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.FakeCluster;
import dev.skein.cli.Run;
import dev.skein.git.Upstream;
import dev.skein.review.Finding;
import dev.skein.review.Region;
import dev.skein.review.Severity;
import dev.skein.review.finding.Tally;
import dev.skein.review.ledger.result.ResultFile;
import dev.skein.review.ledger.work.Reviewer.By;
import dev.skein.review.ledger.work.Reviewer.Opinion;
import dev.skein.review.ledger.work.Reviewer.Order;
import dev.skein.review.ledger.work.TestSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerReportTest {
    private final FakeCluster cluster = new FakeCluster();

    @TempDir
    Path directory;

    private Upstream upstream;
    private TestSite site;

    @BeforeEach
    void open() throws Exception {
        upstream = new Upstream(directory.resolve("up"));
        Files.write(upstream.work().resolve("logo.png"), new byte[] {0, 1, 2});
        TestSite.fill(upstream, 2);
        site = new TestSite(directory.resolve("site"), upstream.url(), Duration.ofMinutes(5));
    }

    @AfterEach
    void close() {
        cluster.close();
        site.close();
        upstream.close();
    }

    private Run report(String... more) {
        var words = new ArrayList<>(List.of("review", "ledger", "report", "--repo", "" + upstream.work()));
        words.addAll(List.of("--remote", upstream.url(), "--branch", "main"));
        words.addAll(List.of(more));
        return cluster.run(words.toArray(String[]::new));
    }

    /** Finds one thing in each unit of Java. */
    private static Opinion one(Order order) {
        long lines = order.unit().lines();
        var path = order.unit().files().get(0).path();
        var finding = new Finding(
                path,
                new Region(1, 1, 1, 6),
                "class",
                "bad-class",
                Severity.MEDIUM,
                1,
                "Bad.",
                null,
                null,
                "none",
                "",
                order.task(),
                "f-" + path,
                "h:1",
                null);
        var found = path.endsWith(".java") ? List.of(finding) : List.<Finding>of();
        var by = new By("none", "", "f");
        return new Opinion(by, "", lines, lines, new Tally(2, 1, 0, 0, 0), List.of(), List.of(), found);
    }

    @Test
    void a_ledger_gives_the_reports_and_exit_codes_of_a_run() throws Exception {
        site.init();
        site.worker("ann", 0, LedgerReportTest::one).run();
        var to = directory.resolve("report");

        var run = report("--to", to.toString(), "--fail-on", "medium");

        assertThat(run.exit()).as(run.err()).isEqualTo(1);
        assertThat(run.out().lines()).hasSize(5).allMatch(line -> Files.isRegularFile(Path.of(line)));
        assertThat(Files.readString(to.resolve("REVIEW-SUMMARY.md")))
                .contains("2 at or above medium", "100.0 % (5 of 5 lines in 3 files)", "6 proposed, 3 rejected")
                .contains("- binary: 1\n  - `logo.png`", "| ann | 3 | 0 | 5 | 2 |");
        var sarif = new ObjectMapper().readTree(to.resolve("review.sarif").toFile());
        assertThat(sarif.at("/runs/0/results")).hasSize(2);
        assertThat(sarif.at("/runs/0/invocations/0/executionSuccessful").asBoolean())
                .isTrue();
        var first = to.resolve("findings.jsonl");
        assertThat(report("--format", "md").exit()).isZero();
        assertThat(report("--to", to.toString(), "--fail-on=info", "--baseline", first.toString())
                        .exit())
                .isZero();
        assertThat(report().err()).contains("several files need a directory");
    }

    @Test
    void what_is_not_done_or_not_proven_makes_it_incomplete() throws Exception {
        assertThat(report("--format", "md").err()).contains("the ledger has no tasks", "skein review ledger init");
        site.init();
        site.worker("ann", 2, LedgerReportTest::one).run();

        var open = report("--format", "md");

        assertThat(open.exit()).as(open.err()).isEqualTo(8);
        assertThat(open.out()).contains("incomplete", "failed after 0 attempts: pending");
        site.worker("ann", 0, LedgerReportTest::one).run();
        assertThat(report("--format", "md").exit()).isZero();
        var tasks = site.board.look().tasks();
        var task = tasks.get(0);
        upstream.pull();
        for (var no : List.of(
                "",
                Files.readString(
                        upstream.work().resolve(ResultFile.path(tasks.get(1).id()))))) {
            upstream.commit(ResultFile.path(task.id()), no);
            var headless = report("--format", "md");
            assertThat(headless.exit()).as(no).isEqualTo(8);
            assertThat(headless.out()).contains("its first line is not about this task", task.id());
        }
        upstream.delete(ResultFile.path(task.id()));
        var unproven = report("--format", "md");
        assertThat(unproven.exit()).isEqualTo(8);
        assertThat(unproven.out()).contains("it is said to be done, but", task.id());
    }

    @Test
    void a_result_that_is_about_other_files_or_says_other_lines_than_the_ledger_proves_nothing() throws Exception {
        site.init();
        site.worker("ann", 0, LedgerReportTest::one).run();
        var task = site.board.look().tasks().stream()
                .filter(each -> each.directory().equals("src/d000"))
                .findFirst()
                .orElseThrow();
        upstream.pull();
        var path = ResultFile.path(task.id());
        var sound = Files.readString(upstream.work().resolve(path));
        for (var other : List.of("/etc/passwd", "../../A0.java", "src/d009/A1.java", "src/d000/..")) {
            upstream.commit(path, sound.replace("\"src/d000/A0.java\"", '"' + other + '"'));

            var run = report("--format", "sarif");

            assertThat(run.exit()).as(other).isEqualTo(8);
            assertThat(run.out()).contains("cannot be believed").doesNotContain("\"uri\":\"" + other);
        }
        upstream.commit(path, sound.replace("\"reviewed\":2", "\"reviewed\":0"));
        assertThat(report("--format", "md").out()).contains("says 0 of 2 lines, and the ledger 2 of 2");
        upstream.commit(path, sound);
        assertThat(report("--format", "md").exit()).isZero();
    }

    @Test
    void what_the_branch_has_beyond_what_was_reviewed_is_told() throws Exception {
        site.init();
        site.worker("ann", 0, LedgerReportTest::one).run();
        assertThat(report("--format", "md").err()).doesNotContain("init --again changed");
        upstream.pull();
        upstream.commit("src/new/B.java", "class B {}\n");
        upstream.commit("src/d000/A0.java", "class A0 { }\n");

        var run = report("--format", "md");

        assertThat(run.err())
                .contains("1 directories without a task, and other files than were reviewed in 1", "--again changed");
    }

    @Test
    void a_merge_of_a_file_that_is_not_there_is_refused() throws Exception {
        var there = Files.writeString(directory.resolve("there"), "").toString();
        var missing = directory.resolve("missing");

        var run = cluster.run("review", "ledger", "merge", there, missing.toString(), there);

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("there is no file " + missing);
        assertThat(missing).doesNotExist();
    }

    @Test
    void work_at_a_ledger_without_tasks_says_how_to_begin_one() {
        var run = cluster.run("review", "ledger", "work", "--remote", upstream.url(), "--branch", "main");

        assertThat(run.exit()).isEqualTo(8);
        assertThat(run.err()).contains("it has no tasks; begin with: skein review ledger init");
    }

    @Test
    void what_is_no_name_of_a_branch_is_told_as_such() {
        var run = cluster.run("review", "ledger", "status", "--remote", upstream.url(), "--branch", "ma in");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("'ma in' is no name of a branch");
    }
}
