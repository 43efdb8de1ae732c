package dev.skein.coordinator.placement;

import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Placement;
import dev.skein.pipeline.GroupSpec.PipelineSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses workers one placement after another and counts what it has chosen, so that a plan never fills a worker twice.
 *
 * <p>Of those with room it wants, as far as possible and in this order: one without another copy of the pipeline, with
 * memory to spare, under the label's value that has the fewest, and not where it failed last; then by strategy. What
 * is true of many workers at once is asked once per {@link Lane}, so that a choice does not look at all of them. Lives
 * as long as one plan.
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

    /** What is true of a whole lane; the value is null where the worker has no such label, or none counts. */
    private record Trait(boolean isShortOfMemory, @Nullable String value) {}

    /** The best of one lane. */
    private record Option(Place place, boolean hasCopy, boolean isShortOfMemory, int weight, boolean isLast) {}

    private static final Comparator<Option> WISHES = Comparator.comparing(Option::hasCopy)
            .thenComparing(Option::isShortOfMemory)
            .thenComparingInt(Option::weight)
            .thenComparing(Option::isLast);
    private static final Comparator<Option> LEAST_LOADED = Comparator.<Option>comparingInt(
                    option -> option.place.load())
            .thenComparingDouble(option -> option.place.loadPerCore())
            .thenComparing(option -> option.place.workerId());
    private static final int COPY = 2;
    private static final int LAST = 1;
    private static final String NO_LABEL = "";

    private final List<Place> byId;
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, Map<Trait, Lane>> lanes = new HashMap<>(); // by the label that sets them apart
    private final Copies copies;
    private final Spread spread;
    private String lastChosen;

    /** @param candidates by id */
    Placer(ClusterState state, List<Candidate> candidates) {
        this.byId = candidates.stream().map(Place::new).toList();
        this.lastChosen = state.lastChosen();
        this.copies = new Copies(state);
        this.spread = new Spread(state);
        byId.forEach(place -> places.put(place.workerId(), place));
    }

    String lastChosen() {
        return lastChosen;
    }

    /** The worker that the pipeline is bound to if it has room, else by strategy; empty when all are full. */
    Optional<String> choose(Placement placement, PipelineSpec pipeline, Strategy strategy) {
        var affinity = pipeline.workerAffinity();
        var bound = affinity == null ? null : places.get(affinity);
        return bound != null && bound.hasRoom()
                ? Optional.of(take(placement, bound))
                : byStrategy(placement, strategy).map(place -> take(placement, place));
    }

    Optional<String> leastLoaded(Placement placement) {
        return byStrategy(placement, Strategy.LEAST_LOADED).map(place -> take(placement, place));
    }

    /** The worker it has been on if that one has room, else the least loaded. */
    Optional<String> staying(Placement placement) {
        var same = places.get(placement.workerId());
        return same != null && same.hasRoom() ? Optional.of(take(placement, same)) : leastLoaded(placement);
    }

    /** Gives back the place of a placement that is about to be chosen anew. */
    void release(Placement placement) {
        if (placement.occupies(placement.workerId())) {
            copies.of(placement).remove(placement.workerId());
            spread.remove(placement, placement.workerId());
            change(places.get(placement.workerId()), -1);
        }
    }

    private String take(Placement placement, Place place) {
        copies.of(placement).add(place.workerId());
        spread.add(placement, place.workerId());
        change(place, 1);
        return place.workerId();
    }

    private void change(@Nullable Place place, int more) {
        if (place != null) {
            place.changeBy(more);
            lanes.forEach((label, apart) ->
                    Optional.ofNullable(apart.get(traitOf(label, place))).ifPresent(lane -> lane.changed(place)));
        }
    }

    private Optional<Place> byStrategy(Placement placement, Strategy strategy) {
        var label = Objects.requireNonNullElse(spread.label(placement), NO_LABEL);
        var best = lanes.computeIfAbsent(label, this::apart).entrySet().stream()
                .flatMap(lane -> option(placement, strategy, lane).stream())
                .min(WISHES.thenComparing(order(strategy)))
                .map(Option::place);
        if (strategy == Strategy.ROUND_ROBIN) {
            best.ifPresent(place -> lastChosen = place.workerId());
        }
        return best;
    }

    private Comparator<Option> order(Strategy strategy) {
        return strategy == Strategy.LEAST_LOADED
                ? LEAST_LOADED
                : Comparator.<Option, Boolean>comparing(option -> !isNext(option.place))
                        .thenComparing(option -> option.place.workerId());
    }

    private boolean isNext(Place place) {
        return place.workerId().compareTo(lastChosen) > 0;
    }

    private Optional<Option> option(Placement placement, Strategy strategy, Map.Entry<Trait, Lane> lane) {
        var there = copies.of(placement);
        var place = lane.getValue().first(strategy, lastChosen, each -> reluctance(there, placement.workerId(), each));
        if (place == null) {
            return Optional.empty();
        }
        int much = reluctance(there, placement.workerId(), place);
        var trait = lane.getKey();
        int weight = spread.label(placement) == null ? 0 : spread.weight(placement, trait.value);
        return Optional.of(new Option(place, much >= COPY, trait.isShortOfMemory, weight, (much & LAST) != 0));
    }

    private static int reluctance(Set<String> copies, String last, Place place) {
        return (copies.contains(place.workerId()) ? COPY : 0)
                + (place.workerId().equals(last) ? LAST : 0);
    }

    private Map<Trait, Lane> apart(String label) {
        var members = new LinkedHashMap<Trait, List<Place>>();
        byId.forEach(place -> members.computeIfAbsent(traitOf(label, place), trait -> new ArrayList<>())
                .add(place));
        var apart = new LinkedHashMap<Trait, Lane>();
        members.forEach((trait, those) -> apart.put(trait, new Lane(those)));
        return apart;
    }

    private Trait traitOf(String label, Place place) {
        var value = label.equals(NO_LABEL) ? null : spread.value(label, place.workerId());
        return new Trait(place.isShortOfMemory(), value);
    }
}
