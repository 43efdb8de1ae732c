package dev.skein.coordinator.placement;

import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Placement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How many placements are under each value of the label that their group is spread by. Lives as long as one plan. */
final class Spread {
    private record Under(String groupId, String pipeline, String value) {}

    private static final String ALL = "";
    private static final int OF_PIPELINE = 100_000; // its copies count before those of the rest of the group

    private final ClusterState state;
    private final Map<Under, Integer> counts = new HashMap<>();
    private final Set<String> counted = new HashSet<>(); // groups; the others are nobody's concern

    Spread(ClusterState state) {
        this.state = state;
    }

    void add(Placement placement, String workerId) {
        if (label(placement) != null) {
            know(placement.id().groupId());
            count(placement, workerId, 1);
        }
    }

    void remove(Placement placement, String workerId) {
        if (label(placement) != null) {
            know(placement.id().groupId());
            count(placement, workerId, -1);
        }
    }

    /** The name of the label; null when the group is not spread. */
    @Nullable
    String label(Placement placement) {
        var group = state.groups().get(placement.id().groupId());
        return group == null ? null : group.spec().spreadBy();
    }

    /** What the worker says to that label; null when it has none of that name. */
    @Nullable
    String value(String label, String workerId) {
        var worker = state.workers().get(workerId);
        return worker == null ? null : worker.label(label);
    }

    /** How many there are under the value; those of the same pipeline weigh more than any number of the group's. */
    int weight(Placement placement, @Nullable String value) {
        if (value == null) {
            return Integer.MAX_VALUE; // a worker without the label comes last
        }
        var group = placement.id().groupId();
        know(group);
        return counts.getOrDefault(new Under(group, placement.pipeline(), value), 0) * OF_PIPELINE
                + counts.getOrDefault(new Under(group, ALL, value), 0);
    }

    private void know(String groupId) {
        var group = state.groups().get(groupId);
        if (group != null && counted.add(groupId)) {
            group.placements().stream()
                    .filter(placement -> placement.occupies(placement.workerId()))
                    .forEach(placement -> count(placement, placement.workerId(), 1));
        }
    }

    private void count(Placement placement, String workerId, int more) {
        var label = label(placement);
        var value = label == null ? null : value(label, workerId);
        if (value != null) {
            var group = placement.id().groupId();
            counts.merge(new Under(group, placement.pipeline(), value), more, Integer::sum);
            counts.merge(new Under(group, ALL, value), more, Integer::sum);
        }
    }
}
