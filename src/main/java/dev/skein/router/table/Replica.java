package dev.skein.router.table;

import dev.skein.pipeline.Routing.Destination;
import dev.skein.pipeline.Routing.Target;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.route.Replicas;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Chooses the copy of a pipeline for an event: by its key, or in turn among those that run. Thread-safe. */
public final class Replica {
    private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();

    /** The copy that takes the event; without a key one that runs, if any does. */
    public Target choose(String groupId, Destination destination, Event event) {
        var targets = destination.targets();
        int copies = targets.size();
        var key = destination.partitionKey();
        if (copies == 1) {
            return targets.get(0);
        }
        if (key != null) {
            return targets.get(Replicas.of(event.get(key), copies));
        }
        var turn = turns.computeIfAbsent(groupId + "/" + destination.pipeline(), unseen -> new AtomicInteger());
        int first = turn.getAndIncrement() & Integer.MAX_VALUE;
        for (int i = 0; i < copies; i++) {
            var target = targets.get((first + i) % copies);
            if (isUp(target)) {
                return target;
            }
        }
        return targets.get(first % copies);
    }

    /** Whether events can be sent to it. */
    public static boolean isUp(Target target) {
        return target.running() && !target.pipelineId().isEmpty();
    }

    /** Forgets whose turn it is in a group that is no more. */
    public void forget(String groupId) {
        turns.keySet().removeIf(key -> key.startsWith(groupId + "/"));
    }
}
