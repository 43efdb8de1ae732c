package dev.skein.coordinator.fleet;

import dev.skein.coordinator.fleet.Liveness.Health;
import dev.skein.coordinator.fleet.Liveness.Vitals;
import dev.skein.coordinator.placement.Candidate;
import dev.skein.coordinator.placement.Reports;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.Worker;
import dev.skein.pipeline.Workers.Heartbeat;
import dev.skein.pipeline.Workers.Memory;
import dev.skein.pipeline.Workers.PipelineMetrics;
import dev.skein.pipeline.Workers.Pressure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How every worker is, in memory. Confined to the coordinator's event loop. */
public final class Fleet {
    private static final double MEMORY_FULL = 0.9;

    private final Detection detection;
    private final InstantSource clock;
    private final Map<String, Liveness> workers = new HashMap<>();
    private final Map<String, String> superseded = new HashMap<>(); // the process before the present one, by worker
    private final Set<String> pressed = new HashSet<>(); // workers of which a pipeline has more than it can do
    private final Traffic traffic = new Traffic();

    public Fleet(Detection detection, InstantSource clock, ClusterState loaded) {
        this.detection = detection;
        this.clock = clock;
        loaded.listed().forEach(worker -> workers.put(worker.id(), Liveness.awaited(clock.instant())));
    }

    public WorkerStatus status(ClusterState state, Worker worker) {
        if (worker.state() == Worker.State.DRAINING) {
            return WorkerStatus.DRAINING;
        }
        return switch (of(worker.id()).health()) {
            case AWAITED, INSPECTED -> WorkerStatus.REGISTERING;
            case UNHEALTHY -> WorkerStatus.UNHEALTHY;
            case ALIVE -> running(state, worker) >= worker.maxPipelines() ? WorkerStatus.BUSY : WorkerStatus.READY;
        };
    }

    /** Whether its status is {@link WorkerStatus#UNHEALTHY}. */
    public boolean isSilent(Worker worker) {
        return worker.state() != Worker.State.DRAINING && of(worker.id()).health() == Health.UNHEALTHY;
    }

    /** Pipelines it runs: those that are no placements, as it last said, and the placements that run there. */
    public int running(ClusterState state, Worker worker) {
        long placed =
                state.placementsOn(worker.id()).filter(Placement::isRunning).count();
        return of(worker.id()).foreign() + (int) placed;
    }

    /** Whether an order to it has a chance. */
    public boolean reachable(String workerId) {
        return of(workerId).health() == Health.ALIVE;
    }

    /** Whether its placements must go elsewhere. */
    public boolean isGone(ClusterState state, String workerId) {
        return state.listed(workerId).isEmpty() || of(workerId).health() == Health.UNHEALTHY;
    }

    /** Whether nothing was heard of it in this life of the coordinator. */
    public boolean isAwaited(String workerId) {
        return of(workerId).health() == Health.AWAITED;
    }

    /** Who can take pipelines, by id; those that have been silent for long only if there is nobody else. */
    public List<Candidate> candidates(ClusterState state) {
        var sure = candidates(state, liveness -> !detection.isSuspect(liveness, clock.instant()))
                .toList();
        return sure.isEmpty() ? candidates(state, liveness -> true).toList() : sure;
    }

    /** Whether any of the {@link #candidates} has room; most often the first that is looked at. */
    public boolean hasRoom(ClusterState state) {
        boolean sure = candidates(state, liveness -> !detection.isSuspect(liveness, clock.instant()))
                .anyMatch(Candidate::hasRoom);
        return sure || candidates(state).stream().anyMatch(Candidate::hasRoom);
    }

    private Stream<Candidate> candidates(ClusterState state, Predicate<Liveness> which) {
        return state.workers().values().stream()
                .filter(worker -> worker.state() == Worker.State.ACTIVE)
                .flatMap(worker -> {
                    var liveness = of(worker.id());
                    return liveness.health() == Health.ALIVE && which.test(liveness)
                            ? Stream.of(candidate(state, worker, liveness))
                            : Stream.empty();
                });
    }

    private static Candidate candidate(ClusterState state, Worker worker, Liveness liveness) {
        return new Candidate(
                worker.id(),
                worker.cpuCores(),
                liveness.foreign() + state.takenOn(worker.id()),
                worker.maxPipelines(),
                isShort(liveness.vitals().memory()));
    }

    private static boolean isShort(Memory memory) {
        return memory.capacity() > 0 && memory.used() > memory.capacity() * MEMORY_FULL;
    }

