package dev.skein.coordinator.review.rows;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.coordinator.review.rows.WatchRows.Waiting;
import dev.skein.job.life.JobIds;
import dev.skein.review.Engine;
import dev.skein.review.Gap;
import dev.skein.review.Lines;
import dev.skein.review.finding.Tally;
import dev.skein.review.run.Delivery;
import dev.skein.review.run.ReviewParts.Attempt;
import dev.skein.review.run.ReviewParts.Seal;
import dev.skein.review.run.ReviewParts.Summary;
import dev.skein.review.run.Reviews.Task;
import dev.skein.review.scope.ScopedFile;
import dev.skein.review.scope.Unit;
import dev.skein.store.Store;
import dev.skein.store.Store.Work;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is looked for again and again, whatever the store. */
abstract class ReviewRowsContract {
    private static final String JOB = """
        INSERT INTO jobs (id, type, state, submitter, attempt, attempt_limit, memory, more_memory, cancelling, tried,
            created_at, since, due_at, started_at, spec, payload)
        VALUES (?, 'review', ?, 's', 1, 3, 0, 0, 0, '', 0, 0, 0, 0, '{}', '{}')\
        """;

    private static final long DOER = JobIds.of(1, 7);

    final Vertx vertx = Vertx.vertx();
    private Store store;

    abstract Future<Store> connect();

