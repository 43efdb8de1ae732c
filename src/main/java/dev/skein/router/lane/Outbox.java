package dev.skein.router.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Events that wait for credits, first in first out, bounded in number and bytes. Not thread-safe. */
final class Outbox {
    /**
     * Bounds of one delivery.
     *
     * @param oneReceiver whether a delivery may carry events of one sender only
     */
    record BatchLimits(int eventsMax, long bytesMax, boolean oneReceiver) {}

    private final int eventsMax;
    private final long bytesMax;
    private final ArrayDeque<Parcel> waiting = new ArrayDeque<>();
    private long bytes;
    private long entered;

    Outbox(int eventsMax, long bytesMax) {
        this.eventsMax = eventsMax;
        this.bytesMax = bytesMax;
    }

    /** Lets the event in, unless it is full; one that is too heavy for any outbox enters an empty one. */
    boolean offer(Parcel parcel, long nowMillis) {
        boolean room = waiting.size() < eventsMax && bytes + parcel.bytes() <= bytesMax;
        if (!room && !waiting.isEmpty()) {
            return false;
        }
        parcel.entered(entered++, nowMillis);
        waiting.add(parcel);
        bytes += parcel.bytes();
        return true;
    }

    boolean isFull() {
        return waiting.size() >= eventsMax || bytes >= bytesMax;
    }

    /** Takes the longest run of events from the front that makes one delivery and that the credits admit. */
    List<Parcel> next(BatchLimits limits, Credits credits) {
        if (waiting.isEmpty() || !credits.admits(1, 1)) {
            return List.of();
        }
        var batch = new ArrayList<Parcel>(Math.min(waiting.size(), limits.eventsMax));
        long weight = 0;
        for (var parcel : waiting) {
            boolean fits = batch.size() < limits.eventsMax && weight + parcel.bytes() <= limits.bytesMax;
            if (!batch.isEmpty() && (!fits || !belongTogether(batch.get(0), parcel, limits))) {
                break;
            }
            batch.add(parcel);
            weight += parcel.bytes();
        }
        if (!credits.admits(batch.size(), weight)) {
            return List.of();
        }
        batch.forEach(taken -> waiting.remove());
        bytes -= weight;
        return batch;
    }

    private static boolean belongTogether(Parcel first, Parcel other, BatchLimits limits) {
        return first.manner().equals(other.manner()) && (!limits.oneReceiver || first.receiver() == other.receiver());
    }

    /** Puts events back to the front, in the order they came in, whatever order they come back in. */
    void putBack(List<Parcel> returned) {
        returned.stream()
                .sorted(Comparator.comparingLong(Parcel::order).reversed())
                .forEach(parcel -> {
                    waiting.addFirst(parcel);
                    bytes += parcel.bytes();
                });
    }

    /** Takes out every event like this, in order. */
    List<Parcel> remove(Predicate<Parcel> like) {
        var removed = new ArrayList<Parcel>();
        waiting.removeIf(parcel -> like.test(parcel) && removed.add(parcel));
        removed.forEach(parcel -> bytes -= parcel.bytes());
        return removed;
    }

    int events() {
        return waiting.size();
    }

    long bytes() {
        return bytes;
    }
}
