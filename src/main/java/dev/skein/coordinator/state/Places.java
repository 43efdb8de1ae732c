package dev.skein.coordinator.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which placements take a place on which worker. Immutable; a change copies one of many small parts, so that neither
 * looking nor changing grows with the cluster.
 *
 * @param unsettled ids of groups of which a placement deploys, or waits to be tried again
 */
record Places(List<Map<String, Spot>> parts, Set<String> unsettled) {
    /**
     * One worker's.
     *
     * @param here those that take a place on it
     * @param coming how many copies are made ready there
     */
    private record Spot(List<Placement> here, int coming) {
        static final Spot FREE = new Spot(List.of(), 0);

        boolean isFree() {
            return here.isEmpty() && coming == 0;
        }
    }

    private static final int PARTS = 256;
    private static final int PART_SHIFT = Integer.SIZE - 8;
    private static final int SCATTER = 0x9E3779B9;
    private static final Places NONE = new Places(Collections.nCopies(PARTS, Map.of()), Set.of());

    static Places of(Collection<Group> groups) {
        var building = new Building(NONE);
        groups.forEach(group -> building.change(null, group));
        return building.done();
    }

    List<Placement> on(String workerId) {
        return spot(workerId).here;
    }

    int taken(String workerId) {
        var spot = spot(workerId);
        return spot.here.size() + spot.coming;
    }

    Stream<String> workers() {
        return parts.stream().flatMap(part -> part.keySet().stream());
    }

    private Spot spot(String workerId) {
        return parts.get(part(workerId)).getOrDefault(workerId, Spot.FREE);
    }

    /** The same after one group has become another. */
    Places changed(@Nullable Group before, @Nullable Group after) {
        var building = new Building(this);
        building.change(before, after);
        return building.done();
    }

    private static int part(String workerId) {
        return (workerId.hashCode() * SCATTER) >>> PART_SHIFT; // other bits than the map of the part goes by
    }

    /** Copies each part once, when it changes first. */
    private static final class Building {
        private final List<Map<String, Spot>> parts;
        private final Set<Integer> own = new HashSet<>();
        private Set<String> unsettled;

        Building(Places from) {
            parts = new ArrayList<>(from.parts);
            unsettled = from.unsettled;
        }

        Places done() {
            return new Places(parts, unsettled);
        }

        void change(@Nullable Group before, @Nullable Group after) {
            var old = before == null ? List.<Placement>of() : before.placements();
            var now = after == null ? List.<Placement>of() : after.placements();
            for (int i = 0; i < old.size(); i++) {
                if (i >= now.size() || old.get(i) != now.get(i)) {
                    remove(old.get(i));
                }
            }
            for (int i = 0; i < now.size(); i++) {
                if (i >= old.size() || old.get(i) != now.get(i)) {
                    add(now.get(i));
                }
            }
            settle(before, after);
        }

        private void settle(@Nullable Group before, @Nullable Group after) {
            var id = after != null ? after.id() : before != null ? before.id() : "";
            boolean waits = after != null && after.placements().stream().anyMatch(Placement::isUnsettled);
            if (waits != unsettled.contains(id)) {
                var next = new HashSet<>(unsettled);
                if (waits) {
                    next.add(id);
                } else {
                    next.remove(id);
                }
                unsettled = next;
            }
        }

        private void add(Placement placement) {
            if (placement.occupies(placement.workerId())) {
                var spot = of(placement.workerId());
                var list = new ArrayList<>(spot.here);
                list.add(placement);
                put(placement.workerId(), new Spot(List.copyOf(list), spot.coming));
            }
            expect(placement, 1);
        }

        private void remove(Placement placement) {
            if (placement.occupies(placement.workerId())) {
                var spot = of(placement.workerId());
                var list = new ArrayList<>(spot.here);
                list.removeIf(each -> each.id().equals(placement.id()));
                put(placement.workerId(), new Spot(List.copyOf(list), spot.coming));
            }
            expect(placement, -1);
        }

        private void expect(Placement placement, int more) {
            var move = placement.move();
            if (move != null) {
                var spot = of(move.workerId());
                put(move.workerId(), new Spot(spot.here, spot.coming + more));
            }
        }

        private Spot of(String workerId) {
            return parts.get(part(workerId)).getOrDefault(workerId, Spot.FREE);
        }

        private void put(String workerId, Spot spot) {
            int index = part(workerId);
            if (own.add(index)) {
                parts.set(index, new HashMap<>(parts.get(index)));
            }
            if (spot.isFree()) {
                parts.get(index).remove(workerId);
            } else {
                parts.get(index).put(workerId, spot);
            }
        }
    }
}
