package dev.skein.coordinator.placement;

import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Group;
import dev.skein.coordinator.state.Leftover;
import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.PlacementId;
import dev.skein.pipeline.Workers.Running;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What follows from a worker's word about what it runs. Pure. */
public final class Reports {
    private Reports() {}

    /** Whether it runs what it should and nothing else, so that nothing follows; the answer to most heartbeats. */
    public static boolean isAsPlanned(ClusterState state, String workerId, List<Running> reported) {
        var placements = state.placesOn(workerId);
        if (!state.leftovers().isEmpty() || reported.size() != placements.size()) {
            return false;
        }
        for (var placement : placements) {
            if (!placement.isRunning()
                    || isBeingDeleted(state, placement.id().groupId())
                    || !isNamed(placement, reported)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNamed(Placement placement, List<Running> reported) {
        for (var running : reported) {
            if (isOf(running, placement)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOf(Running running, Placement placement) {
        return running.pipelineId().equals(placement.pipelineId())
                && running.heldFor() == 0
                && running.groupId() != null
                && names(running, placement);
    }

    /** Ids of what it runs and must not: copies under an old epoch, of deleted groups, or that were moved away. */
    public static List<String> toStop(ClusterState state, String workerId, List<Running> reported) {
        return reported.stream()
                .filter(running -> mustStop(state, workerId, running))
                .map(Running::pipelineId)
                .toList();
    }

    /** Takes over what runs under a present epoch but is not known to. */
    public static ClusterState adopt(ClusterState state, String workerId, List<Running> reported) {
        var next = state;
        for (var running : reported) {
            var current = current(next, workerId, running);
            if (current.isPresent() && !adopted(current.get(), running).equals(current.get())) {
                next = next.change(current.get().id(), known -> adopted(known, running));
            }
        }
        var alive = reported.stream().map(Running::pipelineId).collect(Collectors.toSet());
        return next.withoutLeftovers(next.leftovers().stream()
                .filter(left -> left.workerId().equals(workerId) && !alive.contains(left.pipelineId()))
                .toList());
    }

    /** Placements that count as running there although the worker does not name them. */
    public static Set<PlacementId> missing(ClusterState state, String workerId, List<Running> reported) {
        return state.placementsOn(workerId)
                .filter(Placement::isRunning)
                .filter(placement -> reported.stream().noneMatch(running -> names(running, placement)))
                .map(Placement::id)
                .collect(Collectors.toSet());
    }

    /** How many of them are no placements. */
    public static int foreign(ClusterState state, String workerId, List<Running> reported) {
        return (int) reported.stream() // most often none, so the rest is not looked at
                .filter(running -> running.groupId() == null)
                .filter(running -> state.placementsOn(workerId).noneMatch(placement -> names(running, placement)))
                .count();
    }

    /** Whether the worker's word is about this placement, under its present epoch. */
    public static boolean names(Running running, Placement placement) {
        if (running.groupId() == null) {
            return !placement.pipelineId().isEmpty() && running.pipelineId().equals(placement.pipelineId());
        }
        return running.groupId().equals(placement.id().groupId())
                && running.pipelineName().equals(placement.id().name())
                && running.epoch() == placement.epoch();
    }

    private static boolean mustStop(ClusterState state, String workerId, Running running) {
        if (state.leftovers().contains(new Leftover(workerId, running.pipelineId()))) {
            return true;
        }
        return running.groupId() != null
                && current(state, workerId, running).isEmpty()
                && !isMadeReady(state, workerId, running);
    }

    /** Whether it is the copy that shall take the place of another. */
    private static boolean isMadeReady(ClusterState state, String workerId, Running running) {
        var placement = state.placement(new PlacementId(String.valueOf(running.groupId()), running.pipelineName()));
        var move = placement == null ? null : placement.move();
        return move != null && move.workerId().equals(workerId) && move.epoch() == running.epoch();
    }

    /** Copies that were brought to rest for others that do not come. */
    public static List<Running> toRelease(ClusterState state, String workerId, List<Running> reported) {
        return reported.stream()
                .filter(running -> running.heldFor() != 0)
                .filter(running -> current(state, workerId, running)
                        .map(Placement::move)
                        .map(move -> move.epoch() != running.heldFor())
                        .orElse(current(state, workerId, running).isPresent()))
                .toList();
    }

    private static Optional<Placement> current(ClusterState state, String workerId, Running running) {
        var groupId = running.groupId();
        if (groupId == null) {
            return Optional.empty();
        }
        var there = state.placementsOn(workerId)
                .filter(placement -> names(running, placement))
                .findFirst();
        if (there.isPresent() && !isBeingDeleted(state, groupId)) {
            return there;
        }
        return Optional.ofNullable(state.groups().get(groupId))
                .filter(group -> !group.deleting())
                .flatMap((Group group) -> group.placement(running.pipelineName()))
                .filter(placement -> placement.workerId().equals(workerId) && names(running, placement));
    }

    private static boolean isBeingDeleted(ClusterState state, String groupId) {
        var group = state.groups().get(groupId);
        return group == null || group.deleting();
    }

    /** A failure under the same epoch was a lost answer, unless the program was refused. */
    private static Placement adopted(Placement known, Running running) {
        if (known.isRunning()) {
            return known.running(running.pipelineId(), known.diagnostics());
        }
        return known.isDeploying() || known.retryable()
                ? known.running(running.pipelineId(), known.diagnostics())
                : known;
    }
}
