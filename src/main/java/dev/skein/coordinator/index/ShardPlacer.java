package dev.skein.coordinator.index;

import dev.skein.coordinator.index.Workspace.Placed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Decides which worker has which shard, by bytes of sources. Pure.
 *
 * <p>A shard stays where it is for as long as its worker does: moving it costs reading it all again. So the only shard
 * that moves without need is one for a worker that has none while another has several.
 */
final class ShardPlacer {
    /** A shard is to be given to a worker. */
    record Move(Workspace workspace, String shard, String worker) {
        /** As it is after that. */
        Placed placed() {
            return Objects.requireNonNull(workspace.shards().get(shard)).on(worker);
        }
    }

    private record Located(Workspace workspace, String shard, Placed placed) {
        long bytes() {
            return placed.bytes();
        }
    }

    private final List<Located> all = new ArrayList<>();
    private final Map<String, Long> loads = new TreeMap<>(); // bytes on each taker

    private ShardPlacer(Collection<Workspace> workspaces, Collection<String> takers) {
        takers.forEach(taker -> loads.put(taker, 0L));
        for (var workspace : workspaces) {
            workspace.shards().forEach((shard, placed) -> {
                all.add(new Located(workspace, shard, placed));
                if (placed.worker() != null) {
                    loads.computeIfPresent(placed.worker(), (worker, bytes) -> bytes + placed.bytes());
                }
            });
        }
    }

    /**
     * What has to change now.
     *
     * @param takers workers that may be given shards
     * @param gone whether a worker will not answer for its shards any more
     * @return nothing when nobody can take what should move
     */
    static List<Move> plan(Collection<Workspace> workspaces, Collection<String> takers, Predicate<String> gone) {
        if (takers.isEmpty()) {
            return List.of();
        }
        var placer = new ShardPlacer(workspaces, takers);
        var moves = placer.settle(gone);
        return moves.isEmpty() ? placer.share() : moves;
    }

    /** The largest ones first, each to whoever has a copy of it or else to whoever has least. */
    private List<Move> settle(Predicate<String> gone) {
        var homeless = new ArrayList<Located>();
        for (var each : all) {
            var worker = each.placed.worker();
            if (worker == null || gone.test(worker)) {
                homeless.add(each);
            }
        }
        homeless.sort(Comparator.comparingLong(Located::bytes)
                .reversed()
                .thenComparing(each -> each.workspace.name())
                .thenComparing(Located::shard));
        var moves = new ArrayList<Move>();
        for (var each : homeless) {
            var spare = each.placed.spare();
            var worker = spare != null && loads.containsKey(spare) ? spare : lightest();
            loads.merge(worker, each.bytes(), Long::sum);
            moves.add(new Move(each.workspace, each.shard, worker));
        }
        return moves;
    }

    private String lightest() {
        return loads.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    /** One shard for a worker without any, from whoever has most; the one that evens them out best. */
    private List<Move> share() {
        var idle =
                loads.keySet().stream().filter(worker -> on(worker).isEmpty()).findFirst();
        var busiest = loads.entrySet().stream()
                .filter(entry -> on(entry.getKey()).size() > 1)
                .max(Map.Entry.comparingByValue());
        if (idle.isEmpty() || busiest.isEmpty()) {
            return List.of();
        }
        long half = busiest.get().getValue() / 2;
        return on(busiest.get().getKey()).stream()
                .min(Comparator.comparingLong(each -> Math.abs(each.bytes() - half)))
                .map(each -> new Move(each.workspace, each.shard, idle.get()))
                .stream()
                .toList();
    }

    private List<Located> on(String worker) {
        return all.stream().filter(each -> worker.equals(each.placed.worker())).toList();
    }
}
