package dev.skein.coordinator.placement;

import dev.skein.coordinator.placement.Placer.Strategy;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Group;
import dev.skein.coordinator.state.Leftover;
import dev.skein.coordinator.state.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings what is planned in line with who is there. Every function is pure; the orders follow from the difference
 * between the state before and after: a placement that deploys under a new epoch is to be deployed, a new leftover is
 * to be stopped.
 */
public final class Reconciler {
    public static final String NO_ROOM = "no worker with free capacity";

    /**
     * Which placements something is about.
     *
     * @param groupIds the groups to look at, so that not all of them have to be
     */
    public record Scope(Set<String> groupIds, Predicate<Placement> which) {
        /** Those on some workers that are so. */
        public static Scope on(ClusterState state, Stream<String> workerIds, Predicate<Placement> which) {
            return new Scope(
                    workerIds
                            .flatMap(state::placementsOn)
                            .map(placement -> placement.id().groupId())
                            .collect(Collectors.toSet()),
                    which);
        }

        private Stream<Group> groups(ClusterState state) {
            return groupIds.isEmpty()
                    ? Stream.empty()
                    : state.groups().values().stream().filter(group -> groupIds.contains(group.id()));
        }
    }

    @FunctionalInterface
    private interface Choice {
        Optional<String> choose(Placer placer, Group group, Placement placement);
    }

    private Reconciler() {}

    /** Adds a group and gives each of its placements a worker, or the reason why there is none. */
    public static ClusterState deploy(ClusterState state, Group group, List<Candidate> candidates) {
        var scope = new Scope(Set.of(group.id()), isNewIn(group));
        return move(state.with(group), () -> candidates, scope, Reconciler::bySpec);
    }

    /** Gives a worker to every placement that has none and may get one. */
    public static ClusterState retry(ClusterState state, Supplier<List<Candidate>> candidates) {
        return move(state, candidates, new Scope(state.unsettled(), Placement::retryable), Reconciler::bySpec);
    }

    /** Moves placements to the least loaded workers. */
    public static ClusterState moveAway(ClusterState state, Supplier<List<Candidate>> candidates, Scope lost) {
        return move(state, candidates, occupying(lost), (placer, group, lostOne) -> placer.leastLoaded(lostOne));
    }

    /** Deploys placements again, where they were if there is room. */
    public static ClusterState redeploy(ClusterState state, Supplier<List<Candidate>> candidates, Scope lost) {
        return move(state, candidates, occupying(lost), (placer, group, lostOne) -> placer.staying(lostOne));
    }

    /** The least loaded worker with room that a running placement could move to; empty when there is none. */
    public static Optional<String> elsewhere(ClusterState state, List<Candidate> candidates, Placement placement) {
        var others = candidates.stream()
                .filter(candidate -> !candidate.workerId().equals(placement.workerId()))
                .toList();
        var placer = new Placer(state, others);
        placer.release(placement);
        return placer.leastLoaded(placement);
    }

    private static Predicate<Placement> isNewIn(Group group) {
        return placement -> placement.isDeploying()
                && placement.epoch() == 0
                && placement.id().groupId().equals(group.id());
    }

    private static Scope occupying(Scope scope) {
        return new Scope(
                scope.groupIds, placement -> placement.occupies(placement.workerId()) && scope.which.test(placement));
    }

    private static Optional<String> bySpec(Placer placer, Group group, Placement placement) {
        var strategy = Strategy.of(group.spec().placement());
        return placer.choose(placement, group.pipelineOf(placement), strategy);
    }

    private static ClusterState move(
            ClusterState state, Supplier<List<Candidate>> candidates, Scope scope, Choice choice) {
        var groups = scope.groups(state).toList();
        var chosen = groups.stream()
                .flatMap(group -> group.placements().stream().filter(scope.which))
                .toList();
        if (chosen.isEmpty()) {
            return state;
        }
        var placer = new Placer(state, candidates.get());
        chosen.forEach(placer::release);
        var left = new ArrayList<Leftover>();
        var next = state;
        for (var group : groups) {
            if (!group.deleting()) {
                next = next.with(group.map(placement -> scope.which.test(placement)
                        ? moved(placement, choice.choose(placer, group, placement), left)
                        : placement));
            }
        }
        return next.withLastChosen(placer.lastChosen()).withLeftovers(left);
    }

    private static Placement moved(Placement placement, Optional<String> target, List<Leftover> left) {
        if (!placement.pipelineId().isEmpty()) {
            left.add(new Leftover(placement.workerId(), placement.pipelineId()));
        }
        return target.map(placement::assigned).orElseGet(() -> placement.unplaced(NO_ROOM));
    }
}
