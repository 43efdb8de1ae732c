package dev.skein.cli.review.ledger.exchange;

import dev.skein.review.ledger.Task;
import dev.skein.review.ledger.TaskState;
import dev.skein.review.ledger.claim.View;
import dev.skein.review.ledger.work.UnitFinder;
import dev.skein.review.scope.Unit;
import java.util.HashSet;

/**
 * What of a branch its ledger does not speak of.
 *
 * @param without places with files to review that no task is about
 * @param changed tasks that are done, but not of the files as they are now
 */
record Drift(int without, int changed) {
    private record Place(String directory, int part) {
        static Place of(Unit unit) {
            return new Place(unit.directory(), unit.part());
        }
    }

    static Drift of(UnitFinder finder, View view) {
        var tasks = view.tasks().stream()
                .filter(task -> task.state() != TaskState.DROPPED)
                .toList();
        var without = new HashSet<Place>();
        finder.scopes(view.head(), tasks).forEach(scope -> scope.units().forEach(unit -> without.add(Place.of(unit))));
        tasks.forEach(task -> without.remove(new Place(task.directory(), task.part())));
        long changed = tasks.stream()
                .filter(task -> task.state() == TaskState.DONE)
                .filter(task -> isOfOthers(finder, view, task))
                .count();
        return new Drift(without.size(), (int) changed);
    }

    /** A task whose files are gone has nothing to be reviewed again. */
    private static boolean isOfOthers(UnitFinder finder, View view, Task task) {
        return finder.unit(view.head(), task)
                .filter(unit -> !unit.hash().equals(task.hash()))
                .isPresent();
    }

    boolean isAny() {
        return without + changed > 0;
    }

    String sentence() {
        return "the branch has %d directories without a task, and other files than were reviewed in %d; to review them:"
                        .formatted(without, changed)
                + " skein review ledger init --again changed, with the patterns that its tasks were made with";
    }
}
