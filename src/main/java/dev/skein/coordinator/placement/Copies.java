package dev.skein.coordinator.placement;

import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Group;
import dev.skein.coordinator.state.Placement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which workers have a copy of a pipeline, or get one. Looks at a group when it is asked about first; lives as long as
 * one plan.
 */
final class Copies {
    private final ClusterState state;
    private final Map<String, Map<String, Set<String>>> workers = new HashMap<>(); // by group and pipeline

    Copies(ClusterState state) {
        this.state = state;
    }

    /** Ids of workers; adding one or removing one changes what is known. */
    Set<String> of(Placement placement) {
        return workers.computeIfAbsent(placement.id().groupId(), this::look)
                .computeIfAbsent(placement.pipeline(), pipeline -> new HashSet<>());
    }

    private Map<String, Set<String>> look(String groupId) {
        var found = new HashMap<String, Set<String>>();
        var group = state.groups().get(groupId);
        if (group != null) {
            note(group, found);
        }
        return found;
    }

    private static void note(Group group, Map<String, Set<String>> found) {
        for (var placement : group.placements()) {
            if (placement.occupies(placement.workerId())) {
                var those = found.computeIfAbsent(placement.pipeline(), pipeline -> new HashSet<>());
                those.add(placement.workerId());
                var move = placement.move();
                if (move != null) {
                    those.add(move.workerId());
                }
            }
        }
    }
}
