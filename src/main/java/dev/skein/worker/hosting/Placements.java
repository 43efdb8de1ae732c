package dev.skein.worker.hosting;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.Hosting.Deploy;
import dev.skein.pipeline.Hosting.Deployed;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which copy of which placement this worker holds or is about to: one per placement, the one with the highest epoch.
 * Not thread-safe.
 */
final class Placements {
    private static final int EPOCHS_MAX = 10_000; // remembered after a stop, so that a late order starts nothing old

    /** A placement; one that was given to the worker directly belongs to no group and is its own. */
    record Key(String group, String name) {
        static Key of(Deploy order, String id) {
            var group = order.groupId();
            return group == null ? new Key("", id) : new Key(group, order.name());
        }
    }

    /** A deployment under way. */
    record Starting(String id, Key key, Deploy order, Promise<Deployed> done) {}

    private final int max;
    private final Map<String, HostedPipeline> byId = new LinkedHashMap<>();
    private final Map<Key, HostedPipeline> byKey = new HashMap<>();
    private final Map<Key, Starting> starting = new HashMap<>();
    private final Map<Key, Long> epochs = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Long> eldest) {
            return size() > EPOCHS_MAX;
        }
    };

    Placements(int max) {
        this.max = max;
    }

    /** The answer that a repeated order gets, null when it is no repetition. */
    @Nullable
    Future<Deployed> repeated(Key key, Deploy order) {
        var underWay = starting.get(key);
        if (underWay != null && underWay.order.equals(order)) {
            return underWay.done.future();
        }
        var running = byKey.get(key);
        return running != null && running.order().equals(order)
                ? Future.succeededFuture(new Deployed(running.id(), List.of()))
                : null;
    }

    /**
     * Notes that a copy is about to start.
     *
     * @throws Problem 409 {@code stale_epoch}, 503 {@code no_workers_available} when full
     */
    Starting begin(String id, Key key, Deploy order) {
        long known = epochs.getOrDefault(key, Long.MIN_VALUE);
        if (order.groupId() != null && order.epoch() < known) {
            throw Problem.conflict(
                    "stale_epoch", "%s has epoch %d, not %d".formatted(order.name(), known, order.epoch()));
        }
        boolean replaces = byKey.containsKey(key) || starting.containsKey(key);
        if (!replaces && byId.size() + starting.size() >= max) {
            throw Problem.busy("no_workers_available", "the worker hosts " + max + " pipelines already");
        }
        var begun = new Starting(id, key, order, Promise.promise());
        starting.put(key, begun);
        epochs.remove(key); // so that it becomes the youngest
        epochs.put(key, order.epoch());
        return begun;
    }

    /** Puts a started copy in its place; false when a newer order came meanwhile. */
    boolean put(Starting begun, HostedPipeline pipeline) {
        if (!starting.remove(begun.key, begun)) {
            return false;
        }
        byId.put(begun.id, pipeline);
        byKey.put(begun.key, pipeline);
        return true;
    }

    void abandon(Starting begun) {
        starting.remove(begun.key, begun);
    }

    @Nullable
    HostedPipeline byId(String id) {
        return byId.get(id);
    }

    /** Takes the copy out, if there is one. */
    @Nullable
    HostedPipeline remove(Key key) {
        var pipeline = byKey.remove(key);
        if (pipeline != null) {
            byId.remove(pipeline.id());
        }
        return pipeline;
    }

    Collection<HostedPipeline> all() {
        return byId.values();
    }
}