    public long eventsProcessed(String workerId) {
        return of(workerId).vitals().eventsProcessed();
    }

    public Memory memory(String workerId) {
        return of(workerId).vitals().memory();
    }

    public double cpu(String workerId) {
        return of(workerId).vitals().cpu();
    }

    public Instant since(String workerId) {
        return of(workerId).since();
    }

    public Duration silence(String workerId) {
        return Duration.between(of(workerId).lastHeard(), clock.instant());
    }

    public Liveness of(String workerId) {
        var known = workers.get(workerId);
        return known == null ? Liveness.awaited(clock.instant()).turned(Health.UNHEALTHY, clock.instant()) : known;
    }

    /** Begins anew with a process that just made itself known. */
    public void registered(String workerId, Health health, int foreign) {
        workers.put(workerId, Liveness.registered(health, foreign, clock.instant()));
        traffic.restarted(workerId);
    }

    /** Notes a sign of life; true when the worker was not counted as alive before. */
    public boolean heard(String workerId) {
        var before = of(workerId);
        var health = before.health() == Health.INSPECTED ? Health.INSPECTED : Health.ALIVE;
        workers.put(workerId, before.heard(clock.instant()).turned(health, clock.instant()));
        return before.health() != Health.ALIVE && health == Health.ALIVE;
    }

    /** Notes what a heartbeat says about its work. */
    public void worked(ClusterState state, Heartbeat beat) {
        var workerId = beat.workerId();
        var memory = beat.memory() == null ? Memory.UNKNOWN : beat.memory();
        var vitals = new Vitals(beat.eventsProcessed(), memory, beat.cpu());
        change(workerId, worker -> worker.running(foreign(state, beat), vitals));
        var now = clock.instant();
        long report = traffic.processed(workerId, beat.eventsProcessed(), now);
        press(workerId, count(state, beat, report, now));
    }

    /** Notes counters of placements that run there; whether any of them has more than it can do. */
    private boolean count(ClusterState state, Heartbeat beat, long report, Instant now) {
        var placements = state.placesOn(beat.workerId());
        boolean presses = false;
        for (var counters : Objects.requireNonNullElse(beat.pipelineMetrics(), List.<PipelineMetrics>of())) {
            var placement = about(counters, placements);
            if (placement != null) {
                traffic.counted(placement, counters, report, now);
                presses |= counters.pressure() == Pressure.HIGH;
            }
        }
        return presses;
    }

    private void press(String workerId, boolean presses) {
        if (presses) {
            pressed.add(workerId);
        } else {
            pressed.remove(workerId);
        }
    }

    /** Ids of workers that last said that a pipeline of theirs has more than it can do. */
    public Set<String> pressed() {
        return Collections.unmodifiableSet(pressed);
    }

    /** Another process has taken the place of this one. */
    public void supersede(String workerId, String instance) {
        superseded.put(workerId, instance);
    }

    /** Whether the process is known to have been replaced, as opposed to one that was never heard of. */
    public boolean isSuperseded(String workerId, String instance) {
        return instance.equals(superseded.get(workerId));
    }

    public Traffic traffic() {
        return traffic;
    }

    private static @Nullable Placement about(PipelineMetrics counters, List<Placement> placements) {
        for (var placement : placements) {
            if (placement.isRunning()
                    && placement.id().name().equals(counters.pipelineName())
                    && (counters.groupId() == null
                            || counters.groupId().equals(placement.id().groupId()))) {
                return placement;
            }
        }
        return null;
    }

    private static int foreign(ClusterState state, Heartbeat beat) {
        return beat.pipelines() == null
                ? Math.max(
                        0,
                        beat.pipelinesRunning()
                                - state.placesOn(beat.workerId()).size())
                : Reports.foreign(state, beat.workerId(), beat.pipelines());
    }

    public void turned(String workerId, Health health) {
        change(workerId, worker -> worker.turned(health, clock.instant()));
    }

    /** Counts every worker that is present as heard just now. */
    public void excuse() {
        workers.replaceAll((id, worker) -> worker.isPresent() ? worker.heard(clock.instant()) : worker);
    }

    public void change(String workerId, UnaryOperator<Liveness> change) {
        workers.computeIfPresent(workerId, (id, worker) -> change.apply(worker));
    }

    public void forget(String workerId) {
        workers.remove(workerId);
        pressed.remove(workerId);
    }
}
