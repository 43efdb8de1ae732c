package dev.skein.coordinator.placement;

import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Placement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many placements are under each value of the label that their group is spread by. Lives as long as one plan. */
final class Spread {
    private record Under(String groupId, String pipeline, String value) {}

    private static final String ALL = "";
    private static final int OF_PIPELINE = 100_000; // its copies count before those of the rest of the group

    private final ClusterState state;
    private final Map<Under, Integer> counts = new HashMap<>();

    Spread(ClusterState state) {
        this.state = state;
        state.placements()
                .filter(placement -> placement.occupies(placement.workerId()))
                .forEach(placement -> add(placement, placement.workerId()));
    }

    void add(Placement placement, String workerId) {
        count(placement, workerId, 1);
    }

    void remove(Placement placement, String workerId) {
        count(placement, workerId, -1);
    }

    /** Those under the values that have the fewest; all of them when the group is not spread. */
    List<Candidate> fewest(Placement placement, List<Candidate> candidates) {
        if (label(placement) == null) {
            return candidates;
        }
        int least = candidates.stream()
                .mapToInt(candidate -> weight(placement, candidate.workerId()))
                .min()
                .orElse(0);
        return candidates.stream()
                .filter(candidate -> weight(placement, candidate.workerId()) == least)
                .toList();
    }

    private void count(Placement placement, String workerId, int more) {
        var value = value(placement, workerId);
        if (value != null) {
            var group = placement.id().groupId();
            counts.merge(new Under(group, placement.pipeline(), value), more, Integer::sum);
            counts.merge(new Under(group, ALL, value), more, Integer::sum);
        }
    }

    private int weight(Placement placement, String workerId) {
        var value = value(placement, workerId);
        if (value == null) {
            return Integer.MAX_VALUE; // a worker without the label comes last
        }
        var group = placement.id().groupId();
        return counts.getOrDefault(new Under(group, placement.pipeline(), value), 0) * OF_PIPELINE
                + counts.getOrDefault(new Under(group, ALL, value), 0);
    }

    private @Nullable String label(Placement placement) {
        var group = state.groups().get(placement.id().groupId());
        return group == null ? null : group.spec().spreadBy();
    }

    private @Nullable String value(Placement placement, String workerId) {
        var label = label(placement);
        var worker = state.workers().get(workerId);
        return label == null || worker == null ? null : worker.label(label);
    }
}