    @BeforeEach
    void open() throws Exception {
        store = connect().await(60, SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        store.close().await(10, SECONDS);
        vertx.close().await(10, SECONDS);
    }

    private <T> T write(Work<T> work) throws Exception {
        return store.write(work).await(20, SECONDS);
    }

    private <T> T read(Work<T> work) throws Exception {
        return store.read(work).await(20, SECONDS);
    }

    private Run add(Run run) throws Exception {
        write(tx -> RunRows.insert(tx, run));
        return run;
    }

    private void task(Run run, String id, int priority, int lines) throws Exception {
        var file = new ScopedFile(id + ".java", 10, lines, "h", "java");
        var unit = new Unit(id, ".", 1, 1, priority, List.of(file));
        write(tx -> TaskRows.insert(tx, run, unit, null));
    }

    /** With a job in this state. */
    private void task(Run run, String id, long job, String state) throws Exception {
        task(run, id, 0, 10);
        write(tx -> tx.update(JOB, job, state));
        write(tx -> tx.update("UPDATE review_tasks SET job = ? WHERE run = ? AND id = ?", job, run.id(), id));
    }

    @Test
    void a_run_is_settled_once_all_its_units_are_known_and_nothing_will_be_done_for_any() throws Exception {
        var open = add(SmallRun.of("open", true, 1));
        task(open, "a", 7, "queued");
        var waits = add(SmallRun.of("waits", true, 1));
        task(waits, "a", 0, 10);
        var fills = add(SmallRun.of("fills", false, 1));
        task(fills, "a", 8, "failed");
        var over = add(SmallRun.of("over", true, 1));
        task(over, "a", 9, "failed");
        task(over, "b", 10, "running");
        write(tx -> tx.update("UPDATE review_tasks SET sealed = 2 WHERE run = 'over' AND id = 'b'"));
        task(over, "c", 0, 10);
        write(tx -> tx.update("UPDATE review_tasks SET refusal = 'no' WHERE run = 'over' AND id = 'c'"));

        assertThat(settled()).containsExactly("over");
        assertThat(totals("over").isSettled()).isTrue();
        assertThat(totals("open").isSettled()).isFalse();

        write(tx -> RunRows.finished(tx, "over", 5L));
        write(tx -> tx.update("UPDATE jobs SET state = 'cancelled' WHERE id = 7"));
        assertThat(settled()).containsExactly("open");
    }

    private List<String> settled() throws Exception {
        return read(RunRows::settled);
    }

    private Totals totals(String run) throws Exception {
        return read(tx -> RunRows.totals(tx, run));
    }

    @Test
    void what_is_left_of_runs_that_are_gone_goes_a_few_tasks_at_a_time() throws Exception {
        for (var id : List.of("a", "b", "c", "d")) {
            var run = add(SmallRun.of(id, true, 1));
            for (var task : List.of("x", "y", "z")) {
                task(run, task, 0, 10);
            }
        }
        write(tx -> RunRows.delete(tx, "a") + RunRows.delete(tx, "c"));

        assertThat(orphans()).containsExactly("a", "c");
        assertThat(sweep()).isEqualTo(4);
        assertThat(sweep()).isEqualTo(2);
        assertThat(orphans()).isEmpty();
        int left = read(tx -> TaskRows.count(tx, "b") + TaskRows.count(tx, "d"));
        assertThat(left).isEqualTo(6);
    }

    private List<String> orphans() throws Exception {
        return read(tx -> PartRows.orphans(tx, 9));
    }

    private int sweep() throws Exception {
        return write(tx -> PartRows.sweep(tx, 4));
    }

    @Test
    void runs_expire_by_age_unless_they_still_go_on() throws Exception {
        add(SmallRun.of("new", true, 9));
        add(SmallRun.of("old", true, 2));
        add(SmallRun.of("older", true, 1));
        add(SmallRun.of("goes-on", true, 1));
        add(SmallRun.of("never-filled", false, 3));
        write(tx ->
                RunRows.finished(tx, "new", 9L) + RunRows.finished(tx, "old", 9L) + RunRows.finished(tx, "older", 9L));

        assertThat(expired(5)).containsExactly("older", "old", "never-filled");
        assertThat(expired(1)).containsExactly("older");
    }

    private List<String> expired(int limit) throws Exception {
        return read(tx -> RunRows.expired(tx, 9, limit));
    }

    @Test
    void what_was_done_elsewhere_sets_no_pace() throws Exception {
        var run = add(SmallRun.of("a", true, 1));
        task(run, "here", 7, "succeeded");
        task(run, "elsewhere", 0, 10);
        write(tx -> tx.update("UPDATE review_tasks SET sealed = 2, worker = id, millis = 5, finished_at = 9"));

        var measured = read(tx -> WatchRows.measured(tx, "a", 9));

        assertThat(measured).containsExactly(new WatchRows.Measured("here", 10, 5));
    }

    @Test
    void what_was_found_outlives_another_try_that_sees_less_of_changed_files() throws Exception {
        var run = add(SmallRun.of("a", true, 1));
        task(run, "t", DOER, "succeeded");

        assertThat(seal(8, 1)).isTrue();
        write(tx -> SealRows.opened(tx, "a", "t"));
        write(tx -> tx.update("UPDATE review_tasks SET job = ? WHERE id = 't'", DOER));
        assertThat(seal(0, 2)).isFalse();
        assertThat(highs()).isEqualTo(3);
        assertThat(seal(8, 3)).isTrue();
        assertThat(read(tx -> SealRows.kept(tx, "a", "t")).orElseThrow().reviewed())
                .isEqualTo(8);
    }

    private long highs() throws Exception {
        return read(tx -> TaskRows.get(tx, "a", "t")).orElseThrow().task().findings();
    }

    /** Of so many lines, since a file had changed; with three findings. */
    private boolean seal(long reviewed, int number) throws Exception {
        var changed = new Gap("t.java", new Lines(1, 10), Gap.Reason.CHANGED, "");
        var summary = new Summary("", Engine.Usage.NONE, Tally.NONE, List.of(), Delivery.gaps(List.of(changed)));
        var attempt = new Attempt("a", "t", JobIds.text(DOER), number);
        var found = reviewed == 0 ? Map.<String, Long>of() : Map.of("high", 3L);
        var seal = new Seal(attempt, true, 0, "ann", 5, reviewed, found, 0, "f", summary);
        return write(tx -> SealRows.seal(tx, seal, Counts.of(seal), 9));
    }

    @Test
    void text_from_elsewhere_is_kept_without_what_not_every_store_takes() throws Exception {
        var run = add(SmallRun.of("a", true, 1));
        var unit = new Unit("t", ".", 1, 1, 0, List.of(new ScopedFile("t.java", 10, 10, "h", "java")));
        write(tx -> TaskRows.insert(tx, run, unit, "no\0t"));
        var summary = new Summary("", Engine.Usage.NONE, Tally.NONE, List.of(), List.of());
        var attempt = new Attempt("a", "t", "", 1);
        var seal = new Seal(attempt, true, 0, "an\0n", 5, 10, Map.of(), 0, "f\0", summary);

        String why = read(tx -> TaskRows.get(tx, "a", "t")).orElseThrow().task().reason();
        boolean isSealed = write(tx -> SealRows.seal(tx, seal, Counts.of(seal), 9));

        assertThat(why).isEqualTo("no\uFFFDt");
        assertThat(isSealed).isTrue();
        assertThat(read(tx -> TaskRows.get(tx, "a", "t")).orElseThrow().task().worker())
                .isEqualTo("an\uFFFDn");
        assertThat(read(tx -> SealRows.kept(tx, "a", "t")).orElseThrow().fingerprint())
                .isEqualTo("f\uFFFD");
    }

    @Test
    void what_waits_is_summed_by_urgency_and_size() throws Exception {
        var run = add(SmallRun.of("a", true, 1));
        task(run, "1", 2, 99);
        task(run, "2", 2, 100);
        task(run, "3", 2, 30);
        task(run, "4", 0, 1_000_000);
        task(run, "5", 7, "retrying");
        task(run, "6", 8, "running");
        task(run, "7", 9, "failed");
        task(add(SmallRun.of("other", true, 1)), "1", 2, 99);

        List<Waiting> waiting = read(tx -> WatchRows.waiting(tx, "a"));
        List<Task> running = read(tx -> WatchRows.running(tx, "a", 9));
        List<Task> next = read(tx -> WatchRows.next(tx, "a", 9));
        List<Task> failed = read(tx -> WatchRows.failed(tx, "a", 9));

        assertThat(waiting)
                .containsExactly(
                        new Waiting(0, 1, 10),
                        new Waiting(0, 1, 1_000_000),
                        new Waiting(2, 2, 129),
                        new Waiting(2, 1, 100));
        assertThat(running).extracting(Task::id).containsExactly("6");
        assertThat(next).extracting(Task::id).containsExactly("4", "5", "1", "2", "3");
        assertThat(failed).extracting(Task::id).containsExactly("7");
    }
}
