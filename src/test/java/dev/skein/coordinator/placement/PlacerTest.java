package dev.skein.coordinator.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.coordinator.placement.Placer.Strategy;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Group;
import dev.skein.coordinator.state.Placement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlacerTest {
    private static final int CLUSTERS = 20_000;

    @Test
    void it_chooses_what_looking_at_every_worker_would_choose() {
        int placed = 0;
        for (long seed = 0; seed < CLUSTERS; seed++) {
            placed += compared(seed);
        }
        assertThat(placed).as("choices that found a worker").isGreaterThan(CLUSTERS);
    }

    private static int compared(long seed) {
        var cluster = new RandomCluster(seed);
        var state = cluster.state();
        var candidates = cluster.candidates();
        var placer = new Placer(state, candidates);
        var simple = new SimplePlacer(state, candidates);
        var placements = state.placements().collect(Collectors.toList());
        Collections.shuffle(placements, cluster.random());
        int placed = 0;
        for (var placement : placements.subList(0, (placements.size() + 1) / 2)) {
            placer.release(placement);
            simple.release(placement);
        }
        for (var placement : placements) {
            int how = cluster.random().nextInt(4);
            var chosen = chosen(placer, state, placement, how);
            assertThat(chosen)
                    .as("%s in the cluster of seed %d", placement.id(), seed)
                    .isEqualTo(chosen(simple, state, placement, how));
            placed += chosen.isPresent() ? 1 : 0;
        }
        assertThat(placer.lastChosen()).isEqualTo(simple.lastChosen());
        return placed;
    }

    private static Optional<String> chosen(Placer placer, ClusterState state, Placement placement, int how) {
        var group = state.groups().get(placement.id().groupId());
        var pipeline = group.pipelineOf(placement);
        return switch (how) {
            case 0 -> placer.leastLoaded(placement);
            case 1 -> placer.staying(placement);
            default ->
                placer.choose(placement, pipeline, Strategy.of(group.spec().placement()));
        };
    }

    private static Optional<String> chosen(SimplePlacer placer, ClusterState state, Placement placement, int how) {
        var group = state.groups().get(placement.id().groupId());
        var affinity = group.pipelineOf(placement).workerAffinity();
        return switch (how) {
            case 0 -> placer.leastLoaded(placement);
            case 1 -> placer.staying(placement);
            default ->
                placer.choose(placement, affinity, Strategy.of(group.spec().placement()));
        };
    }

    @Test
    void what_the_state_keeps_about_places_is_what_counting_finds() {
        for (long seed = 0; seed < CLUSTERS / 10; seed++) {
            var cluster = new RandomCluster(seed);
            var before = cluster.state();
            var candidates = cluster.candidates();
            var after = Reconciler.retry(before, () -> candidates);
            assertCounted(after, seed);
            var first = after.groups().values().iterator().next();
            var turned = new ArrayList<>(first.placements());
            Collections.reverse(turned);
            assertCounted(after.with(new Group(first.id(), first.spec(), first.createdAt(), false, turned)), seed);
            assertCounted(after.withoutGroup(first.id()), seed);
        }
    }

    private static void assertCounted(ClusterState state, long seed) {
        var known = new TreeSet<>(state.workers().keySet());
        known.add("");
        for (var worker : known) {
            var there = state.placements()
                    .filter(placement -> placement.occupies(worker))
                    .toList();
            long coming = state.placements()
                    .filter(placement -> placement.isMovingTo(worker))
                    .count();
            assertThat(state.placementsOn(worker))
                    .as("on %s, seed %d", worker, seed)
                    .containsExactlyInAnyOrderElementsOf(there);
            assertThat(state.takenOn(worker)).as("on %s, seed %d", worker, seed).isEqualTo(there.size() + (int) coming);
        }
        var unsettled = state.groups().values().stream()
                .filter(group -> group.placements().stream()
                        .anyMatch(placement -> placement.isDeploying() || placement.retryable()))
                .map(group -> group.id())
                .toList();
        assertThat(state.unsettled()).isEqualTo(Set.copyOf(unsettled));
        assertThat(state.takenWorkers().filter(worker -> state.takenOn(worker) == 0))
                .isEmpty();
    }
}
