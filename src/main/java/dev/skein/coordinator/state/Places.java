package dev.skein.coordinator.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which placements take a place on which worker. Immutable; a change copies one of many small parts, so that neither
 * looking nor changing grows with the cluster.
 */
record Places(List<Map<String, List<Placement>>> parts) {
    private static final int PARTS = 256;
    private static final Places NONE = new Places(Collections.nCopies(PARTS, Map.of()));

    static Places of(Collection<Group> groups) {
        var places = NONE;
        for (var group : groups) {
            places = places.changed(null, group);
        }
        return places;
    }

    List<Placement> on(String workerId) {
        return parts.get(part(workerId)).getOrDefault(workerId, List.of());
    }

    /** The same after one group has become another. */
    Places changed(@Nullable Group before, @Nullable Group after) {
        var old = before == null ? List.<Placement>of() : before.placements();
        var now = after == null ? List.<Placement>of() : after.placements();
        var next = new ArrayList<>(parts);
        for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
            var left = i < old.size() ? old.get(i) : null;
            var come = i < now.size() ? now.get(i) : null;
            if (left != come) {
                remove(next, left);
                add(next, come);
            }
        }
        return new Places(next);
    }

    private static void add(List<Map<String, List<Placement>>> parts, @Nullable Placement placement) {
        if (placement != null && placement.occupies(placement.workerId())) {
            var list = new ArrayList<>(
                    parts.get(part(placement.workerId())).getOrDefault(placement.workerId(), List.of()));
            list.add(placement);
            put(parts, placement.workerId(), list);
        }
    }

    private static void remove(List<Map<String, List<Placement>>> parts, @Nullable Placement placement) {
        if (placement != null && placement.occupies(placement.workerId())) {
            var list = new ArrayList<>(
                    parts.get(part(placement.workerId())).getOrDefault(placement.workerId(), List.of()));
            list.removeIf(each -> each.id().equals(placement.id()));
            put(parts, placement.workerId(), list);
        }
    }

    private static void put(List<Map<String, List<Placement>>> parts, String workerId, List<Placement> list) {
        var part = new HashMap<>(parts.get(part(workerId)));
        if (list.isEmpty()) {
            part.remove(workerId);
        } else {
            part.put(workerId, List.copyOf(list));
        }
        parts.set(part(workerId), part);
    }

    private static int part(String workerId) {
        int hash = workerId.hashCode();
        return (hash ^ (hash >>> 16)) & (PARTS - 1);
    }
}
