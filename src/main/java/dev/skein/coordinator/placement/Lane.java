package dev.skein.coordinator.placement;

import dev.skein.coordinator.placement.Placer.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Places that are alike but for their load, in the order in which they are chosen. The least loaded are found in a heap
 * whose entries go out of date rather than being looked for. Lives as long as one plan.
 */
final class Lane {
    /** A place, and how loaded it was when it got its turn. */
    private record Turn(Place place, int load, double perCore) implements Comparable<Turn> {
        static Turn of(Place place) {
            return new Turn(place, place.load(), place.loadPerCore());
        }

        boolean isStale() {
            return place.load() != load || !place.hasRoom();
        }

        @Override
        public int compareTo(Turn other) {
            int byLoad = Integer.compare(load, other.load);
            int byCore = byLoad == 0 ? Double.compare(perCore, other.perCore) : byLoad;
            return byCore == 0 ? place.workerId().compareTo(other.place.workerId()) : byCore;
        }
    }

    private final List<Place> byId;
    private @Nullable PriorityQueue<Turn> byLoad; // once it was asked for

    /** @param byId all of it, in order of id */
    Lane(List<Place> byId) {
        this.byId = byId;
    }

    /** A place whose load has changed gets a new turn. */
    void changed(Place place) {
        if (byLoad != null && place.hasRoom()) {
            byLoad.add(Turn.of(place));
        }
    }

    /**
     * The first with room among those with the least reluctance; null when none has room.
     *
     * @param reluctance 0 where nothing speaks against, so that nobody need look further
     */
    @Nullable
    Place first(Strategy strategy, String lastChosen, ToIntFunction<Place> reluctance) {
        var best = new Best(reluctance);
        if (strategy == Strategy.LEAST_LOADED) {
            leastLoaded(best);
        } else {
            nextInTurn(lastChosen, best);
        }
        return best.place;
    }

    private void leastLoaded(Best best) {
        var turns = byLoad == null ? new PriorityQueue<>(turns()) : byLoad;
        byLoad = turns;
        var seen = new ArrayList<Turn>();
        for (var turn = turns.poll(); turn != null; turn = turns.poll()) {
            if (!turn.isStale()) {
                seen.add(turn);
                if (best.see(turn.place)) {
                    break;
                }
            }
        }
        turns.addAll(seen);
    }

    private List<Turn> turns() {
        return byId.stream().filter(Place::hasRoom).map(Turn::of).toList();
    }

    private void nextInTurn(String lastChosen, Best best) {
        int start = after(lastChosen);
        for (int i = 0; i < byId.size(); i++) {
            var place = byId.get((start + i) % byId.size());
            if (place.hasRoom() && best.see(place)) {
                return;
            }
        }
    }

    /** Where the first id begins that is greater. */
    private int after(String id) {
        int low = 0;
        int high = byId.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (byId.get(middle).workerId().compareTo(id) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static final class Best {
        private final ToIntFunction<Place> reluctance;
        private int least = Integer.MAX_VALUE;
        private @Nullable Place place;

        Best(ToIntFunction<Place> reluctance) {
            this.reluctance = reluctance;
        }

        /** Whether none can be better. */
        boolean see(Place next) {
            int much = reluctance.applyAsInt(next);
            if (place == null || much < least) {
                least = much;
                place = next;
            }
            return least == 0;
        }
    }
}
