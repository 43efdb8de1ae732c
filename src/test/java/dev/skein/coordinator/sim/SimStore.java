package dev.skein.coordinator.sim;

import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Leftover;
import dev.skein.coordinator.state.Worker;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.store.lease.Lease.Row;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The database: the row of the lease by its own clock, and a state to which only the present epoch may write. */
final class SimStore {
    /** Hears of each commit. */
    interface Listener {
        void committed(long epoch, ClusterState before, ClusterState after);
    }

    private final InstantSource clock;
    private final Duration length;
    private final Listener listener;
    private ClusterState durable = ClusterState.EMPTY;
    private String holder = "";
    private long epoch;
    private long expires;
    boolean isFull;
    boolean isFenced = true; // off only to see that a simulation without it fails

    SimStore(InstantSource clock, Duration length, Listener listener) {
        this.clock = clock;
        this.length = length;
        this.listener = listener;
    }

    ClusterState durable() {
        return durable;
    }

    Row take(String candidate, boolean reclaim) {
        var node = candidate.substring(0, candidate.lastIndexOf('@') + 1);
        if (holder.isEmpty() || expires <= now() || (reclaim && holder.startsWith(node))) {
            epoch++;
            holder = candidate;
            expires = now() + length.toMillis();
        }
        return row();
    }

    Row renew(String candidate, long held) {
        if (holder.equals(candidate) && epoch == held) {
            expires = now() + length.toMillis();
        }
        return row();
    }

    void release(String candidate, long held) {
        if (holder.equals(candidate) && epoch == held) {
            holder = "";
            expires = 0;
        }
    }

    private Row row() {
        return new Row(holder, epoch, Duration.ofMillis(expires - now()));
    }

    private long now() {
        return clock.instant().toEpochMilli();
    }

    /** What a coordinator of that epoch finds; moves under way are not kept. */
    ClusterState load(long reader) {
        fence(reader);
        var state = durable;
        for (var group : durable.groups().values()) {
            state = state.with(group.map(placement -> placement.isMoving() ? placement.staying() : placement));
        }
        durable = state;
        return state;
    }

    /** Writes the rows in which the two differ. */
    void write(long writer, ClusterState before, ClusterState after) {
        fence(writer);
        if (isFull) {
            throw new Problem(Kind.STORAGE_FULL, "full");
        }
        var next = before == durable ? after : merged(before, after);
        listener.committed(writer, durable, next);
        durable = next;
    }

    private void fence(long asking) {
        if (isFenced && asking != epoch) {
            throw Problem.busy("no_leader", "epoch " + asking + " is over");
        }
    }

    private ClusterState merged(ClusterState before, ClusterState after) {
        SortedMap<String, Worker> workers = new TreeMap<>(durable.workers());
        merge(workers, before.workers(), after.workers());
        var groups = new LinkedHashMap<>(durable.groups());
        merge(groups, before.groups(), after.groups());
        var migrations = new LinkedHashMap<>(durable.migrations());
        merge(migrations, before.migrations(), after.migrations());
        Set<Leftover> leftovers = new LinkedHashSet<>(durable.leftovers());
        before.leftovers().stream()
                .filter(left -> !after.leftovers().contains(left))
                .forEach(leftovers::remove);
        after.leftovers().stream()
                .filter(left -> !before.leftovers().contains(left))
                .forEach(leftovers::add);
        return new ClusterState(
                Collections.unmodifiableSortedMap(workers),
                Collections.unmodifiableMap(groups),
                after.lastChosen(),
                Collections.unmodifiableSet(leftovers),
                Collections.unmodifiableMap(migrations));
    }

    private static <T> void merge(Map<String, T> rows, Map<String, T> before, Map<String, T> after) {
        before.keySet().stream().filter(id -> !after.containsKey(id)).forEach(rows::remove);
        after.forEach((id, row) -> {
            if (row != before.get(id)) {
                rows.put(id, row);
            }
        });
    }
}
