package dev.skein.review.ledger.work;

import dev.skein.git.exchange.Mirror;
import dev.skein.review.ledger.Task;
import dev.skein.review.scope.Scope;
import dev.skein.review.scope.Unit;
import dev.skein.review.scope.Wanted;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The files of tasks, as they are in a commit. Looks through a tree once, while commits only change the ledger. */
public final class UnitFinder {
    private static final String LEDGER = ".beads";

    private final Mirror mirror;
    private TaskUnits units;
    private String tree = "";

    public UnitFinder(Mirror mirror) {
        this.mirror = mirror;
        this.units = new TaskUnits(mirror.files());
    }

    Path root() {
        return mirror.files();
    }

    /** All units of a commit. */
    public Scope scope(String commit, Wanted wanted) {
        checkOut(commit);
        return Scope.of(mirror.files(), wanted);
    }

    private void checkOut(String commit) {
        var now = mirror.treeWithout(commit, LEDGER);
        if (!now.equals(tree)) {
            mirror.checkOut(commit);
            units = new TaskUnits(mirror.files());
            tree = now;
        }
    }

    /** None when there is nothing to review any more. */
    public Optional<Unit> unit(String commit, Task task) {
        checkOut(commit);
        return units.unit(task);
    }

    /** What is looked through of a commit for some tasks, for each choice of patterns. */
    public List<Scope> scopes(String commit, Collection<Task> tasks) {
        checkOut(commit);
        return units.scopes(tasks);
    }
}
