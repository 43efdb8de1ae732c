package dev.skein.worker.hosting;

import dev.skein.kernel.Ids;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.Events.Delivery;
import dev.skein.pipeline.Events.RecentAsk;
import dev.skein.pipeline.Events.RecentOutputs;
import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.Hosting;
import dev.skein.pipeline.Hosting.Deploy;
import dev.skein.pipeline.Hosting.Deployed;
import dev.skein.pipeline.Hosting.Held;
import dev.skein.pipeline.Hosting.Listed;
import dev.skein.pipeline.Hosting.Release;
import dev.skein.pipeline.Hosting.Released;
import dev.skein.pipeline.Hosting.Restore;
import dev.skein.pipeline.Hosting.Restored;
import dev.skein.pipeline.Hosting.Stopped;
import dev.skein.pipeline.Workers.PipelineMetrics;
import dev.skein.pipeline.Workers.Running;
import dev.skein.pipeline.link.Forwarder;
import dev.skein.pipeline.recent.RecentRing;
import dev.skein.worker.hosting.HostedPipeline.Shared;
import dev.skein.worker.hosting.Placements.Starting;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every pipeline of one worker process, whatever becomes of its connection to the others. Thread-safe, never blocks.
 */
public final class WorkerHost implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WorkerHost.class);

    /**
     * What this worker can do.
     *
     * @param pipelinesMax how many it hosts at once
     * @param inboxEventsMax events that may wait for one pipeline
     * @param inboxBytesMax what they may weigh
     */
    public record Limits(int pipelinesMax, int inboxEventsMax, long inboxBytesMax) {}

    private final String instanceId = Ids.hex(8);
    private final Engine engine;
    private final ExecutorService lanes;
    private final RecentRing recent;
    private final Shared shared;
    private final Placements placements; // guarded by itself
    private volatile Forwarder forwarder = Forwarder.NONE;
    private volatile long processedByStopped;

    /**
     * A host without pipelines.
     *
     * @param clock steady
     * @param lanes the threads pipelines run on; ended by {@link #close}
     */
    public WorkerHost(
            String workerId, Limits limits, Engine engine, ExecutorService lanes, InstantSource clock, Lease lease) {
        this.engine = engine;
        this.lanes = lanes;
        this.recent = new RecentRing(clock);
        this.placements = new Placements(limits.pipelinesMax);
        this.shared = new Shared(
                lanes,
                clock,
                lease,
                (source, outputs) -> forwarder.forward(source, outputs),
                recent,
                workerId,
                new Inbox.Limits(limits.inboxEventsMax, limits.inboxBytesMax));
    }

    /** One per process start. */
    public String instanceId() {
        return instanceId;
    }

    public Lease lease() {
        return shared.lease();
    }

    /** Which way outputs take from now on: the router of this node, a new one after each reconnection. */
    public void forwardThrough(Forwarder router) {
        forwarder = router;
    }

    /**
     * Starts a copy and stops an older one of the same placement. The same order again gets the same answer.
     *
     * @return fails with 409 {@code stale_epoch}, 503 {@code no_workers_available} when full
     */
    public Future<Deployed> deploy(Deploy order) {
        var id = Ids.uuid();
        var key = Placements.Key.of(order, id);
        Starting begun;
        HostedPipeline older;
        synchronized (placements) {
            var repeated = placements.repeated(key, order);
            if (repeated != null) {
                return repeated;
            }
            try {
                begun = placements.begin(id, key, order);
            } catch (Problem refused) {
                return Future.failedFuture(refused);
            }
            older = placements.remove(key);
        }
        end(older);
        lanes.execute(() -> start(begun));
        return begun.done().future();
    }

    private void start(Starting begun) {
        try {
            started(begun, engine.start(begun.order()));
        } catch (RuntimeException | LinkageError failed) {
            abandon(begun, failed);
        }
    }

    private void started(Starting begun, Engine.Started started) {
        var instance = started.instance();
        if (instance == null) {
            synchronized (placements) {
                placements.abandon(begun);
            }
            begun.done().complete(new Deployed("", started.diagnostics()));
            return;
        }
        boolean inPlace;
        var pipeline = new HostedPipeline(begun.id(), begun.order(), instance, shared);
        synchronized (placements) {
            inPlace = placements.put(begun, pipeline);
        }
        if (inPlace) {
            if (!begun.order().follows()) {
                pipeline.read();
            }
            begun.done().complete(new Deployed(begun.id(), started.diagnostics()));
        } else {
            instance.close();
            begun.done().fail(Problem.conflict("stale_epoch", begun.order().name() + " was deployed anew meanwhile"));
        }
    }

    private void abandon(Starting begun, Throwable failed) {
        synchronized (placements) {
            placements.abandon(begun);
        }
        var problem = Problem.in(failed);
        if (problem == null) {
            log.error("pipeline {} could not be started", begun.order().name(), failed);
            problem = new Problem(Kind.INTERNAL, "the pipeline could not be started: " + failed);
        }
        begun.done().fail(problem);
    }

    /** Fails with 404 {@code pipeline_not_found}. */
    public Future<Stopped> stop(String pipelineId) {
        HostedPipeline pipeline;
        synchronized (placements) {
            pipeline = placements.byId(pipelineId);
            if (pipeline == null) {
                return Future.failedFuture(unknown(pipelineId));
            }
            placements.remove(Placements.Key.of(pipeline.order(), pipelineId));
        }
        end(pipeline);
        return Future.succeededFuture(new Stopped(true));
    }

    /**
     * Brings a copy to rest: it finishes what it has, what it put out reaches its targets, and nothing new is taken
     * until it is stopped or {@link #release released}.
     *
     * @return fails with 404 {@code pipeline_not_found}, 409 {@code stale_epoch}
     */
    public Future<Held> hold(Hosting.Hold order) {
        var pipeline = find(order.pipelineId());
        if (pipeline == null) {
            return Future.failedFuture(unknown(order.pipelineId()));
        }
        if (pipeline.order().epoch() != order.epoch()) {
            return Future.failedFuture(stale(pipeline));
        }
        return pipeline.hold(order.heldFor())
                .compose(done -> drained(pipeline))
                .compose(done -> pipeline.delivered())
                .map(done -> new Held(pipeline.checkpoint()));
    }

    private Future<Void> drained(HostedPipeline pipeline) {
        var groupId = pipeline.order().groupId();
        return groupId == null
                ? Future.succeededFuture()
                : forwarder.drained(groupId, pipeline.order().name());
    }

    /** Lets a copy go on that was held; fails with 404 {@code pipeline_not_found}. */
    public Future<Released> release(Release order) {
        var pipeline = find(order.pipelineId());
        return pipeline == null
                ? Future.failedFuture(unknown(order.pipelineId()))
                : Future.succeededFuture(new Released(pipeline.release(order.heldFor())));
    }

    /** Gives a new copy what an older one had come to; fails with 404 {@code pipeline_not_found}. */
    public Future<Restored> restore(Restore order) {
        var pipeline = find(order.pipelineId());
        if (pipeline == null) {
            return Future.failedFuture(unknown(order.pipelineId()));
        }
        pipeline.restore(order.checkpoint());
        return Future.succeededFuture(new Restored(true));
    }

    private @Nullable HostedPipeline find(String pipelineId) {
        synchronized (placements) {
            return placements.byId(pipelineId);
        }
    }

    private void end(@Nullable HostedPipeline pipeline) {
        if (pipeline == null) {
            return;
        }
        log.info(
                "pipeline {} stops, epoch {}",
                pipeline.order().name(),
                pipeline.order().epoch());
        pipeline.close();
        synchronized (placements) {
            processedByStopped += pipeline.eventsProcessed();
            recent.keepOnly(placements.all().stream()
                    .map(each -> each.order().groupId())
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet()));
        }
    }

    /**
     * Gives events to a pipeline.
     *
     * @return one result per event; fails with 404 {@code pipeline_not_found}, 409 {@code stale_epoch}, 503
     *     {@code pipeline_unavailable} when too much waits already
     */
    public Future<List<Result>> deliver(Delivery delivery) {
        var pipeline = find(delivery.pipelineId());
        if (pipeline == null) {
            return Future.failedFuture(unknown(delivery.pipelineId()));
        }
        long epoch = pipeline.order().epoch();
        if (pipeline.order().groupId() != null && epoch != delivery.epoch()) {
            return Future.failedFuture(stale(pipeline));
        }
        return shared.lease().isHeld() ? pipeline.deliver(delivery) : Future.failedFuture(fenced(shared.workerId()));
    }

    private static Problem stale(HostedPipeline pipeline) {
        return Problem.conflict(
                "stale_epoch",
                "%s runs with epoch %d"
                        .formatted(pipeline.order().name(), pipeline.order().epoch()));
    }

    static Problem unknown(String pipelineId) {
        return Problem.notFound("pipeline_not_found", "no pipeline " + pipelineId + " runs here");
    }

    static Problem fenced(String workerId) {
        return Problem.conflict("stale_epoch", "worker " + workerId + " has lost touch with the coordinator");
    }

    public Listed list() {
        return new Listed(all().stream().map(HostedPipeline::hosted).toList());
    }

    public RecentOutputs recent(RecentAsk ask) {
        return recent.recent(ask);
    }

    public List<Running> running() {
        return all().stream().map(HostedPipeline::running).toList();
    }

    public List<PipelineMetrics> metrics() {
        return all().stream().map(HostedPipeline::metrics).toList();
    }

    /** Since the process started, by pipelines that are gone too. */
    public long eventsProcessed() {
        return processedByStopped
                + all().stream().mapToLong(HostedPipeline::eventsProcessed).sum();
    }

    /**
     * Looks who has to wait; to be called every 100 ms.
     *
     * @return whether the pressure of any pipeline has become HIGH just now
     */
    public boolean sample() {
        boolean risen = false;
        for (var pipeline : all()) {
            risen |= pipeline.sample();
        }
        return risen;
    }

    /** Whether nothing waits and nothing is at work. */
    public boolean isIdle() {
        return all().stream().allMatch(HostedPipeline::isIdle);
    }

    private List<HostedPipeline> all() {
        synchronized (placements) {
            return List.copyOf(placements.all());
        }
    }

    /** Stops every pipeline. */
    @Override
    public void close() {
        running().forEach(pipeline -> stop(pipeline.pipelineId()));
        lanes.shutdown();
    }
}
