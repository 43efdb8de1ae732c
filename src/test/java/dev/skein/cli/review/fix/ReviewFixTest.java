package dev.skein.cli.review.fix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.git.side.Repo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real repositories and real commands; only the cluster between them is played. */
class ReviewFixTest {
    private static final String BRANCH = "skein/fix/r-7";
    private static final String BUILD = "! grep -n bad src/a.txt | sed 's/^/src\\/a.txt:1:1: error: /' | grep .";

    @TempDir
    private Path directory;

    private Repo repo;
    private ExecCluster cluster;

    @BeforeEach
    void setUp() throws Exception {
        repo = new Repo(directory.resolve("repo"));
        repo.write("src/a.txt", "one\ntwo\nthree\nfour\n");
        repo.write(".gitignore", "out/\n");
        repo.commit();
        cluster = new ExecCluster(repo.top, directory.resolve("state"));
    }

    @AfterEach
    void tearDown() {
        cluster.close();
        repo.close();
    }

    private List<String> lessons() throws IOException {
        return Files.readAllLines(directory.resolve("state/skein/fix/lessons.jsonl"));
    }

    private boolean isCleanedUp() throws IOException {
        try (var left = Files.list(directory.resolve("state/skein/fix/trees"))) {
            return left.findAny().isEmpty() && Files.notExists(repo.top.resolve(".git/worktrees"));
        }
    }

    @Test
    void what_builds_is_kept_and_what_does_not_is_taken_back_and_remembered() throws Exception {
        repo.write("src/a.txt", "one\ntwo\nthree\nfour\nfive\n");
        repo.write("staged.txt", "staged\n");
        repo.stage("staged.txt");
        repo.write("untracked.txt", "mine\n");
        var before = repo.everything();
        cluster.finds("src/a.txt", 1, "one", "ONE");
        cluster.finds("src/a.txt", 2, "two", "bad");
        cluster.finds("src/a.txt", 3, "three", "");
        cluster.finds("src/a.txt", 5, "five", "FIVE");
        cluster.finds("src/a.txt", 4, "four", null);

        var run = cluster.fix("--command", BUILD, "-o", "jsonl");

        assertThat(run.exit()).as(run.err()).isEqualTo(1);
        assertThat(run.out().lines())
                .satisfiesExactly(
                        kept -> assertThat(kept).contains("\"state\":\"kept\"", "src/a.txt:1"),
                        failed -> assertThat(failed)
                                .contains("\"state\":\"rejected\"", "exit code 1", "first: src/a.txt:1: 2:bad"),
                        removed -> assertThat(removed).contains("\"state\":\"kept\"", "src/a.txt:3"),
                        gone -> assertThat(gone).contains("\"state\":\"skipped\"", "quote-gone"));
        assertThat(run.err())
                .contains("begin with main (", "what is not committed is left out", "2 of 4 fixes kept")
                .contains("1 findings say in words at most", "log main.." + BRANCH, "diff main..." + BRANCH);
        assertThat(repo.at(BRANCH, "src/a.txt")).isEqualTo("ONE\ntwo\nfour\n");
        assertThat(repo.beyondHead(BRANCH)).hasSize(2);
        assertThat(repo.beyondHead(BRANCH).get(1).getFullMessage())
                .startsWith("Fix rule-0 in src/a.txt\n\nIt is not right.\n\nSkein-Review: r-7\nSkein-Finding: f0");
        assertThat(lessons())
                .singleElement()
                .asString()
                .contains("\"tried\":\"bad\"", "\"quote\":\"two\"", "\"line\":1,\"column\":1,\"message\":\"2:bad\"");
        assertThat(repo.everything()).isEqualTo(before);
        assertThat(isCleanedUp()).isTrue();
    }

