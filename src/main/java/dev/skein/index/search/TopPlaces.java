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
        return names != 0 ? names : comparePlaces(a.path, a.place, b);
    }

    private static int comparePlaces(byte[] path, long place, Candidate other) {
        int paths = Arrays.compareUnsigned(path, other.path);
        return paths != 0 ? paths : Integer.compare(Place.index(place), Place.index(other.place));
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

    /** A place, which gets in if it is better than the worst. */
    void offer(long rank, byte[] name, byte[] path, long place) {
        if (isFull()) {
            int names = compareNames(rank, name, worstFirst.element());
            if (names > 0 || (names == 0 && comparePlaces(path, place, worstFirst.element()) >= 0)) {
                return;
            }
            worstFirst.remove();
        }
        worstFirst.add(new Candidate(rank, name, path, place));
    }

    /** The places, best first. */
    List<Candidate> best() {
        return worstFirst.stream().sorted(order).toList();
    }
}
