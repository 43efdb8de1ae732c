package dev.skein.pipeline;

import dev.skein.bus.Endpoint;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.EventError;
import dev.skein.pipeline.packing.DeliveredPacking;
import dev.skein.pipeline.packing.DeliveryPacking;
import dev.skein.pipeline.packing.RecentPacking;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How events travel: from an edge to the router of its node, and from routers to the workers that host pipelines. */
public final class Events {
    /** Outputs taken by routes between pipelines. */
    public record Forwarded(String toPipeline, String eventType, long count) {}

    /**
     * One event from outside.
     *
     * @param awaited whether to answer only when the pipeline is done with it; otherwise as soon as it is safely kept
     * @param countOnly whether to leave the outputs themselves out of the answer
     */
    public record Inject(String groupId, Event event, boolean awaited, boolean countOnly) {}

    /**
     * What became of it.
     *
     * @param routedTo the placement that took it
     * @param matched whether a rule chose it; false means the group's first pipeline by default
     */
    public record Injected(
            String routedTo,
            String workerId,
            boolean matched,
            boolean pending,
            List<Event> outputs,
            long outputCount,
            List<EventError> errors,
            List<Forwarded> forwarded) {}

    /** Events of one request in their order; each is routed for itself. */
    public record InjectBatch(String groupId, List<Event> events) {}

    /** An event that was not accepted; {@code index} counts from 0 in the request. */
    public record Refused(int index, String message) {}

    public record BatchInjected(
            int eventsSent, int eventsFailed, List<Event> outputs, List<Refused> errors, long processingTimeMicros) {}

    /**
     * Events for one placement, in order.
     *
     * @param epoch of the placement as the sender knows it
     * @param hops how many routes the events have already taken
     * @param countOnly whether the sender wants counts and no outputs
     */
    public record Delivery(String pipelineId, long epoch, int hops, boolean countOnly, List<Event> events) {}

    /** What one event led to; {@code outputs} is empty when only counts were wanted. */
    public record Result(List<Event> outputs, long outputCount, List<EventError> errors, List<Forwarded> forwarded) {}

    /**
     * One result per event delivered, in order.
     *
     * @param rest by which to ask for the next page with {@link #REST}; null when this is all
     */
    public record Delivered(List<Result> results, @Nullable String rest) {
        public Delivered(List<Result> results) {
            this(results, null);
        }
    }

    /** The next page of a delivery's results. */
    public record RestAsk(String rest) {}

    public record RecentAsk(
            String groupId, int limit, long after, @Nullable String pipeline) {}

    /** One recent output; {@code seq} grows with time and is never the same twice on one worker. */
    public record Recent(long seq, String pipelineName, String workerId, Event event) {}

    public record RecentOutputs(List<Recent> outputs, long next) {}

    /**
     * Served by the router of each node, for the edge of the same node. Fails with 404 {@code group_not_found}, 502
     * {@code routing_failed}, 503 {@code pipeline_unavailable}, 504 {@code worker_timeout}.
     */
    public static final Endpoint<Inject, Injected> INJECT =
            new Endpoint<>("event.inject.v1", Inject.class, Injected.class);

    /** Like {@link #INJECT}; single events fail alone. */
    public static final Endpoint<InjectBatch, BatchInjected> INJECT_BATCH =
            new Endpoint<>("event.inject-batch.v1", InjectBatch.class, BatchInjected.class);

    /** Served by routers: the group's most recent outputs. */
    public static final Endpoint<RecentAsk, RecentOutputs> RECENT =
            new Endpoint<>("event.recent.v1", RecentAsk.class, RecentOutputs.class, List.of(new RecentPacking()));

    /**
     * Served by workers. Fails with 404 {@code pipeline_not_found}, 409 {@code stale_epoch}, 503
     * {@code pipeline_unavailable} when its inbox is full.
     */
    public static final Endpoint<Delivery, Delivered> DELIVER = new Endpoint<>(
            "event.deliver.v1",
            Delivery.class,
            Delivered.class,
            List.of(new DeliveryPacking(), new DeliveredPacking()));

    /**
     * Served by workers: the next page of results that were too heavy for one message. A page is kept for 30 s after
     * the one before it was taken; later it fails with 404 {@code not_found}.
     */
    public static final Endpoint<RestAsk, Delivered> REST =
            new Endpoint<>("event.rest.v1", RestAsk.class, Delivered.class, List.of(new DeliveredPacking()));

    private Events() {}
}
