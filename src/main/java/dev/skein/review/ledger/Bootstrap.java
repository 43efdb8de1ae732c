package dev.skein.review.ledger;

import dev.skein.review.ledger.TaskState.Step;
import dev.skein.review.scope.Scope;
import dev.skein.review.scope.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the tasks of a scope. Two who do it at the same time make the same; done again, it changes nothing. */
public final class Bootstrap {
    private final Map<String, Issue> changed = new TreeMap<>();
    private final Ledger before;
    private final Instant now;
    private int duplicates;

    private Bootstrap(Ledger before, Instant now) {
        this.before = before;
        this.now = now;
    }

    /**
     * What is to be done beside making tasks.
     *
     * @param isChangedAgain whether done tasks whose files have changed are to be done again
     * @param isFailedAgain whether failed tasks are to be done again, those that somebody has without a claim, and
     *     those that somebody closed without a review
     * @param include patterns that the scope was made with; those who do the tasks need them too
     * @param isWhole whether the scope is as deep as there are directories
     */
    public record Wish(
            boolean isChangedAgain,
            boolean isFailedAgain,
            List<String> include,
            List<String> exclude,
            boolean isWhole) {
        public static final Wish NOTHING_MORE = new Wish(false, false, List.of(), List.of());

        public Wish {
            include = List.copyOf(include);
            exclude = List.copyOf(exclude);
        }

        /** Of a whole scope. */
        public Wish(boolean isChangedAgain, boolean isFailedAgain, List<String> include, List<String> exclude) {
            this(isChangedAgain, isFailedAgain, include, exclude, true);
        }

        /** The same for a scope that is whole, or is not. */
        public Wish whole(boolean isSo) {
            return new Wish(isChangedAgain, isFailedAgain, include, exclude, isSo);
        }

        private boolean hasPatternsOf(Task task) {
            return task.include().equals(include) && task.exclude().equals(exclude);
        }
    }

    /** @param found units, each of which has a task now */
    public record Made(Ledger ledger, int found, int created, int reopened, int vanished, int duplicates) {
        public boolean isChange() {
            return created + reopened + vanished + duplicates > 0;
        }
    }

    private record Place(String directory, int part) {}

    /** Closes no task of a place that the wish leaves out; only one made by the same patterns is gone without it. */
    public static Made of(Ledger before, Scope scope, Wish wish, Instant now) {
        return new Bootstrap(before, now).made(scope, wish);
    }

    /** Only what is there twice. */
    public static Made deduplicated(Ledger before, Instant now) {
        var one = new Bootstrap(before, now);
        one.kept();
        return new Made(before.with(one.changed.values()), 0, 0, 0, 0, one.duplicates);
    }

    private Made made(Scope scope, Wish wish) {
        var kept = kept();
        int created = 0;
        int reopened = 0;
        for (var unit : scope.units()) {
            var task = kept.remove(new Place(unit.directory(), unit.part()));
            if (task == null || task.state() == TaskState.DROPPED) {
                put(task == null ? created(unit, wish) : task.reopened(now));
                created++;
            } else if (isAgain(task, unit, wish)) {
                put(task.reopened(now));
                reopened++;
            }
        }
        var vanished = kept.values().stream()
                .filter(task -> wish.isWhole && wish.hasPatternsOf(task))
                .filter(task -> Step.DROP.isAcceptedIn(task.state()))
                .toList();
        vanished.forEach(task -> put(task.vanished(now)));
        return new Made(
                before.with(changed.values()), scope.units().size(), created, reopened, vanished.size(), duplicates);
    }

    private void put(Issue issue) {
        changed.put(issue.id(), issue);
    }

    private static boolean isAgain(Task task, Unit unit, Wish wish) {
        return switch (task.state()) {
            case DONE ->
                wish.isFailedAgain && !task.isReviewed()
                        || wish.isChangedAgain
                                && wish.hasPatternsOf(task)
                                && !task.hash().equals(unit.hash());
            case FAILED, HELD -> wish.isFailedAgain;
            default -> false;
        };
    }

    /** One task for each place; others of the same place are closed. */
    private Map<Place, Task> kept() {
        var byPlace = new LinkedHashMap<Place, List<Task>>();
        before.issues()
                .values()
                .forEach(issue -> Task.of(issue)
                        .ifPresent(task -> byPlace.computeIfAbsent(
                                        new Place(task.directory(), task.part()), place -> new ArrayList<>())
                                .add(task)));
        var kept = new LinkedHashMap<Place, Task>();
        byPlace.forEach((place, tasks) -> kept.put(place, first(tasks)));
        return kept;
    }

    private Task first(Collection<Task> tasks) {
        var sorted = tasks.stream()
                .sorted(Comparator.comparingInt((Task task) -> rank(task.state()))
                        .thenComparing(Task::id))
                .toList();
        var first = sorted.get(0);
        sorted.stream()
                .skip(1)
                .filter(task -> Step.DROP.isAcceptedIn(task.state()))
                .forEach(task -> {
                    put(task.duplicateOf(first.id(), now));
                    duplicates++;
                });
        return first;
    }

    private static int rank(TaskState state) {
        return switch (state) {
            case HELD -> 0;
            case DONE -> 1;
            case PENDING -> 2;
            case FAILED -> 3;
            case DROPPED -> 4;
        };
    }

    private Issue created(Unit unit, Wish wish) {
        return NewTask.of(unit, wish.include, wish.exclude)
                .issue(id -> before.issue(id) != null || changed.containsKey(id), now);
    }
}
