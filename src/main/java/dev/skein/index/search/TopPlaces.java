package dev.skein.index.search;

import dev.skein.index.match.Rank;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The best places so far, as many as asked for; the worst of them on top of a heap. */
final class TopPlaces {
    /** A place with all that orders it. */
    record Candidate(long rank, byte[] name, byte[] path, long place) {}

    private final int limit;
    private final boolean byName; // nothing was asked for: the length of a name says nothing
    private final Comparator<Candidate> order;
    private final PriorityQueue<Candidate> worstFirst;

    TopPlaces(int limit, boolean byName) {
        this.limit = limit;
        this.byName = byName;
        this.order = this::compare;
        this.worstFirst = new PriorityQueue<>(order.reversed());
    }

    private int compare(Candidate a, Candidate b) {
        int names = compareNames(a.rank, a.name, b);
        if (names != 0) {
            return names;
        }
        int paths = Arrays.compareUnsigned(a.path, b.path);
        return paths != 0 ? paths : Integer.compare(Place.index(a.place), Place.index(b.place));
    }

    private int compareNames(long rank, byte[] name, Candidate other) {
        if (rank != other.rank) {
            return rank > other.rank ? -1 : 1;
        }
        if (!byName && name.length != other.name.length) {
            return name.length < other.name.length ? -1 : 1;
        }
        return Arrays.compareUnsigned(name, other.name);
    }

    private boolean isFull() {
        return worstFirst.size() == limit;
    }

    /** A rank below this cannot get in any more. */
    long least() {
        return isFull() ? worstFirst.element().rank : Rank.NONE;
    }

    /** Whether a place of this name could still get in. */
    boolean takes(long rank, byte[] name) {
        return !isFull() || compareNames(rank, name, worstFirst.element()) <= 0;
    }

    void offer(Candidate candidate) {
        if (!isFull()) {
            worstFirst.add(candidate);
        } else if (order.compare(candidate, worstFirst.element()) < 0) {
            worstFirst.remove();
            worstFirst.add(candidate);
        }
    }

    /** The places, best first. */
    List<Candidate> best() {
        return worstFirst.stream().sorted(order).toList();
    }
}
