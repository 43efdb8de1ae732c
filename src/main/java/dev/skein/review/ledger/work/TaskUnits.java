package dev.skein.review.ledger.work;

import dev.skein.review.ledger.Task;
import dev.skein.review.scope.Scope;
import dev.skein.review.scope.Unit;
import dev.skein.review.scope.Wanted;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of tasks as they are below a root; it is looked through once for each choice of patterns. Blocks. */
public final class TaskUnits {
    private final Path root;
    private final Map<Patterns, Scope> scopes = new HashMap<>();
    private final Map<Patterns, Map<Place, Unit>> units = new HashMap<>();

    private record Patterns(List<String> include, List<String> exclude) {
        static Patterns of(Task task) {
            return new Patterns(task.include(), task.exclude());
        }
    }

    private record Place(String directory, int part) {}

    public TaskUnits(Path root) {
        this.root = root;
    }

    /** None when there is nothing to review any more. */
    public Optional<Unit> unit(Task task) {
        scope(task);
        var all = units.getOrDefault(Patterns.of(task), Map.of());
        return Optional.ofNullable(all.get(new Place(task.directory(), task.part())));
    }

    private Scope scope(Task task) {
        return scopes.computeIfAbsent(Patterns.of(task), patterns -> {
            var wanted = Wanted.DEFAULTS.including(patterns.include).excluding(patterns.exclude);
            var scope = Scope.of(root, wanted);
            var found = new HashMap<Place, Unit>();
            scope.units().forEach(unit -> found.put(new Place(unit.directory(), unit.part()), unit));
            units.put(patterns, found);
            return scope;
        });
    }

    /** What is looked through for each choice of patterns of some tasks. */
    public List<Scope> scopes(Collection<Task> tasks) {
        return tasks.stream().map(this::scope).distinct().toList();
    }
}
