package dev.skein.coordinator.review;

import dev.skein.coordinator.review.rows.Run;
import dev.skein.coordinator.review.rows.RunRows;
import dev.skein.coordinator.review.rows.TaskRows;
import dev.skein.coordinator.review.rows.TaskRows.Told;
import dev.skein.coordinator.review.rows.Totals;
import dev.skein.review.run.Reviews;
import dev.skein.review.run.Reviews.Listed;
import dev.skein.review.run.Reviews.SkippedAsk;
import dev.skein.review.run.Reviews.SkippedList;
import dev.skein.review.run.Reviews.TaskList;
import dev.skein.review.run.Reviews.TaskState;
import dev.skein.review.run.Reviews.View;
import dev.skein.store.Transaction;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs and tasks as people see them. */
final class RunViews {
    private static final int PAGE_MAX = 1_000;

    private final Means means;

    RunViews(Means means) {
        this.means = means;
    }

    Future<View> get(String id) {
        long now = means.now();
        return means.store().read(tx -> view(tx, Means.known(tx, id), now));
    }

    /** Of those that have ended and are known nothing is counted again. */
    Future<Listed> list(Reviews.ListAll ask, Map<String, View> known) {
        return means.store().read(tx -> new Listed(page(tx, ask, known), RunRows.count(tx)));
    }

    /** The same without how many there are in all. */
    Future<List<View>> newest(int limit, Map<String, View> known) {
        return means.store().read(tx -> page(tx, new Reviews.ListAll(limit, 0), known));
    }

    private List<View> page(Transaction tx, Reviews.ListAll ask, Map<String, View> known) throws SQLException {
        long now = means.now();
        var views = new ArrayList<View>();
        for (var run : RunRows.page(tx, limit(ask.limit()), Math.max(0, ask.offset()))) {
            var before = known.get(run.id());
            boolean isSame = before != null && Objects.equals(before.finishedMillis(), run.finishedAt());
            views.add(before != null && isSame ? before : view(tx, run, now));
        }
        return views;
    }

    Future<TaskList> tasks(Reviews.Tasks ask) {
        var bounded = new Reviews.Tasks(ask.run(), ask.state(), limit(ask.limit()), Math.max(0, ask.offset()));
        return means.store().read(tx -> {
            Means.known(tx, ask.run());
            var tasks = TaskRows.page(tx, bounded).stream().map(Told::task).toList();
            var totals = RunRows.totals(tx, ask.run());
            var state = ask.state();
            return new TaskList(tasks, state == null ? totals.all() : totals.of(state));
        });
    }

    Future<SkippedList> skipped(SkippedAsk ask) {
        return means.store().read(tx -> {
            var run = Means.known(tx, ask.run());
            return new SkippedList(RunRows.skipped(tx, run.id()), run.skipped());
        });
    }

    private static int limit(int asked) {
        return Math.max(1, Math.min(asked, PAGE_MAX));
    }

    private static View view(Transaction tx, Run run, long now) throws SQLException {
        var totals = RunRows.totals(tx, run.id());
        boolean isRunning = !totals.isSettled() || !(run.filled() || run.cancelled());
        var finished = run.finishedAt();
        return new View(
                run.id(),
                run.name(),
                run.root(),
                run.node(),
                run.origin(),
                run.choice().engine(),
                run.persona(),
                isRunning ? "running" : isWhole(run, totals) ? "done" : "incomplete",
                totals.byState(),
                run.files(),
                run.lines(),
                totals.reviewed(),
                totals.bySeverity(),
                totals.suppressed(),
                run.skipped(),
                run.choice().include(),
                run.choice().exclude(),
                run.createdAt(),
                isRunning ? null : finished == null ? Long.valueOf(now) : finished);
    }

    private static boolean isWhole(Run run, Totals totals) {
        return run.filled() && totals.of(TaskState.FAILED) == 0 && totals.reviewed() >= run.lines();
    }
}
