package dev.skein.review.ledger.work;

import dev.skein.review.ledger.Task;
import dev.skein.review.ledger.TaskState;
import dev.skein.review.ledger.claim.View;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which task is to be taken next. Pure.
 *
 * @param task null when there is none to take
 * @param isToWait whether one that somebody has may come back
 */
public record Choice(@Nullable Task task, boolean isToWait) {
    /** A task comes as late as if it had been made so much later, for each step that it is less urgent. */
    static final Duration STEP = Duration.ofHours(1);

    /** A task with when it comes: times are texts, and it is compared often. */
    private record Due(Task task, Instant at) {
        private static final Comparator<Due> ORDER = Comparator.comparing(Due::at)
                .thenComparing(due -> due.task.part())
                .thenComparing(due -> due.task.id());

        static Due of(Task task) {
            var issue = task.issue();
            return new Due(task, issue.time("created_at").plus(STEP.multipliedBy(issue.priority())));
        }
    }

    /** The most urgent first, then the oldest; what waits long comes before what is more urgent and new. */
    public static List<Task> sorted(Stream<Task> tasks) {
        return due(tasks).stream().map(Due::task).toList();
    }

    private static List<Due> due(Stream<Task> tasks) {
        return tasks.map(Due::of).sorted(Due.ORDER).toList();
    }

    /**
     * The choice of one worker.
     *
     * @param isPutOff tells tasks that are not to be tried now
     * @param spread among how many equally urgent ones chance decides, so that those who race do not race for one
     */
    public static Choice of(View view, Predicate<Task> isPutOff, int spread, RandomGenerator random) {
        var pending = view.tasks().stream()
                .filter(task -> task.state() == TaskState.PENDING)
                .toList();
        var free = due(pending.stream().filter(task -> isFree(view, task) && !isPutOff.test(task)));
        if (free.isEmpty()) {
            return new Choice(null, !pending.isEmpty());
        }
        return new Choice(among(free, spread, random), false);
    }

    private static boolean isFree(View view, Task task) {
        var holder = view.holder(task.id());
        return holder == null || !holder.isLive();
    }

    private static Task among(List<Due> free, int spread, RandomGenerator random) {
        var first = free.get(0).at;
        long equal = free.stream().takeWhile(due -> due.at.equals(first)).count();
        return free.get(random.nextInt((int) Math.min(Math.max(1, spread), equal))).task;
    }
}
