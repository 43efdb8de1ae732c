package dev.skein.review.ledger.exchange;

import dev.skein.review.ledger.Task;
import dev.skein.review.ledger.TaskState;
import dev.skein.review.ledger.work.TaskUnits;
import dev.skein.review.scope.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * What a cluster takes of a ledger.
 *
 * @param units one for each task that has something to review, with its priority
 * @param ended why some of them get no job, by the unit's id
 * @param done tasks whose results are to be taken, by the unit's id
 * @param again tasks that are done, but not as the files are now, or without a result that can be read
 * @param gone tasks that have nothing to review any more
 */
public record Incoming(List<Unit> units, Map<String, String> ended, Map<String, Task> done, int again, int gone) {
    private static final String AWAITED = "the ledger says that it is done, but its result has not arrived";

    /** Of tasks of one place the first counts. */
    private static final List<TaskState> RANKS =
            List.of(TaskState.DONE, TaskState.PENDING, TaskState.FAILED, TaskState.HELD);

    public Incoming {
        units = List.copyOf(units);
        ended = Map.copyOf(ended);
        done = Map.copyOf(done);
    }

    /** @param hasResult whether what a done task found can be read, and is about its unit */
    public static Incoming of(Collection<Task> tasks, TaskUnits units, BiPredicate<Task, Unit> hasResult) {
        var making = new Making(units, hasResult);
        tasks.stream()
                .filter(task -> task.state() != TaskState.DROPPED)
                .sorted(Comparator.comparing((Task task) -> RANKS.indexOf(task.state()))
                        .thenComparing(Task::id))
                .forEach(making::add);
        return new Incoming(making.found, making.ended, making.done, making.again, making.gone);
    }

    /** One in the making. */
    private static final class Making {
        private final TaskUnits units;
        private final BiPredicate<Task, Unit> hasResult;
        private final List<Unit> found = new ArrayList<>();
        private final HashSet<String> ids = new HashSet<>();
        private final Map<String, String> ended = new TreeMap<>();
        private final Map<String, Task> done = new TreeMap<>();
        private int again;
        private int gone;

        Making(TaskUnits units, BiPredicate<Task, Unit> hasResult) {
            this.units = units;
            this.hasResult = hasResult;
        }

        void add(Task task) {
            var unit = units.unit(task);
            if (unit.isEmpty()) {
                gone++;
            } else if (ids.add(unit.get().id())) {
                found.add(unit.get().ranked(task.priority()));
                state(task, unit.get());
            }
        }

        private void state(Task task, Unit unit) {
            switch (task.state()) {
                case DONE -> {
                    if (task.hash().equals(unit.hash()) && hasResult.test(task, unit)) {
                        done.put(unit.id(), task);
                        ended.put(unit.id(), AWAITED);
                    } else {
                        again++;
                    }
                }
                case FAILED -> ended.put(unit.id(), Task.line(task.reason()));
                case HELD ->
                    ended.put(
                            unit.id(),
                            Task.line("somebody has it without a claim: %s %s"
                                    .formatted(
                                            task.issue().status(), task.issue().text("assignee"))));
                case PENDING, DROPPED -> {}
            }
        }
    }
}