    @Test
    void all_kept_is_zero_and_a_second_run_takes_another_branch() throws Exception {
        cluster.finds("src/a.txt", 1, "one", "ONE");

        assertThat(cluster.fix("--command", "true").exit()).isZero();
        var again = cluster.fix("--command", "true");

        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.err()).contains(BRANCH + "-2");
        assertThat(repo.at(BRANCH + "-2", "src/a.txt")).startsWith("ONE\n");
        assertThat(cluster.fix("--command", "true", "--branch", BRANCH).exit()).isEqualTo(5);
        assertThat(cluster.fix("--command", "true", "--branch", "a..b").exit()).isEqualTo(2);
    }

    @Test
    void only_wanted_findings_are_tried() throws Exception {
        cluster.finds("src/a.txt", 1, "one", "ONE");
        cluster.finds("src/a.txt", 2, "two", "TWO");

        assertThat(cluster.fix("--command", "true", "--finding", "f1").exit()).isZero();
        assertThat(repo.at(BRANCH, "src/a.txt")).startsWith("one\nTWO\n");
        var capped = cluster.fix("--command", "true", "--max", "1");
        assertThat(capped.err()).contains("1 more can be fixed: --max 2");
        assertThat(cluster.fix("--finding", "nothing").exit()).isEqualTo(3);
        assertThat(cluster.fix("--max", "0").exit()).isEqualTo(2);
        assertThat(cluster.fix("--severity", "bad").exit()).isEqualTo(2);
        assertThat(cluster.fix("--memory", "off").exit()).isEqualTo(2);
    }

    @Test
    void the_build_is_found_by_its_marker_file_above_the_reviewed_directory() throws Exception {
        repo.write("Makefile", "all:\n\ttest -f src/a.txt\n");
        repo.commit();
        try (var below = new ExecCluster(repo.top.resolve("src"), directory.resolve("state"))) {
            below.finds("a.txt", 1, "one", "ONE");

            var run = below.fix();

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.err()).contains("build: make");
            assertThat(below.submitted.get(0).path("payload").path("cwd").asText())
                    .endsWith("/tree");
            assertThat(repo.at(BRANCH, "src/a.txt")).startsWith("ONE");
        }
    }

    @Test
    void without_a_known_build_a_command_is_asked_for() {
        cluster.finds("src/a.txt", 1, "one", "ONE");

        var run = cluster.fix();

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("how this project is built is not known", "--command");
        assertThat(cluster.submitted).isEmpty();
    }

    @Test
    void a_build_that_fails_by_itself_says_nothing_about_fixes() throws Exception {
        cluster.finds("src/a.txt", 1, "one", "ONE");

        var run = cluster.fix("--command", "no-such-program-here");

        assertThat(run.exit()).isEqualTo(8);
        assertThat(run.err()).contains("the build fails without any fix", "not found");
        assertThat(repo.has(BRANCH)).isFalse();
        assertThat(isCleanedUp()).isTrue();
    }

    @Test
    void a_build_over_its_cap_or_time_is_rejected() throws Exception {
        cluster.finds("src/a.txt", 1, "one", "greedy");
        cluster.finds("src/a.txt", 2, "two", "slow");
        cluster.finds("src/a.txt", 3, "three", "fine");
        var greedy =
                "if grep -q greedy src/a.txt; then exec python3 -c 'x = [bytearray(1 << 20) for i in range(999)]'; fi;";
        var slow = "if grep -q slow src/a.txt; then exec tail -f /dev/null; fi";

        var run = cluster.fix("--command", greedy + slow, "--memory", "256MiB", "--time-limit", "3s", "-o", "jsonl");

        assertThat(run.exit()).as(run.err()).isEqualTo(1);
        assertThat(run.out().lines())
                .satisfiesExactly(
                        first -> assertThat(first).contains("rejected", "killed by its memory cap: out of memory"),
                        second -> assertThat(second).contains("rejected", "longer than the time limit"),
                        third -> assertThat(third).contains("kept"));
        assertThat(repo.at(BRANCH, "src/a.txt")).isEqualTo("one\ntwo\nfine\nfour\n");
        assertThat(lessons()).hasSize(2);
    }

    @Test
    void a_secret_is_neither_written_nor_remembered() throws Exception {
        var token = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
        cluster.finds("src/a.txt", 1, "one", "one = \"" + token + "\"");

        var run = cluster.fix("--command", "true");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out() + run.err()).contains("what looks like a secret").doesNotContain(token);
        assertThat(lessons()).singleElement().asString().contains("secret").doesNotContain(token);
        assertThat(repo.has(BRANCH)).isFalse();
        assertThat(cluster.submitted).isEmpty();
    }

    @Test
    void what_the_build_changes_is_in_no_commit() throws Exception {
        cluster.finds("src/a.txt", 1, "one", "ONE");
        cluster.finds("src/a.txt", 2, "two", "TWO");

        var run = cluster.fix("--command", "test ! -f stray && echo x > stray && echo y > .gitignore && mkdir -p out");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(repo.at(BRANCH, ".gitignore")).isEqualTo("out/\n");
        assertThat(repo.at(BRANCH, "src/a.txt")).isEqualTo("ONE\nTWO\nthree\nfour\n");
    }

    @Test
    void places_that_cannot_be_worked_on_are_refused_with_advice() throws Exception {
        var plain = Files.createDirectory(directory.resolve("plain"));
        expect(plain, 2, "is in no git repository");
        expect(directory.resolve("away"), 3, "is not on this machine");
        try (var empty = new Repo(directory.resolve("empty"))) {
            expect(empty.top, 5, "has no commit yet");
        }
        repo.detach();
        try (var detached = new ExecCluster(repo.top, directory.resolve("state"))) {
            detached.finds("src/a.txt", 1, "one", "ONE");
            var run = detached.fix("--command", "true");
            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.err()).containsPattern("log [0-9a-f]{12}\\.\\." + BRANCH);
        }
    }

    private void expect(Path root, int exit, String words) {
        try (var other = new ExecCluster(root, directory.resolve("state"))) {
            other.finds("a.txt", 1, "one", "ONE");
            var run = other.fix("--command", "true");
            assertThat(run.exit()).as(run.err()).isEqualTo(exit);
            assertThat(run.err()).contains(words);
        }
    }

    @Test
    void a_cluster_that_cannot_run_it_is_told_of() {
        cluster.finds("src/a.txt", 1, "one", "ONE");
        var refusal = "{\"error\":\"this key may not submit jobs\",\"code\":\"forbidden\",\"request_id\":\"r\"}";
        cluster.http.on("POST /api/v1/jobs", 403, refusal);
        assertThat(cluster.fix("--command", "true").exit()).isEqualTo(4);

        cluster.http.on("POST /api/v1/jobs", 202, "{\"id\":\"j\",\"state\":\"queued\",\"existing\":false}");
        cluster.http.on("GET /api/v1/jobs/j", 200, "{\"id\":\"j\",\"state\":\"queued\"}");
        cluster.http.on("POST /api/v1/jobs/j/cancel", 200, "{}");
        cluster.http.on(
                "GET /api/v1/jobs/j/why",
                200,
                "{\"reasons\":[{\"code\":\"no_capability\",\"text\":\"w does no jobs of type exec\"}]}");
        var run = cluster.fix("--command", "true");
        assertThat(run.exit()).isEqualTo(8);
        assertThat(run.err()).contains("no worker can run the build", "w does no jobs of type exec");
    }
}
