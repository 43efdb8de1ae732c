package dev.skein.coordinator.view;

import dev.skein.coordinator.ledger.Ledger;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Group;
import dev.skein.coordinator.state.Placement;
import dev.skein.pipeline.GroupSpec.PipelineSpec;
import dev.skein.pipeline.Routing.Destination;
import dev.skein.pipeline.Routing.GroupTable;
import dev.skein.pipeline.Routing.Since;
import dev.skein.pipeline.Routing.Tables;
import dev.skein.pipeline.Routing.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Where events go, by group, with the version at which each last changed. A version means something only within one
 * generation, the coordinator's life. Confined to the coordinator's event loop.
 */
public final class RoutingTables implements Ledger.Listener {
    private static final int REMOVED_MAX = 10_000;

    private record Versioned(GroupTable table, long version) {}

    private final String generation;
    private final LongConsumer changed;
    private final Map<String, Versioned> tables = new LinkedHashMap<>();
    private final Map<String, Long> removed = new LinkedHashMap<>(); // oldest first
    private long version;
    private long forgottenUpTo; // removals up to here are not known any more

    /**
     * The tables of one life.
     *
     * @param changed hears of each new version
     */
    public RoutingTables(String generation, ClusterState loaded, LongConsumer changed) {
        this.generation = generation;
        this.changed = changed;
        update(ClusterState.EMPTY, loaded);
    }

    @Override
    public void committed(ClusterState before, ClusterState after) {
        if (before.groups() != after.groups() || before.workers() != after.workers()) {
            long known = version;
            update(before, after);
            if (version != known) {
                changed.accept(version);
            }
        }
    }

    /** What changed since; all of it to those who know nothing of this life. */
    public Tables since(Since asked) {
        boolean full = !asked.generation().equals(generation) || asked.version() < forgottenUpTo;
        long from = full ? -1 : asked.version();
        return new Tables(
                generation,
                version,
                full,
                tables.values().stream()
                        .filter(table -> table.version > from)
                        .map(Versioned::table)
                        .toList(),
                full ? List.of() : removedSince(from));
    }

    private List<String> removedSince(long from) {
        return removed.entrySet().stream()
                .filter(entry -> entry.getValue() > from)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void update(ClusterState before, ClusterState state) {
        long next = version + 1;
        var touched = touched(before, state);
        for (var group : state.groups().values()) {
            boolean same = before.groups().get(group.id()) == group && !touched.contains(group.id());
            if (!same && !group.deleting()) {
                put(tableOf(state, group), next);
            }
        }
        if (before.groups() != state.groups()) {
            tables.keySet().stream().filter(id -> !isThere(state, id)).toList().forEach(id -> remove(id, next));
        }
    }

    /** Groups that have a placement on a worker that is another than it was. */
    private static Set<String> touched(ClusterState before, ClusterState state) {
        return before.workers() == state.workers()
                ? Set.of()
                : state.takenWorkers()
                        .filter(id ->
                                before.workers().get(id) != state.workers().get(id))
                        .flatMap(state::placementsOn)
                        .map(placement -> placement.id().groupId())
                        .collect(Collectors.toSet());
    }

    private static boolean isThere(ClusterState state, String groupId) {
        var group = state.groups().get(groupId);
        return group != null && !group.deleting();
    }

    private void put(GroupTable table, long next) {
        var known = tables.get(table.groupId());
        if (known == null || !known.table.equals(table)) {
            tables.put(table.groupId(), new Versioned(table, next));
            version = next;
        }
    }

    private void remove(String groupId, long next) {
        tables.remove(groupId);
        removed.put(groupId, next);
        version = next;
        if (removed.size() > REMOVED_MAX) {
            var oldest = removed.entrySet().iterator();
            forgottenUpTo = oldest.next().getValue();
            oldest.remove();
        }
    }

    static GroupTable tableOf(ClusterState state, Group group) {
        var copies = group.placements().stream().collect(Collectors.groupingBy(Placement::pipeline));
        return new GroupTable(
                group.id(),
                group.spec().name(),
                group.spec().routes(),
                group.spec().pipelines().stream()
                        .map(pipeline -> destination(state, copies.getOrDefault(pipeline.name(), List.of()), pipeline))
                        .toList());
    }

    private static Destination destination(ClusterState state, List<Placement> copies, PipelineSpec pipeline) {
        return new Destination(
                pipeline.name(),
                pipeline.partitionKey(),
                copies.stream().map(placement -> target(state, placement)).toList());
    }

    private static Target target(ClusterState state, Placement placement) {
        var worker = state.workers().get(placement.workerId());
        return new Target(
                placement.id().name(),
                placement.pipelineId(),
                placement.epoch(),
                placement.workerId(),
                worker == null ? null : worker.node(),
                worker == null ? "" : worker.address(),
                worker == null ? "" : worker.apiKey().reveal(),
                placement.isRunning(),
                placement.successorOf());
    }
}
