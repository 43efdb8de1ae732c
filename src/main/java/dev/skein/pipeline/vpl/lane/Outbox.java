package dev.skein.pipeline.vpl.lane;

import dev.skein.pipeline.event.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/** What one lane has for others: parcels being filled, and those that found their lane full. Confined to its lane. */
final class Outbox {
    private static final int PARCEL_EVENTS_MAX = 256;

    private final Lane owner;
    private final Map<Address, Parcel> filling = new TreeMap<>();
    private final Map<Address, Deque<Parcel>> blocked = new TreeMap<>();
    private int blockedLevel = -1;

    Outbox(Lane owner) {
        this.owner = owner;
    }

    /** Highest level that a parcel could not be handed over to; -1 when all could. */
    int blockedLevel() {
        return blockedLevel;
    }

    void add(StreamRunner.Work work, Event event, Plan.Stop stop) {
        var address = new Address(stop.lane(), stop.level());
        var parcel = filling.get(address);
        if (parcel != null && (parcel.batch() != work.batch() || parcel.size() == PARCEL_EVENTS_MAX)) {
            seal(address, parcel);
            parcel = null;
        }
        if (parcel == null) {
            work.batch().retain();
            parcel = Parcel.handedOver(work.batch());
            filling.put(address, parcel);
        }
        parcel.add(event, work.origin(), stop);
    }

    /** Sends off what is being filled. */
    void sealAll() {
        if (!filling.isEmpty()) {
            filling.forEach(this::seal);
            filling.clear();
        }
    }

    private void seal(Address address, Parcel parcel) {
        var queue = blocked.computeIfAbsent(address, fresh -> new ArrayDeque<>());
        queue.add(parcel);
        if (queue.size() == 1) {
            flush(address, queue);
        }
        blockedLevel = queue.isEmpty() ? blockedLevel : Math.max(blockedLevel, address.level);
    }

    /** Tries again to hand over what was refused. */
    void flush() {
        if (blockedLevel < 0) {
            return;
        }
        blockedLevel = -1;
        blocked.forEach((address, queue) -> {
            flush(address, queue);
            blockedLevel = queue.isEmpty() ? blockedLevel : Math.max(blockedLevel, address.level);
        });
    }

    private void flush(Address address, Deque<Parcel> queue) {
        var lane = owner.lane(address.lane);
        while (!queue.isEmpty() && lane.accept(queue.peek(), owner)) {
            queue.poll();
        }
    }

    /** Answers everything with an error. */
    void refuseAll() {
        filling.values().forEach(Parcel::finish);
        filling.clear();
        blocked.values().forEach(queue -> queue.forEach(Parcel::finish));
        blocked.clear();
        blockedLevel = -1;
    }

    private record Address(int lane, int level) implements Comparable<Address> {
        @Override
        public int compareTo(Address other) {
            return lane == other.lane ? Integer.compare(level, other.level) : Integer.compare(lane, other.lane);
        }
    }
}
