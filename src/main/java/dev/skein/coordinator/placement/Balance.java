package dev.skein.coordinator.placement;

import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.PlacementId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Which placements to move so that the workers' numbers of placements differ by less than two. Those on their way count
 * where they go, so asking twice moves nothing twice. Pure; lives as long as one plan.
 */
public final class Balance {
    /** One placement and the worker it should move to. */
    public record Shift(Placement placement, String target) {}

    private final ClusterState state;
    private final ToLongFunction<PlacementId> eventsIn;
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<String, Integer> room = new TreeMap<>();
    private final Set<PlacementId> shifted = new HashSet<>();

    private Balance(ClusterState state, List<Candidate> ready, ToLongFunction<PlacementId> eventsIn) {
        this.state = state;
        this.eventsIn = eventsIn;
        ready.forEach(candidate -> {
            counts.put(candidate.workerId(), 0);
            room.put(candidate.workerId(), candidate.maxPipelines() - candidate.running());
        });
        state.placements().forEach(placement -> counts.computeIfPresent(placeOf(placement), (id, n) -> n + 1));
    }

    /** @param eventsIn how busy a placement is; among those of the fullest worker the busiest moves first */
    public static List<Shift> plan(ClusterState state, List<Candidate> ready, ToLongFunction<PlacementId> eventsIn) {
        var balance = new Balance(state, ready, eventsIn);
        var shifts = new ArrayList<Shift>();
        for (var shift = balance.next(); shift.isPresent(); shift = balance.next()) {
            shifts.add(shift.get());
        }
        return shifts;
    }

    private static String placeOf(Placement placement) {
        var move = placement.move();
        if (move != null) {
            return move.workerId();
        }
        return placement.occupies(placement.workerId()) ? placement.workerId() : "";
    }

    /** From the fullest worker that has anything to give, to the emptiest with room. */
    private Optional<Shift> next() {
        var target = counts.keySet().stream()
                .filter(worker -> room.getOrDefault(worker, 0) > 0)
                .min(Comparator.<String>comparingInt(this::count));
        return target.flatMap(emptiest -> counts.keySet().stream()
                .filter(worker -> count(worker) - count(emptiest) >= 2)
                .sorted(Comparator.<String>comparingInt(this::count).reversed())
                .flatMap(fullest -> movable(fullest, emptiest).stream())
                .findFirst()
                .map(placement -> shift(placement, emptiest)));
    }

    private int count(String worker) {
        return counts.getOrDefault(worker, 0);
    }

    private Optional<Placement> movable(String from, String to) {
        return state.placementsOn(from)
                .filter(placement -> placement.isRunning() && !placement.isMoving())
                .filter(placement -> !shifted.contains(placement.id()) && !isPinned(placement))
                .min(Comparator.<Placement, Boolean>comparing(placement -> hasCopyOn(placement, to))
                        .thenComparing(placement -> eventsIn.applyAsLong(placement.id()), Comparator.reverseOrder()));
    }

    private boolean isPinned(Placement placement) {
        var group = state.groups().get(placement.id().groupId());
        return group == null
                || group.deleting()
                || placement.workerId().equals(group.pipelineOf(placement).workerAffinity());
    }

    private boolean hasCopyOn(Placement placement, String worker) {
        var group = state.groups().get(placement.id().groupId());
        return group != null
                && group.placements().stream()
                        .filter(other -> other.pipeline().equals(placement.pipeline()))
                        .anyMatch(other -> placeOf(other).equals(worker));
    }

    private Shift shift(Placement placement, String target) {
        shifted.add(placement.id());
        counts.computeIfPresent(placement.workerId(), (id, count) -> count - 1);
        counts.computeIfPresent(target, (id, count) -> count + 1);
        room.computeIfPresent(target, (id, left) -> left - 1);
        return new Shift(placement, target);
    }
}
