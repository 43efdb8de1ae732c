package dev.skein.coordinator.placement;

import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Placement;
import dev.skein.pipeline.GroupSpec.PipelineSpec;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Chooses workers one placement after another and counts what it has chosen, so that a plan never fills a worker twice.
 * Lives as long as one plan.
 */
final class Placer {
    /** How to choose among workers with room. */
    enum Strategy {
        /** The next after the one last chosen, in order of id, wrapping. */
        ROUND_ROBIN,
        /** Fewest pipelines, then lowest pipelines per core, then id. */
        LEAST_LOADED;

        static Strategy of(@Nullable String word) {
            return "least_loaded".equals(word) ? LEAST_LOADED : ROUND_ROBIN;
        }
    }

    private record Copies(String groupId, String pipeline, String workerId) {}

    private final List<Candidate> candidates; // by id
    private final Map<String, Integer> running = new HashMap<>();
    private final Set<Copies> copies = new HashSet<>();
    private final Spread spread;
    private String lastChosen;

    Placer(ClusterState state, List<Candidate> candidates) {
        this.candidates = candidates;
        this.lastChosen = state.lastChosen();
        this.spread = new Spread(state);
        candidates.forEach(candidate -> running.put(candidate.workerId(), candidate.running()));
        state.placements()
                .filter(placement -> placement.occupies(placement.workerId()))
                .forEach(placement -> {
                    var move = placement.move();
                    copies.add(copyOf(placement, placement.workerId()));
                    if (move != null) {
                        copies.add(copyOf(placement, move.workerId()));
                    }
                });
    }

    String lastChosen() {
        return lastChosen;
    }

    /** The worker that the pipeline is bound to if it has room, else by strategy; empty when all are full. */
    Optional<String> choose(Placement placement, PipelineSpec pipeline, Strategy strategy) {
        var bound = withRoom().stream()
                .filter(candidate -> candidate.workerId().equals(pipeline.workerAffinity()))
                .findFirst();
        var chosen = bound.isPresent() ? bound : byStrategy(placement, strategy);
        return chosen.map(candidate -> take(placement, candidate));
    }

    Optional<String> leastLoaded(Placement placement) {
        return byStrategy(placement, Strategy.LEAST_LOADED).map(candidate -> take(placement, candidate));
    }

    /** The worker it has been on if that one has room, else the least loaded. */
    Optional<String> staying(Placement placement) {
        var same = withRoom().stream()
                .filter(candidate -> candidate.workerId().equals(placement.workerId()))
                .findFirst();
        return same.isPresent() ? same.map(candidate -> take(placement, candidate)) : leastLoaded(placement);
    }

    /** Gives back the place of a placement that is about to be chosen anew. */
    void release(Placement placement) {
        if (placement.occupies(placement.workerId())) {
            running.computeIfPresent(placement.workerId(), (id, count) -> count - 1);
            copies.remove(copyOf(placement, placement.workerId()));
            spread.remove(placement, placement.workerId());
        }
    }

    private Optional<Candidate> byStrategy(Placement placement, Strategy strategy) {
        var free = preferred(placement);
        if (strategy == Strategy.LEAST_LOADED) {
            return free.stream().min(Comparator.comparingInt(this::load).thenComparingDouble(this::loadPerCore));
        }
        var next = free.stream()
                .filter(candidate -> candidate.workerId().compareTo(lastChosen) > 0)
                .findFirst();
        var chosen = next.isPresent() ? next : free.stream().findFirst();
        chosen.ifPresent(candidate -> lastChosen = candidate.workerId());
        return chosen;
    }

    /**
     * With room; of those, as far as possible, without another copy of the pipeline, with memory to spare, under the
     * label's value that has the fewest, and not where it failed last.
     */
    private List<Candidate> preferred(Placement placement) {
        var apart = ifAny(withRoom(), candidate -> !copies.contains(copyOf(placement, candidate.workerId())));
        var roomy = ifAny(apart, candidate -> !candidate.isShortOfMemory());
        var even = spread.fewest(placement, roomy);
        return ifAny(even, candidate -> !candidate.workerId().equals(placement.workerId()));
    }

    private static List<Candidate> ifAny(List<Candidate> all, Predicate<Candidate> wish) {
        var those = all.stream().filter(wish).toList();
        return those.isEmpty() ? all : those;
    }

    private List<Candidate> withRoom() {
        return candidates.stream()
                .filter(candidate -> load(candidate) < candidate.maxPipelines())
                .toList();
    }

    private String take(Placement placement, Candidate candidate) {
        running.merge(candidate.workerId(), 1, Integer::sum);
        copies.add(copyOf(placement, candidate.workerId()));
        spread.add(placement, candidate.workerId());
        return candidate.workerId();
    }

    private int load(Candidate candidate) {
        return running.getOrDefault(candidate.workerId(), candidate.running());
    }

    private double loadPerCore(Candidate candidate) {
        return load(candidate) / (double) Math.max(1, candidate.cpuCores());
    }

    private static Copies copyOf(Placement placement, String workerId) {
        return new Copies(placement.id().groupId(), placement.pipeline(), workerId);
    }
}
