package dev.skein.plane.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import dev.skein.review.Finding;
import dev.skein.review.Gap;
import dev.skein.review.Lines;
import dev.skein.review.Region;
import dev.skein.review.Rule;
import dev.skein.review.Severity;
import dev.skein.review.finding.Tally;
import dev.skein.review.ledger.Bootstrap;
import dev.skein.review.ledger.Bootstrap.Wish;
import dev.skein.review.ledger.Issue;
import dev.skein.review.ledger.Ledger;
import dev.skein.review.ledger.LedgerFile;
import dev.skein.review.ledger.Task;
import dev.skein.review.ledger.Task.Seen;
import dev.skein.review.ledger.Task.Work;
import dev.skein.review.ledger.result.Result;
import dev.skein.review.ledger.result.ResultFile;
import dev.skein.review.run.Delivery;
import dev.skein.review.run.ReviewParts;
import dev.skein.review.run.ReviewParts.Attempt;
import dev.skein.review.run.ReviewParts.Part;
import dev.skein.review.run.Reviews;
import dev.skein.review.run.Reviews.Choice;
import dev.skein.review.run.Reviews.Imported;
import dev.skein.review.run.Reviews.ResultAsk;
import dev.skein.review.run.Reviews.TaskState;
import dev.skein.review.scope.Scope;
import dev.skein.review.scope.Wanted;
import dev.skein.review.unit.Reviewed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger of git as a run of the cluster, with the real store, bus, jobs and analyser. */
class LedgerImportTest {
    private static final Instant BEGAN = Instant.parse("2026-03-01T10:00:00Z");
    private static final Work WORK = new Work("ann-1", 3, 2, BEGAN, BEGAN.plusMillis(4_500));

    @TempDir
    Path data;

    @TempDir
    Path root;

    private ReviewNode node;
    private Ledger ledger;

