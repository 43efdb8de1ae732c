package dev.skein.http.api.reviews;

import dev.skein.review.progress.Eta;
import dev.skein.review.progress.Forecast;
import dev.skein.review.progress.Forecast.Claimed;
import dev.skein.review.progress.Forecast.Live;
import dev.skein.review.progress.Pace;
import dev.skein.review.run.Reviews.Task;
import dev.skein.review.run.Reviews.TaskList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When a run will end, as JSON has it.
 *
 * @param likelyMillis null, as the others, when nobody can know
 */
record EtaView(
        String text,
        int workers,
        int measured,
        @Nullable Long likelyMillis,
        @Nullable Long earlyMillis,
        @Nullable Long lateMillis) {

    /**
     * The tasks of a run by state; of very many only the first are listed.
     *
     * @param done those that the pace is measured by
     */
    record Tasks(TaskList pending, TaskList running, TaskList done) {}

    static EtaView of(Tasks tasks, Instant now) {
        var eta = new Forecast(pace(tasks.done.tasks()))
                .eta(lines(tasks.pending), claimed(tasks.running.tasks(), now), live(tasks.running.tasks()));
        return of(eta);
    }

    private static EtaView of(Eta eta) {
        var interval = eta.interval();
        return interval == null
                ? new EtaView(eta.text(), eta.workers(), eta.measured(), null, null, null)
                : new EtaView(
                        eta.text(),
                        eta.workers(),
                        eta.measured(),
                        interval.likely().toMillis(),
                        interval.early().toMillis(),
                        interval.late().toMillis());
    }

    private static Pace pace(List<Task> done) {
        var pace = new Pace();
        done.stream()
                .filter(task -> task.finishedMillis() != null && task.startedMillis() != null)
                .sorted(Comparator.comparingLong(EtaView::ended))
                .forEach(task -> pace.measured(name(task), task.lines(), seconds(task)));
        return pace;
    }

    private static double seconds(Task task) {
        var began = task.startedMillis();
        return began == null ? 0 : (ended(task) - began) / 1e3;
    }

    private static long ended(Task task) {
        var ended = task.finishedMillis();
        return ended == null ? 0 : ended;
    }

    /** Tasks that are not listed are taken to be like those that are. */
    private static List<Long> lines(TaskList pending) {
        var lines = new ArrayList<>(pending.tasks().stream().map(Task::lines).toList());
        long mean = (long) lines.stream().mapToLong(Long::longValue).average().orElse(0);
        while (lines.size() < pending.total()) {
            lines.add(mean);
        }
        return lines;
    }

    private static List<Claimed> claimed(List<Task> running, Instant now) {
        return running.stream()
                .map(task -> new Claimed(name(task), task.lines(), elapsed(task, now)))
                .toList();
    }

    private static Duration elapsed(Task task, Instant now) {
        var began = task.startedMillis();
        long elapsed = began == null ? 0 : now.toEpochMilli() - began;
        return Duration.ofMillis(Math.max(0, elapsed));
    }

    /** Who has a task lives: its lease is renewed. */
    private static List<Live> live(List<Task> running) {
        var slots = new TreeMap<String, Integer>();
        running.forEach(task -> slots.merge(name(task), 1, Integer::sum));
        return slots.entrySet().stream()
                .map(each -> new Live(each.getKey(), each.getValue()))
                .toList();
    }

    private static String name(Task task) {
        return String.valueOf(task.worker());
    }
}
