package dev.skein.review.ledger.work;

import dev.skein.git.exchange.Mirror;
import dev.skein.review.ledger.Task;
import dev.skein.review.scope.Scope;
import dev.skein.review.scope.Unit;
import dev.skein.review.scope.Wanted;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of tasks, as they are in a commit. Looks through a tree once, while commits only change the ledger. */
public final class UnitFinder {
    private static final String LEDGER = ".beads";

    private final Mirror mirror;
    private final Map<Patterns, Map<Place, Unit>> units = new HashMap<>();
    private String tree = "";

    private record Patterns(List<String> include, List<String> exclude) {}

    private record Place(String directory, int part) {}

    public UnitFinder(Mirror mirror) {
        this.mirror = mirror;
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
            units.clear();
            tree = now;
        }
    }

    /** None when there is nothing to review any more. */
    Optional<Unit> unit(String commit, Task task) {
        checkOut(commit);
        var patterns = new Patterns(task.include(), task.exclude());
        var all = units.computeIfAbsent(patterns, this::found);
        return Optional.ofNullable(all.get(new Place(task.directory(), task.part())));
    }

    private Map<Place, Unit> found(Patterns patterns) {
        var wanted = Wanted.DEFAULTS.including(patterns.include).excluding(patterns.exclude);
        var found = new HashMap<Place, Unit>();
        Scope.of(mirror.files(), wanted)
                .units()
                .forEach(unit -> found.put(new Place(unit.directory(), unit.part()), unit));
        return found;
    }
}