    @BeforeEach
    void start() throws Exception {
        for (var name : List.of("done", "failed", "held", "open")) {
            Files.createDirectories(root.resolve(name));
            Files.writeString(root.resolve(name + "/a.txt"), "one\ntwo of " + name + "\n");
        }
        ledger = Bootstrap.of(Ledger.EMPTY, Scope.of(root, Wanted.DEFAULTS), Wish.NOTHING_MORE, BEGAN)
                .ledger();
        var task = task("done");
        var counts = Reviewed.counts(write(task, "done/a.txt").findings());
        change(task.completed(WORK, new Seen(2, 2, task.hash(), counts, ResultFile.path(task.id()))));
        change(task("failed").missed(WORK, "the model was down", 2));
        change(task("held")
                .issue()
                .edit()
                .status("in_progress", BEGAN)
                .set("assignee", "bob")
                .done(BEGAN));
        change(task("open").issue().edit().priority(0).done(BEGAN));
        LedgerFile.write(root.resolve(Ledger.PATH), ledger);
        node = new ReviewNode(data).start();
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private Task task(String directory) {
        return ledger.issues().values().stream()
                .flatMap(issue -> Task.of(issue).stream())
                .filter(task -> task.directory().equals(directory))
                .findFirst()
                .orElseThrow();
    }

    private void change(Issue issue) {
        ledger = ledger.with(List.of(issue));
    }

    private Result write(Task task, String path) throws Exception {
        return write(task, path, "no two");
    }

    private Result write(Task task, String path, String message) throws Exception {
        var finding = new Finding(
                path,
                new Region(2, 1, 2, 4),
                "two",
                "R",
                Severity.HIGH,
                1,
                message,
                null,
                null,
                "pmd",
                "",
                task.id(),
                "f-1",
                "h:1",
                null);
        var result = new Result(
                new Result.By("ann-1", 3, 2, "pmd", "", "f"),
                2,
                2,
                new Tally(4, 1, 0, 0, 0),
                List.of(new Rule("R", "Two", "Why", "", Severity.HIGH, List.of("style"))),
                List.of(new Gap(path, new Lines(1, 1), Gap.Reason.UNPARSABLE, "no words")),
                List.of(finding));
        var file = root.resolve(ResultFile.path(task.id()));
        Files.createDirectories(file.getParent());
        Files.write(file, ResultFile.of(task, result));
        return result;
    }

    private Imported take() throws Exception {
        var choice = new Choice("", List.of(), List.of(), 0, Map.of(), List.of(), 2);
        return node.askRouter(
                Reviews.IMPORT,
                new Reviews.Create(Reviews.Place.directory(root.toString()), "code", choice, "", null, ReviewNode.ANN));
    }

    private Reviews.Task told(String run, String directory) throws Exception {
        return node.ask(Reviews.TASKS, new Reviews.Tasks(run, null, 100, 0)).tasks().stream()
                .filter(task -> task.directory().equals(directory))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void every_task_is_in_the_cluster_as_it_was_in_the_ledger_and_twice_is_once() throws Exception {
        var first = take();
        var run = first.run().id();
        var again = take();

        assertThat(first)
                .extracting(Imported::found, Imported::created, Imported::taken, Imported::again)
                .containsExactly(4, 4, 1, 0);
        assertThat(again.run().id()).isEqualTo(run);
        assertThat(again.created()).isZero();
        assertThat(again.taken()).isZero();
        var done = told(run, "done");
        assertThat(done.state()).isEqualTo(TaskState.DONE);
        assertThat(done.worker()).isEqualTo("ann-1");
        assertThat(done.attempt()).isEqualTo(2);
        assertThat(done.job()).isEmpty();
        assertThat(done.finishedMillis() - done.startedMillis()).isEqualTo(4_500);
        assertThat(told(run, "failed").state()).isEqualTo(TaskState.FAILED);
        assertThat(told(run, "failed").reason()).contains("the model was down");
        assertThat(told(run, "held").state()).isEqualTo(TaskState.FAILED);
        assertThat(told(run, "held").reason()).contains("in_progress bob");
        assertThat(told(run, "open").state()).isEqualTo(TaskState.PENDING);
        assertThat(told(run, "open").priority()).isZero();
        var result = node.ask(Reviews.RESULT, new ResultAsk(run, done.id(), null));
        assertThat(result.hash()).isEqualTo(task("done").hash());
        assertThat(result.fingerprint()).isEqualTo("f");
        assertThat(result.found().lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("no two"));
        assertThat(result.found().rules()).hasSize(1);
        assertThat(result.found().gaps()).hasSize(1);
        assertThat(result.found().proposals().quoteMissing()).isEqualTo(1);
        assertThat(result.found().next()).isNull();
        assertThatThrownBy(() -> node.ask(
                        Reviews.RESULT, new ResultAsk(run, told(run, "open").id(), null)))
                .isInstanceOfSatisfying(
                        Problem.class, no -> assertThat(no.code()).isEqualTo("review_task_open"));
    }

    @Test
    void the_cluster_goes_on_with_what_is_open_and_with_what_failed_when_it_is_told() throws Exception {
        node.startWorker();
        var run = take().run().id();

        var ended = node.until(run, view -> !view.state().equals("running"));
        assertThat(ended.state()).isEqualTo("incomplete");
        assertThat(ended.tasks()).containsEntry("done", 2).containsEntry("failed", 2);
        node.ask(Reviews.RETRY, new Reviews.Retry(run, List.of(), ReviewNode.ANN));

        var whole = node.until(run, view -> view.state().equals("done"));
        assertThat(whole.reviewed()).isEqualTo(8);
        assertThat(whole.findings()).containsEntry("high", 1L);
        assertThat(told(run, "done").worker()).isEqualTo("ann-1");
    }

    @Test
    void what_is_done_there_is_done_again_when_its_files_are_others_or_its_result_cannot_be_read() throws Exception {
        Files.writeString(root.resolve(ResultFile.path(task("done").id())), "{half");
        assertThat(take().again()).isEqualTo(1);
        write(task("done"), "open/a.txt");
        assertThat(take().again()).as("findings of another's files").isEqualTo(1);
        Files.writeString(root.resolve("done/a.txt"), "another\n");
        Files.delete(root.resolve("failed/a.txt"));

        var changed = take();

        assertThat(changed.again()).isEqualTo(1);
        assertThat(changed.gone()).isEqualTo(1);
        assertThat(told(changed.run().id(), "done").state()).isEqualTo(TaskState.PENDING);
        Files.delete(root.resolve(Ledger.PATH));
        assertThatThrownBy(this::take)
                .isInstanceOfSatisfying(
                        Problem.class, no -> assertThat(no.code()).isEqualTo("no_ledger"));
    }

    @Test
    void a_result_that_nobody_can_take_holds_up_no_other_and_leaves_nothing_behind() throws Exception {
        var task = task("done");
        var tooMuch = new Random(1)
                .ints(400_000, '0', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        write(task, "done/a.txt", tooMuch.toString());
        var open = task("open");
        write(open, "open/a.txt");
        change(open.completed(WORK, new Seen(2, 2, open.hash(), Map.of(), ResultFile.path(open.id()))));
        LedgerFile.write(root.resolve(Ledger.PATH), ledger);

        var first = take();

        var run = first.run().id();
        assertThat(first).extracting(Imported::taken, Imported::again).containsExactly(1, 1);
        assertThat(told(run, "open").state()).isEqualTo(TaskState.DONE);
        assertThat(told(run, "done").reason()).contains("its result has not arrived");
        var attempt = new Attempt(run, told(run, "done").id(), "", 2);
        var other = Delivery.parts(
                attempt, write(task, "done/a.txt", "of a broken-off import").findings());
        node.ask(ReviewParts.PART, other.get(0));
        node.ask(ReviewParts.PART, new Part(attempt, 1, 1, other.get(0).lines()));
        write(task, "done/a.txt");

        assertThat(take()).extracting(Imported::taken, Imported::again).containsExactly(1, 0);
        var lines = node.ask(Reviews.RESULT, new ResultAsk(run, attempt.task(), null))
                .found()
                .lines();
        assertThat(lines).singleElement().satisfies(line -> assertThat(line).contains("no two"));
    }
}
