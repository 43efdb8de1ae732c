package dev.skein.coordinator.index;

import dev.skein.index.workspace.Workspaces.Shard;
import dev.skein.index.workspace.Workspaces.View;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A workspace as it is kept; {@code shards} by their roots. */
record Workspace(
        String id,
        String name,
        String root,
        String router,
        List<String> sourceRoots,
        SortedMap<String, Placed> shards) {

    /**
     * A shard and its owner.
     *
     * @param worker null while it had none
     * @param spare who else has a copy on its disk, or is to get one; null for nobody
     */
    record Placed(
            int files,
            long bytes,
            @Nullable String worker,
            long epoch,
            @Nullable String spare) {
        Placed(int files, long bytes, @Nullable String worker, long epoch) {
            this(files, bytes, worker, epoch, null);
        }

        /** With another owner; the one before still has what it had. */
        Placed on(String next) {
            var former = worker == null || worker.equals(next) ? spare : worker;
            return new Placed(files, bytes, next, epoch + 1, next.equals(former) ? null : former);
        }

        Placed sparedBy(String other) {
            return new Placed(files, bytes, worker, epoch, other);
        }
    }

    Workspace {
        sourceRoots = List.copyOf(sourceRoots);
        shards = Collections.unmodifiableSortedMap(new TreeMap<>(shards));
    }

    Workspace with(String shard, Placed placed) {
        var next = new TreeMap<>(shards);
        next.put(shard, placed);
        return new Workspace(id, name, root, router, sourceRoots, next);
    }

    /** @param nodes present life of each worker */
    View view(Function<String, @Nullable String> nodes) {
        var shown = shards.entrySet().stream()
                .map(each -> view(each.getKey(), each.getValue(), nodes))
                .toList();
        return new View(id, name, root, router, sourceRoots, shown);
    }

    private static Shard view(String shard, Placed placed, Function<String, @Nullable String> nodes) {
        var worker = placed.worker;
        var node = worker == null ? null : nodes.apply(worker);
        var spare = placed.spare;
        var spareNode = spare == null ? null : nodes.apply(spare);
        return new Shard(shard, placed.files, placed.bytes, worker, node, placed.epoch, spare, spareNode);
    }
}
