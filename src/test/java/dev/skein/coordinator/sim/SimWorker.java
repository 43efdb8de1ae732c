package dev.skein.coordinator.sim;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.Hosting.Checkpoint;
import dev.skein.pipeline.Hosting.Deploy;
import dev.skein.pipeline.Hosting.Deployed;
import dev.skein.pipeline.Hosting.Hold;
import dev.skein.pipeline.Hosting.Release;
import dev.skein.pipeline.Hosting.Restore;
import dev.skein.pipeline.Workers.Capacity;
import dev.skein.pipeline.Workers.Heartbeat;
import dev.skein.pipeline.Workers.Memory;
import dev.skein.pipeline.Workers.Register;
import dev.skein.pipeline.Workers.Running;
import dev.skein.worker.hosting.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A worker as it should behave: one copy per placement, the one with the highest epoch. */
final class SimWorker {
    private static final Duration LEASE = Duration.ofSeconds(5);

    final String id;
    final int capacity;
    private final Map<String, Running> copies = new TreeMap<>(); // by pipeline id
    private final Map<String, Long> applied = new HashMap<>(); // events, by pipeline id
    private final InstantSource clock;
    private Lease lease;
    private int instance;
    private int counter;
    boolean alive;
    boolean paused;

    SimWorker(String id, int capacity, InstantSource clock) {
        this.clock = clock;
        this.lease = new Lease(clock);
        this.id = id;
        this.capacity = capacity;
    }

    void start() {
        copies.clear();
        applied.clear();
        lease = new Lease(clock);
        instance++;
        alive = true;
        paused = false;
    }

    void crash() {
        alive = false;
        copies.clear();
    }

    List<Running> copies() {
        return List.copyOf(copies.values());
    }

    Register register() {
        return new Register(
                id,
                "http://localhost:9000",
                "key",
                instance(),
                new Capacity(2, copies.size(), capacity),
                copies(),
                id + "@" + instance,
                List.of("worker"),
                false);
    }

    Heartbeat heartbeat() {
        return new Heartbeat(id, instance(), 0, copies.size(), List.of(), copies(), Memory.UNKNOWN, 0, null, true);
    }

    String instance() {
        return id + "/" + instance;
    }

    Deployed deploy(Deploy order) {
        for (var copy : new ArrayList<>(copies.values())) {
            if (isSamePlacement(copy, order)) {
                if (copy.epoch() > order.epoch()) {
                    throw Problem.conflict("stale_epoch", "a newer copy runs");
                }
                if (copy.epoch() == order.epoch()) {
                    return new Deployed(copy.pipelineId(), List.of());
                }
                copies.remove(copy.pipelineId());
            }
        }
        var pipelineId = instance() + "/" + counter++;
        copies.put(pipelineId, new Running(pipelineId, order.groupId(), order.name(), order.epoch()));
        return new Deployed(pipelineId, List.of());
    }

    void stop(String pipelineId) {
        if (copies.remove(pipelineId) == null) {
            throw Problem.notFound("pipeline_not_found", "no pipeline " + pipelineId);
        }
    }

    Running copy(String pipelineId) {
        var copy = copies.get(pipelineId);
        if (copy == null) {
            throw Problem.notFound("pipeline_not_found", "no pipeline " + pipelineId);
        }
        return copy;
    }

    Checkpoint hold(Hold order) {
        var copy = copy(order.pipelineId());
        if (copy.epoch() != order.epoch()) {
            throw Problem.conflict("stale_epoch", "another epoch runs");
        }
        turn(copy, order.heldFor());
        return new Checkpoint(applied.getOrDefault(copy.pipelineId(), 0L), 0, 0, "");
    }

    boolean release(Release order) {
        var copy = copy(order.pipelineId());
        if (copy.heldFor() != order.heldFor()) {
            return false;
        }
        turn(copy, 0);
        return true;
    }

    void restore(Restore order) {
        applied.put(copy(order.pipelineId()).pipelineId(), order.checkpoint().eventsIn());
    }

    /** Runs an event if a copy of that epoch may; like a worker it refuses when its own right to run has lapsed. */
    void apply(String pipelineId, long epoch) {
        var copy = copies.get(pipelineId);
        if (alive && !paused && lease.isHeld() && copy != null && copy.epoch() == epoch && copy.heldFor() == 0) {
            applied.merge(pipelineId, 1L, Long::sum);
        }
    }

    /** How many events a copy has run, those of its predecessors included; null when there is no such copy. */
    @Nullable
    Long applied(String pipelineId) {
        return copies.containsKey(pipelineId) ? applied.getOrDefault(pipelineId, 0L) : null;
    }

    private void turn(Running copy, long heldFor) {
        copies.put(
                copy.pipelineId(),
                new Running(copy.pipelineId(), copy.groupId(), copy.pipelineName(), copy.epoch(), heldFor));
    }

    /** A heartbeat sent at that instant was acknowledged. */
    void acknowledged(Instant sent, List<String> toStop) {
        toStop.forEach(copies::remove);
        lease.renew(sent, LEASE);
    }

    /** It runs, and no coordinator is out of its reach. */
    void keep() {
        lease.keep(clock.instant());
    }

    private static boolean isSamePlacement(Running copy, Deploy order) {
        return Objects.equals(copy.groupId(), order.groupId())
                && copy.pipelineName().equals(order.name());
    }
}
