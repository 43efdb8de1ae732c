package dev.skein.coordinator.fleet;

import dev.skein.coordinator.state.PlacementId;
import dev.skein.pipeline.Workers.PipelineMetrics;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Rates, from counters that only grow until their owner starts anew. Confined to the coordinator's event loop. */
public final class Traffic {
    private record Counted(long in, long out) {
        static final Counted NONE = new Counted(0, 0);
    }

    private final RateWindow all = new RateWindow();
    private final Map<String, Long> processed = new HashMap<>(); // by worker
    private final Map<PlacementId, Counted> counted = new HashMap<>();
    private final Map<String, RateWindow> in = new HashMap<>(); // by group
    private final Map<String, RateWindow> out = new HashMap<>();

    /** What a worker has processed since it started. */
    void processed(String workerId, long total, Instant now) {
        var before = processed.put(workerId, total);
        all.add(now, before == null ? 0 : growth(before, total));
    }

    /** Counters of one placement since it was deployed. */
    void counted(PlacementId id, PipelineMetrics metrics, Instant now) {
        var before = counted.getOrDefault(id, Counted.NONE);
        counted.put(id, new Counted(metrics.eventsIn(), metrics.eventsOut()));
        in.computeIfAbsent(id.groupId(), group -> new RateWindow()).add(now, growth(before.in, metrics.eventsIn()));
        out.computeIfAbsent(id.groupId(), group -> new RateWindow()).add(now, growth(before.out, metrics.eventsOut()));
    }

    /** A process that starts anew counts from zero. */
    void restarted(String workerId) {
        processed.put(workerId, 0L);
    }

    public double perSecond(Instant now) {
        return all.perSecond(now);
    }

    public double inPerSecond(String groupId, Instant now) {
        return rate(in, groupId, now);
    }

    public double outPerSecond(String groupId, Instant now) {
        return rate(out, groupId, now);
    }

    /** Forgets what is gone. */
    public void keepOnly(Set<String> groupIds, Set<String> workerIds) {
        in.keySet().retainAll(groupIds);
        out.keySet().retainAll(groupIds);
        counted.keySet().removeIf(id -> !groupIds.contains(id.groupId()));
        processed.keySet().retainAll(workerIds);
    }

    private static double rate(Map<String, RateWindow> windows, String groupId, Instant now) {
        var window = windows.get(groupId);
        return window == null ? 0 : window.perSecond(now);
    }

    private static long growth(long before, long now) {
        return now >= before ? now - before : now;
    }
}
