package dev.skein.job.queue;

import dev.skein.job.life.Live;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets only so many jobs under one concurrency key into the queue's front and onto workers; the others wait here by
 * age, so that what waits for its key costs no choice anything.
 */
final class Tickets {
    private final Map<String, Key> keys = new HashMap<>();

    private static final class Key {
        private final Set<Long> holders = new HashSet<>();
        private final TreeMap<Long, Live> waiting = new TreeMap<>();
    }

    /** Whether the job may go on; otherwise it waits here. One that runs has its ticket whatever the limit says. */
    boolean take(Live live) {
        var name = live.traits().concurrencyKey();
        if (name == null) {
            return true;
        }
        var key = keys.computeIfAbsent(name, unused -> new Key());
        if (live.isRunning()
                || key.holders.contains(live.id())
                || key.holders.size() < live.traits().concurrencyMax()) {
            key.waiting.remove(live.id());
            key.holders.add(live.id());
            return true;
        }
        key.waiting.put(live.id(), live);
        return false;
    }

    /** The job needs none any more; returns who may go on instead. */
    @Nullable
    Live giveBack(Live live) {
        var name = live.traits().concurrencyKey();
        var key = name == null ? null : keys.get(name);
        if (name == null || key == null) {
            return null;
        }
        key.waiting.remove(live.id());
        boolean freed = key.holders.remove(live.id());
        if (key.holders.isEmpty() && key.waiting.isEmpty()) {
            keys.remove(name);
        }
        return freed ? next(key) : null;
    }

    private static @Nullable Live next(Key key) {
        var first = key.waiting.firstEntry();
        if (first == null || key.holders.size() >= first.getValue().traits().concurrencyMax()) {
            return null;
        }
        key.waiting.remove(first.getKey());
        key.holders.add(first.getKey());
        return first.getValue();
    }

    boolean isWaiting(Live live) {
        var name = live.traits().concurrencyKey();
        var key = name == null ? null : keys.get(name);
        return key != null && key.waiting.containsKey(live.id());
    }
}
