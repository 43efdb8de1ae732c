package dev.skein.coordinator.index;

import dev.skein.coordinator.index.Workspace.Placed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Decides which other worker keeps a copy of a shard's files on its disk. Pure.
 *
 * <p>A copy stays where it is for as long as that worker does; the one whose worker is gone is given up only where
 * there is another to make one, since a worker that comes back has most of it still.
 */
final class SparePlacer {
    /** A copy of a shard is to be with a worker. */
    record Spare(Workspace workspace, String shard, String worker) {}

    private final Map<String, Long> loads = new TreeMap<>(); // bytes of copies on each taker
    private final Predicate<String> gone;

    private SparePlacer(Collection<Workspace> workspaces, Collection<String> takers, Predicate<String> gone) {
        this.gone = gone;
        takers.forEach(taker -> loads.put(taker, 0L));
        for (var workspace : workspaces) {
            for (var placed : workspace.shards().values()) {
                if (placed.spare() != null) {
                    loads.computeIfPresent(placed.spare(), (worker, bytes) -> bytes + placed.bytes());
                }
            }
        }
    }

    /**
     * What has to change now.
     *
     * @param takers workers that may be given shards
     * @param gone whether a worker will not answer any more
     */
    static List<Spare> plan(Collection<Workspace> workspaces, Collection<String> takers, Predicate<String> gone) {
        var placer = new SparePlacer(workspaces, takers, gone);
        var spares = new ArrayList<Spare>();
        for (var workspace : workspaces) {
            workspace
                    .shards()
                    .forEach((shard, placed) ->
                            placer.choose(placed).ifPresent(worker -> spares.add(new Spare(workspace, shard, worker))));
        }
        return spares;
    }

    private Optional<String> choose(Placed placed) {
        var owner = placed.worker();
        var spare = placed.spare();
        if (owner == null || spare != null && !spare.equals(owner) && !gone.test(spare)) {
            return Optional.empty();
        }
        var chosen = loads.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(owner) && !gone.test(entry.getKey()))
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
        chosen.ifPresent(worker -> loads.merge(worker, placed.bytes(), Long::sum));
        return chosen;
    }
}
