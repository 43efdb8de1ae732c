package dev.skein.coordinator.placement;

import dev.skein.coordinator.placement.Placer.Strategy;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Placement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What {@link Placer} chooses, said as plainly as possible: it looks at every worker for every wish. */
final class SimplePlacer {
    private record Copy(String groupId, String pipeline, String workerId) {}

    private record Under(
            String groupId, String pipeline, @Nullable String value) {}

    private static final int OF_PIPELINE = 100_000;

    private final ClusterState state;
    private final List<Candidate> candidates;
    private final Map<String, Integer> loads = new HashMap<>();
    private final Set<Copy> copies = new HashSet<>();
    private final Map<Under, Integer> counts = new HashMap<>();
    private String lastChosen;

    SimplePlacer(ClusterState state, List<Candidate> candidates) {
        this.state = state;
        this.candidates = candidates;
        this.lastChosen = state.lastChosen();
        candidates.forEach(candidate -> loads.put(candidate.workerId(), candidate.running()));
        state.placements()
                .filter(placement -> placement.occupies(placement.workerId()))
                .forEach(placement -> {
                    var move = placement.move();
                    copies.add(copy(placement, placement.workerId()));
                    count(placement, placement.workerId(), 1);
                    if (move != null) {
                        copies.add(copy(placement, move.workerId()));
                    }
                });
    }

    String lastChosen() {
        return lastChosen;
    }

    Optional<String> choose(Placement placement, @Nullable String affinity, Strategy strategy) {
        var bound = withRoom().stream()
                .filter(each -> each.workerId().equals(affinity))
                .findFirst();
        return take(placement, bound.or(() -> byStrategy(placement, strategy)));
    }

    Optional<String> leastLoaded(Placement placement) {
        return take(placement, byStrategy(placement, Strategy.LEAST_LOADED));
    }

    Optional<String> staying(Placement placement) {
        var same = withRoom().stream()
                .filter(each -> each.workerId().equals(placement.workerId()))
                .findFirst();
        return same.isPresent() ? take(placement, same) : leastLoaded(placement);
    }

    void release(Placement placement) {
        if (placement.occupies(placement.workerId())) {
            loads.computeIfPresent(placement.workerId(), (id, load) -> load - 1);
            copies.remove(copy(placement, placement.workerId()));
            count(placement, placement.workerId(), -1);
        }
    }

    private Optional<Candidate> byStrategy(Placement placement, Strategy strategy) {
        var apart = ifAny(withRoom(), each -> !copies.contains(copy(placement, each.workerId())));
        var roomy = ifAny(apart, each -> !each.isShortOfMemory());
        int least = roomy.stream()
                .mapToInt(each -> weight(placement, each.workerId()))
                .min()
                .orElse(0);
        var even = ifAny(roomy, each -> weight(placement, each.workerId()) == least);
        var free = ifAny(even, each -> !each.workerId().equals(placement.workerId()));
        if (strategy == Strategy.LEAST_LOADED) {
            return free.stream()
                    .min(Comparator.<Candidate>comparingInt(each -> load(each))
                            .thenComparingDouble(each -> load(each) / (double) each.cpuCores()));
        }
        var next = ifAny(free, each -> each.workerId().compareTo(lastChosen) > 0).stream()
                .findFirst();
        next.ifPresent(each -> lastChosen = each.workerId());
        return next;
    }

    private static List<Candidate> ifAny(List<Candidate> all, Predicate<Candidate> wish) {
        var those = all.stream().filter(wish).toList();
        return those.isEmpty() ? all : those;
    }

    private List<Candidate> withRoom() {
        return candidates.stream()
                .filter(each -> load(each) < each.maxPipelines())
                .toList();
    }

    private Optional<String> take(Placement placement, Optional<Candidate> chosen) {
        chosen.ifPresent(each -> {
            loads.merge(each.workerId(), 1, Integer::sum);
            copies.add(copy(placement, each.workerId()));
            count(placement, each.workerId(), 1);
        });
        return chosen.map(Candidate::workerId);
    }

    private int load(Candidate candidate) {
        return loads.getOrDefault(candidate.workerId(), 0);
    }

    private int weight(Placement placement, String workerId) {
        var group = placement.id().groupId();
        if (label(placement) == null) {
            return 0;
        }
        var value = value(placement, workerId);
        return value == null
                ? Integer.MAX_VALUE
                : counts.getOrDefault(new Under(group, placement.pipeline(), value), 0) * OF_PIPELINE
                        + counts.getOrDefault(new Under(group, "", value), 0);
    }

    private void count(Placement placement, String workerId, int more) {
        var value = value(placement, workerId);
        counts.merge(new Under(placement.id().groupId(), placement.pipeline(), value), more, Integer::sum);
        counts.merge(new Under(placement.id().groupId(), "", value), more, Integer::sum);
    }

    private @Nullable String label(Placement placement) {
        return state.groups().get(placement.id().groupId()).spec().spreadBy();
    }

    private @Nullable String value(Placement placement, String workerId) {
        var label = label(placement);
        var worker = state.workers().get(workerId);
        return label == null || worker == null ? null : worker.label(label);
    }

    private static Copy copy(Placement placement, String workerId) {
        return new Copy(placement.id().groupId(), placement.pipeline(), workerId);
    }
}
