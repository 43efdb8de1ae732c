package dev.skein.plane.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import dev.skein.review.Finding;
import dev.skein.review.finding.lines.FindingReader;
import dev.skein.review.run.ReviewDetails;
import dev.skein.review.run.ReviewDetails.EstimateAsk;
import dev.skein.review.run.ReviewDetails.Excerpt;
import dev.skein.review.run.ReviewDetails.ExcerptAsk;
import dev.skein.review.run.ReviewDetails.Filter;
import dev.skein.review.run.ReviewDetails.ProgressAsk;
import dev.skein.review.run.ReviewDetails.Suppressed;
import dev.skein.review.run.ReviewParts;
import dev.skein.review.run.ReviewParts.Attempt;
import dev.skein.review.run.ReviewParts.Part;
import dev.skein.review.run.Reviews;
import dev.skein.review.run.Reviews.TaskState;
import dev.skein.review.scope.SourceReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A review from a directory to its findings, with the real store, bus, jobs and analyser. */
class ReviewTest {
    private static final String EMPTY_CATCH = """
        package a;

        class Careless {
            int parse(String text) {
                try {
                    return Integer.parseInt(text);
                } catch (NumberFormatException ignoredByNobody) {
                }
                return 0;
            }
        }
        """;

    @TempDir
    Path data;

    @TempDir
    Path root;

    private ReviewNode node;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(root.resolve("a"));
        Files.createDirectories(root.resolve("b"));
        Files.writeString(root.resolve("a/Careless.java"), EMPTY_CATCH);
        Files.writeString(root.resolve("b/notes.txt"), "one\ntwo\n<<<<<<< HEAD\nthree\n=======\nfour\n>>>>>>> other\n");
        node = new ReviewNode(data).start();
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    @Test
    void a_directory_is_reviewed_wholly_and_once_and_an_unchanged_one_is_not_looked_at_again() throws Exception {
        node.startWorker();
        var created = node.create(root, "code");
        var again = node.create(root, "code");
        var run = created.run().id();

        assertThat(created.created()).isEqualTo(2);
        assertThat(again.created()).isZero();
        assertThat(again.run().id()).isEqualTo(run);

        var done = node.until(run, view -> !view.state().equals("running"));
        assertThat(done.state()).as("%s", done).isEqualTo("done");
        assertThat(done.reviewed()).isEqualTo(done.lines()).isEqualTo(18);
        assertThat(done.tasks()).containsEntry("done", 2).containsEntry("failed", 0);
        var page = node.findings(run);
        assertThat(page.next()).isNull();
        assertThat(page.gaps()).isEmpty();
        assertThat(page.lines())
                .anySatisfy(line -> assertThat(line).contains("EmptyCatchBlock"))
                .anySatisfy(line -> assertThat(line).contains("b/notes.txt"));
        assertThat(done.findings().values().stream().mapToLong(each -> each).sum())
                .isEqualTo(page.lines().size());

        Files.writeString(root.resolve("b/notes.txt"), "one\n");
        var next = node.create(root, "code");
        assertThat(next.run().id()).isNotEqualTo(run);
        var tasks = node.ask(Reviews.TASKS, new Reviews.Tasks(next.run().id(), TaskState.DONE, 10, 0));
        assertThat(tasks.tasks()).extracting(Reviews.Task::directory).contains("a");
        node.until(next.run().id(), view -> view.state().equals("done"));
        assertThat(node.findings(next.run().id()).lines())
                .anySatisfy(line -> assertThat(line).contains("EmptyCatchBlock"))
                .noneSatisfy(line -> assertThat(line).contains("notes.txt"));
    }

