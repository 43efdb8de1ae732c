package dev.skein.pipeline.vpl.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What waits for one lane, and whether the lane is running. Safe for any thread; holds no other lock. */
final class Inbox {
    /* Parcels from outside have a queue of their own, bounded by whoever submits. Those handed over by other lanes wait
     * per level, each level with its bound.
     *
     * "signalled" says that something happened since the lane last looked: without it, a parcel that arrives between
     * the look and the decision to rest would lie there for ever. */

    private final Deque<Parcel> submitted = new ArrayDeque<>();
    private final List<Deque<Parcel>> handed = new ArrayList<>();
    private final int[] handedEvents;
    private final int handOverMax;
    private final Set<Lane> waiting = new LinkedHashSet<>();
    private long events;
    private boolean running;
    private boolean signalled;

    Inbox(int levels, int handOverMax) {
        for (int i = 0; i < levels; i++) {
            handed.add(new ArrayDeque<>());
        }
        this.handedEvents = new int[levels];
        this.handOverMax = handOverMax;
    }

    /** @return whether the lane was resting and has to be started */
    synchronized boolean submit(Parcel parcel) {
        submitted.add(parcel);
        events += parcel.size();
        return signal();
    }

    /** Takes the parcel unless its level is full; then {@code from} is woken when there is room. */
    synchronized boolean offer(Parcel parcel, Lane from) {
        int level = parcel.level();
        if (handedEvents[level] > 0 && handedEvents[level] + parcel.size() > handOverMax) {
            waiting.add(from);
            return false;
        }
        handed.get(level).add(parcel);
        handedEvents[level] += parcel.size();
        events += parcel.size();
        return true;
    }

    /** @return whether the lane was resting and has to be started */
    synchronized boolean signal() {
        signalled = true;
        boolean starts = !running;
        running = true;
        return starts;
    }

    synchronized void forgetSignal() {
        signalled = false;
    }

    /** The lane found nothing to do. @return whether it may rest */
    synchronized boolean rest() {
        running = signalled;
        return !running;
    }

    /** The next parcel whose level is not below {@code floor}; the highest level first, those from outside last. */
    synchronized @Nullable Parcel take(int floor) {
        for (int level = handed.size() - 1; level >= Math.max(floor, 0); level--) {
            var parcel = handed.get(level).poll();
            if (parcel != null) {
                handedEvents[level] -= parcel.size();
                events -= parcel.size();
                return parcel;
            }
        }
        var first = submitted.peek();
        if (first == null || first.level() < floor) {
            return null;
        }
        events -= first.size();
        return submitted.poll();
    }

    /** Puts a parcel that was begun back in front. */
    synchronized void putBack(Parcel parcel) {
        events += parcel.size();
        if (parcel.isHandedOver()) {
            handed.get(parcel.level()).addFirst(parcel);
            handedEvents[parcel.level()] += parcel.size();
        } else {
            submitted.addFirst(parcel);
        }
    }

    /** The lanes that found this one full since the last call. */
    synchronized List<Lane> takeWaiting() {
        if (waiting.isEmpty()) {
            return List.of();
        }
        var lanes = List.copyOf(waiting);
        waiting.clear();
        return lanes;
    }

    synchronized long events() {
        return events;
    }

    /** When the oldest parcel from outside arrived; {@code none} when there is none. */
    synchronized long oldestMillis(long none) {
        var first = submitted.peek();
        return first == null ? none : first.sinceMillis();
    }
}
