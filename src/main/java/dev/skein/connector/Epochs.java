package dev.skein.connector;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Which epoch of each placement is the newest that this process has seen. Thread-safe. */
final class Epochs {
    private record Key(String group, String placement) {}

    private final ConcurrentHashMap<Key, Long> newest = new ConcurrentHashMap<>();

    /**
     * Closes the fences of all older epochs of the placement.
     *
     * @param isHeld whether the worker may have effects at all
     */
    Fence admit(Owner owner, BooleanSupplier isHeld) {
        var group = owner.groupId();
        if (group == null) { // nobody else is given such a pipeline
            return () -> isHeld.getAsBoolean() ? Fence.State.OPEN : Fence.State.PAUSED;
        }
        var key = new Key(group, owner.placement());
        newest.merge(key, owner.epoch(), Math::max);
        return () -> {
            boolean isOld = newest.getOrDefault(key, owner.epoch()) > owner.epoch();
            var ifCurrent = isHeld.getAsBoolean() ? Fence.State.OPEN : Fence.State.PAUSED;
            return isOld ? Fence.State.CLOSED : ifCurrent;
        };
    }

    /** Forgets the placement unless a newer epoch is here. */
    void leave(Owner owner) {
        var group = owner.groupId();
        if (group != null) {
            newest.remove(new Key(group, owner.placement()), owner.epoch());
        }
    }
}