    @Test
    void what_is_dismissed_is_marked_and_not_counted_now_and_in_the_next_run() throws Exception {
        node.startWorker();
        var run = node.create(root, "code").run().id();
        var before = node.until(run, view -> view.state().equals("done"));
        var lines = String.join("\n", node.findings(run).lines());
        var first = new FindingReader(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)))
                .next()
                .finding();

        node.ask(Reviews.DISMISS, new Reviews.Dismiss(run, first.fingerprint(), "as it should be", ReviewNode.ANN));

        var after = node.ask(Reviews.GET, new Reviews.Get(run));
        var word = first.severity().word();
        assertThat(after.findings().get(word)).isEqualTo(before.findings().get(word) - 1);
        assertThat(after.suppressed()).isEqualTo(before.suppressed() + 1);
        assertThat(node.findings(run).lines().get(0)).contains("as it should be (ann)");
        assertThatThrownBy(() -> node.ask(Reviews.DISMISS, new Reviews.Dismiss(run, "none", "so", ReviewNode.ANN)))
                .isInstanceOfSatisfying(
                        Problem.class, no -> assertThat(no.code()).isEqualTo("finding_not_found"));

        Files.writeString(root.resolve("a/Careless.java"), "// moved down\n" + EMPTY_CATCH);
        var next = node.create(root, "code").run().id();
        var later = node.until(next, view -> view.state().equals("done"));
        assertThat(later.suppressed()).isEqualTo(after.suppressed());
    }

    @Test
    void a_run_is_told_closely_and_its_findings_are_narrowed_as_people_want_them() throws Exception {
        var run = node.create(root, "code").run().id();
        var before = node.ask(ReviewDetails.PROGRESS, new ProgressAsk(run));
        assertThat(before.next()).extracting(Reviews.Task::directory).containsExactly("a", "b");
        assertThat(before.workers()).isEmpty();
        assertThat(node.ask(ReviewDetails.ESTIMATE, new EstimateAsk(run)).text())
                .isEqualTo("unknown: no live worker");
        node.startWorker();
        node.until(run, view -> view.state().equals("done"));

        var after = node.ask(ReviewDetails.PROGRESS, new ProgressAsk(run));
        assertThat(after.recent()).extracting(Reviews.Task::directory).containsExactlyInAnyOrder("a", "b");
        assertThat(after.running()).isEmpty();
        assertThat(node.ask(ReviewDetails.ESTIMATE, new EstimateAsk(run)).text())
                .isEqualTo("done");
        assertThat(after.workers()).singleElement().satisfies(worker -> {
            assertThat(worker.tasks()).isEqualTo(2);
            assertThat(worker.live()).isTrue();
        });
        var seen = node.watched(run, review -> review.state().equals("done"));
        assertThat(seen.reviewed()).isEqualTo(18);
        assertThat(seen.finished()).isNotNull();
        var all = found(run, Filter.NONE);
        var caught = all.stream()
                .filter(each -> each.rule().equals("EmptyCatchBlock"))
                .findFirst()
                .orElseThrow();
        assertThat(found(run, new Filter(null, "EmptyCatchBlock", "", "", Suppressed.ANY)))
                .containsExactly(caught);
        assertThat(found(run, new Filter(null, "", "NOTES", "", Suppressed.NO)))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.path()).isEqualTo("b/notes.txt"));
        assertThat(found(run, new Filter(caught.severity(), "", "NOTES", "", Suppressed.NO)))
                .allSatisfy(each -> assertThat(each.path()).isEqualTo("b/notes.txt"))
                .allSatisfy(each -> assertThat(each.severity()).isEqualTo(caught.severity()));
        assertThat(found(run, new Filter(null, "", "", "ignoredbynobody", Suppressed.ANY)))
                .contains(caught)
                .allSatisfy(each -> assertThat(each.path()).isEqualTo("a/Careless.java"));
        assertThat(found(run, new Filter(null, "", "", "", Suppressed.ONLY))).isEmpty();

        node.ask(Reviews.DISMISS, new Reviews.Dismiss(run, caught.fingerprint(), "so be it", ReviewNode.ANN));

        assertThat(found(run, new Filter(null, "", "", "", Suppressed.ONLY)))
                .extracting(Finding::fingerprint)
                .containsExactly(caught.fingerprint());
        assertThat(found(run, new Filter(null, "", "", "", Suppressed.NO))).hasSize(all.size() - 1);
        assertThat(node.watched(run, review -> review.suppressed() == 1).findings())
                .isNotEqualTo(seen.findings());
    }

    /** In pages of one. */
    private List<Finding> found(String run, Filter filter) throws Exception {
        var found = new ArrayList<Finding>();
        String cursor = null;
        do {
            var page = node.ask(Reviews.FINDINGS, new Reviews.Findings(run, cursor, null, 1, filter));
            cursor = page.next();
            var lines = String.join("\n", page.lines()).getBytes(StandardCharsets.UTF_8);
            try (var reader = new FindingReader(new ByteArrayInputStream(lines))) {
                reader.forEachRemaining(each -> found.add(each.finding()));
            }
        } while (cursor != null);
        return found;
    }

    @Test
    void an_excerpt_is_of_reviewed_files_alone_and_says_when_the_file_has_changed() throws Exception {
        var run = node.create(root, "code").run().id();
        Files.writeString(root.resolve("a/later.txt"), "not known when the review began\n");

        var excerpt = excerpt(run, "a/Careless.java", 7);
        assertThat(excerpt.first()).isEqualTo(6);
        assertThat(excerpt.lines())
                .hasSize(3)
                .satisfies(lines -> assertThat(lines.get(1)).contains("ignoredByNobody"));
        assertThat(excerpt.changed()).isFalse();
        assertThat(excerpt(run, "b/notes.txt", 1_000_000).lines()).hasSizeBetween(1, 3);
        for (var other : List.of("a/later.txt", "a", "../secret", "/etc/passwd", "a/../a/Careless.java", "\0")) {
            assertThatThrownBy(() -> excerpt(run, other, 1))
                    .as(other)
                    .isInstanceOfSatisfying(
                            Problem.class, no -> assertThat(no.code()).isEqualTo("file_gone"));
        }

        Files.writeString(root.resolve("b/notes.txt"), "x".repeat(5_000) + "\n");
        var changed = excerpt(run, "b/notes.txt", 1);
        assertThat(changed.changed()).isTrue();
        assertThat(changed.cut()).isTrue();
        assertThat(changed.lines().get(0)).hasSize(ReviewDetails.LINE_MAX);
        Files.delete(root.resolve("b/notes.txt"));
        Files.createSymbolicLink(root.resolve("b/notes.txt"), Files.writeString(data.resolve("secret"), "s"));
        assertThatThrownBy(() -> excerpt(run, "b/notes.txt", 1)).hasMessageContaining("not there any more");
    }

    private Excerpt excerpt(String run, String path, int line) throws Exception {
        return node.askRouter(ReviewDetails.EXCERPT, new ExcerptAsk(run, path, line, line, 1));
    }

    @Test
    void what_is_not_reviewed_is_known_by_path_up_to_a_bound() throws Exception {
        for (int i = 0; i < ReviewParts.SKIPPED_MAX + 5; i++) {
            Files.write(root.resolve("a/b%04d.bin".formatted(i)), new byte[] {0, 1, 2});
        }
        var run = node.create(root, "code").run().id();

        var skipped = node.ask(Reviews.SKIPPED, new Reviews.SkippedAsk(run));

        assertThat(skipped.counts()).isEqualTo(Map.of("binary", ReviewParts.SKIPPED_MAX + 5));
        assertThat(skipped.first())
                .hasSize(ReviewParts.SKIPPED_MAX)
                .startsWith(new Reviews.SkippedPath("a/b0000.bin", "binary"));
    }

    @Test
    void only_the_present_job_of_a_task_is_heard() throws Exception {
        var run = node.create(root, "code").run().id();
        var task = node.ask(Reviews.TASKS, new Reviews.Tasks(run, null, 1, 0))
                .tasks()
                .get(0);
        var stranger = new Attempt(run, task.id(), "j1-99999", 1);

        var taken = node.ask(ReviewParts.PART, new Part(stranger, 0, 0, new byte[0]));

        assertThat(taken.accepted()).isFalse();
        assertThatThrownBy(() ->
                        node.ask(ReviewParts.PART, new Part(new Attempt("no", "no", "j1-1", 1), 0, 0, new byte[0])))
                .isInstanceOfSatisfying(
                        Problem.class, no -> assertThat(no.code()).isEqualTo("review_not_found"));
    }

    @Test
    void a_run_that_is_cancelled_is_incomplete_until_it_is_retried() throws Exception {
        var run = node.create(root, "code").run().id();
        var task = node.until(run, view -> true);
        assertThat(task.state()).isEqualTo("running");

        node.ask(Reviews.CANCEL, new Reviews.Cancel(run, ReviewNode.ANN));
        node.until(run, view -> view.state().equals("incomplete"));
        var retried = node.ask(Reviews.RETRY, new Reviews.Retry(run, List.of(), ReviewNode.ANN));
        node.startWorker();

        assertThat(retried.tasks()).isEqualTo(2);
        assertThat(node.until(run, view -> !view.state().equals("running")).state())
                .isEqualTo("done");
    }

    @Test
    void what_was_away_while_it_was_reviewed_is_begun_anew_once_it_is_back() throws Exception {
        var run = node.create(root, "code").run().id();
        var away = root.resolveSibling(root.getFileName() + ".away");
        Files.move(root, away);
        node.startWorker();
        var first = node.until(run, view -> !view.state().equals("running"));
        Files.move(away, root);

        var retried = node.ask(Reviews.RETRY, new Reviews.Retry(run, List.of(), ReviewNode.ANN));

        assertThat(first.state()).isEqualTo("incomplete");
        assertThat(first.reviewed()).isZero();
        assertThat(retried.tasks()).isEqualTo(2);
        var second = node.until(run, view -> !view.state().equals("running"));
        assertThat(second.state()).isEqualTo("done");
        assertThat(second.reviewed()).isEqualTo(second.lines());
        assertThat(second.findings()).containsEntry("medium", 1L);
    }

    @Test
    void a_task_that_is_not_there_or_has_not_failed_is_not_begun_anew_in_silence() throws Exception {
        var run = node.create(root, "code").run().id();
        var task = node.ask(Reviews.TASKS, new Reviews.Tasks(run, null, 1, 0))
                .tasks()
                .get(0);

        Map.of("rv-none", "review_not_found", task.id(), "review_task_not_failed")
                .forEach((named, code) -> assertThatThrownBy(
                                () -> node.ask(Reviews.RETRY, new Reviews.Retry(run, List.of(named), ReviewNode.ANN)))
                        .isInstanceOfSatisfying(
                                Problem.class, no -> assertThat(no.code()).isEqualTo(code)));
    }

    @Test
    void a_file_is_sent_only_to_one_who_knows_its_content_and_only_from_below_the_root() throws Exception {
        var run = node.create(root, "code").run().id();
        var text = EMPTY_CATCH.getBytes(StandardCharsets.UTF_8);
        var path = root.toRealPath().toString();
        var secret = Files.writeString(data.resolve("secret"), "s");
        Files.createSymbolicLink(root.resolve("a/link"), secret);

        var sent = node.askRouter(
                ReviewParts.READ, new ReviewParts.Read(run, path, "a/Careless.java", SourceReader.hash(text), 0));
        assertThat(sent.content()).isEqualTo(text);
        assertThat(sent.isLast()).isTrue();
        var hash = SourceReader.hash("s".getBytes(StandardCharsets.UTF_8));
        for (var bad : List.of(
                "a/link", root.toRealPath().relativize(secret.toRealPath()).toString(), "a")) {
            assertThatThrownBy(() -> node.askRouter(ReviewParts.READ, new ReviewParts.Read(run, path, bad, hash, 0)))
                    .as(bad)
                    .isInstanceOfSatisfying(
                            Problem.class, no -> assertThat(no.code()).isEqualTo("file_gone"));
        }
        assertThatThrownBy(
                        () -> node.askRouter(ReviewParts.READ, new ReviewParts.Read(run, path, "b/notes.txt", hash, 0)))
                .isInstanceOfSatisfying(
                        Problem.class, no -> assertThat(no.code()).isEqualTo("file_changed"));
    }
}
