package dev.skein.coordinator.placement;

import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.PlacementId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * Which placements to move so that the workers' numbers of placements differ by less than two. Those on their way count
 * where they go, so asking twice moves nothing twice. Pure; lives as long as one plan.
 */
public final class Balance {
    /** One placement and the worker it should move to. */
    public record Shift(Placement placement, String target) {}

    private record Filled(String worker, int count) {}

    private final ClusterState state;
    private final ToLongFunction<PlacementId> eventsIn;
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Integer> room = new HashMap<>();
    private final NavigableSet<Filled> emptiest = // of those with room
            new TreeSet<>(Comparator.comparingInt(Filled::count).thenComparing(Filled::worker));
    private final NavigableSet<Filled> fullest = // of those that may have something to give
            new TreeSet<>(Comparator.comparingInt(Filled::count).reversed().thenComparing(Filled::worker));
    private final Set<PlacementId> shifted = new HashSet<>();

    private Balance(ClusterState state, List<Candidate> ready, ToLongFunction<PlacementId> eventsIn) {
        this.state = state;
        this.eventsIn = eventsIn;
        ready.forEach(candidate -> {
            counts.put(candidate.workerId(), 0);
            room.put(candidate.workerId(), candidate.maxPipelines() - candidate.running());
        });
        state.placements().forEach(placement -> counts.computeIfPresent(placeOf(placement), (id, n) -> n + 1));
        counts.forEach((worker, count) -> {
            fullest.add(new Filled(worker, count));
            if (hasRoom(worker)) {
                emptiest.add(new Filled(worker, count));
            }
        });
    }

    private boolean hasRoom(String worker) {
        return room.getOrDefault(worker, 0) > 0;
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
        while (!emptiest.isEmpty() && !fullest.isEmpty()) {
            var target = emptiest.first();
            var source = fullest.first();
            if (source.count - target.count < 2) {
                return Optional.empty();
            }
            var placement = movable(source.worker, target.worker);
            if (placement.isPresent()) {
                return placement.map(each -> shift(each, target.worker));
            }
            fullest.remove(source); // what cannot move from there now never can in this plan
        }
        return Optional.empty();
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
        room.merge(target, -1, Integer::sum);
        change(placement.workerId(), -1);
        change(target, 1);
        return new Shift(placement, target);
    }

    private void change(String worker, int more) {
        int before = counts.getOrDefault(worker, 0);
        boolean gives = fullest.remove(new Filled(worker, before));
        emptiest.remove(new Filled(worker, before));
        counts.put(worker, before + more);
        if (gives) {
            fullest.add(new Filled(worker, before + more));
        }
        if (hasRoom(worker)) {
            emptiest.add(new Filled(worker, before + more));
        }
    }
}
