package dev.skein.coordinator.state;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that survives. What a change leaves alone stays the same object, so the difference of two states is found
 * by identity.
 *
 * @param workers by id, deregistered ones included
 * @param groups by id, in order of creation
 * @param lastChosen the worker that round robin chose last, in the whole cluster; empty at first
 * @param migrations those under way and those that ended not long ago, in order of their beginning
 * @param onWorkers follows from the groups
 */
public record ClusterState(
        SortedMap<String, Worker> workers,
        Map<String, Group> groups,
        String lastChosen,
        Set<Leftover> leftovers,
        Map<String, Migration> migrations,
        Places onWorkers) {
    public static final ClusterState EMPTY =
            new ClusterState(Collections.emptySortedMap(), Map.of(), "", Collections.emptySet(), Map.of());

    public ClusterState(
            SortedMap<String, Worker> workers,
            Map<String, Group> groups,
            String lastChosen,
            Set<Leftover> leftovers,
            Map<String, Migration> migrations) {
        this(workers, groups, lastChosen, leftovers, migrations, Places.of(groups.values()));
    }

    /** The worker unless it is unknown or deregistered. */
    public Optional<Worker> listed(String workerId) {
        return Optional.ofNullable(workers.get(workerId)).filter(Worker::isListed);
    }

    /** Every worker that is not deregistered, by id. */
    public Stream<Worker> listed() {
        return workers.values().stream().filter(Worker::isListed);
    }

    public @Nullable Placement placement(PlacementId id) {
        var group = groups.get(id.groupId());
        return group == null ? null : group.placement(id.name()).orElse(null);
    }

    /** Every placement, of groups that are being deleted too. */
    public Stream<Placement> placements() {
        return groups.values().stream().flatMap(group -> group.placements().stream());
    }

    /** Placements that take a place on the worker. */
    public Stream<Placement> placementsOn(String workerId) {
        return placesOn(workerId).stream();
    }

    /** The same, for those who look at it thousands of times a second. */
    public List<Placement> placesOn(String workerId) {
        return onWorkers.on(workerId);
    }

    /** How many places are taken there, by placements and by copies made ready. */
    public int takenOn(String workerId) {
        return onWorkers.taken(workerId);
    }

    /** Ids of workers that placements or copies made ready take a place on, known or not, in no order. */
    public Stream<String> takenWorkers() {
        return onWorkers.workers();
    }

    /** Ids of groups of which a placement deploys, or waits to be tried again. */
    public Set<String> unsettled() {
        return onWorkers.unsettled();
    }

    public ClusterState with(Migration migration) {
        if (migration.equals(migrations.get(migration.id()))) {
            return this;
        }
        var next = new LinkedHashMap<>(migrations);
        next.put(migration.id(), migration);
        return new ClusterState(workers, groups, lastChosen, leftovers, Collections.unmodifiableMap(next), onWorkers);
    }

    public ClusterState withoutMigrations(Collection<String> ids) {
        if (ids.isEmpty()) {
            return this;
        }
        var next = new LinkedHashMap<>(migrations);
        next.keySet().removeAll(ids);
        return new ClusterState(workers, groups, lastChosen, leftovers, Collections.unmodifiableMap(next), onWorkers);
    }

    public ClusterState with(Worker worker) {
        if (worker.equals(workers.get(worker.id()))) {
            return this;
        }
        var next = new TreeMap<>(workers);
        next.put(worker.id(), worker);
        return new ClusterState(
                Collections.unmodifiableSortedMap(next), groups, lastChosen, leftovers, migrations, onWorkers);
    }

    public ClusterState withoutWorkers(Collection<String> ids) {
        if (ids.isEmpty()) {
            return this;
        }
        var next = new TreeMap<>(workers);
        next.keySet().removeAll(ids);
        return new ClusterState(
                Collections.unmodifiableSortedMap(next), groups, lastChosen, leftovers, migrations, onWorkers);
    }

    public ClusterState with(Group group) {
        var known = groups.get(group.id());
        if (known == group) {
            return this;
        }
        var next = new LinkedHashMap<>(groups);
        next.put(group.id(), group);
        return in(next, onWorkers.changed(known, group));
    }

    public ClusterState withoutGroup(String groupId) {
        var next = new LinkedHashMap<>(groups);
        var known = next.remove(groupId);
        return in(next, onWorkers.changed(known, null));
    }

    private ClusterState in(Map<String, Group> nextGroups, Places places) {
        return new ClusterState(
                workers, Collections.unmodifiableMap(nextGroups), lastChosen, leftovers, migrations, places);
    }

    public ClusterState withLastChosen(String workerId) {
        return workerId.equals(lastChosen)
                ? this
                : new ClusterState(workers, groups, workerId, leftovers, migrations, onWorkers);
    }

    public ClusterState withLeftovers(Collection<Leftover> more) {
        if (leftovers.containsAll(more)) {
            return this;
        }
        var next = new LinkedHashSet<>(leftovers);
        next.addAll(more);
        return new ClusterState(workers, groups, lastChosen, Collections.unmodifiableSet(next), migrations, onWorkers);
    }

    public ClusterState withoutLeftovers(Collection<Leftover> gone) {
        if (Collections.disjoint(leftovers, gone)) {
            return this;
        }
        var next = new LinkedHashSet<>(leftovers);
        gone.forEach(next::remove);
        return new ClusterState(workers, groups, lastChosen, Collections.unmodifiableSet(next), migrations, onWorkers);
    }

    /** Changes one placement, if it is still there. */
    public ClusterState change(PlacementId id, UnaryOperator<Placement> change) {
        var group = groups.get(id.groupId());
        if (group == null) {
            return this;
        }
        return with(group.map(placement -> placement.id().equals(id) ? change.apply(placement) : placement));
    }
}
