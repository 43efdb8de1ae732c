package dev.skein.pipeline;

import dev.skein.bus.Endpoint;
import dev.skein.pipeline.Events.RecentAsk;
import dev.skein.pipeline.Events.RecentOutputs;
import dev.skein.pipeline.packing.RecentPacking;
import dev.skein.pipeline.vpl.Diagnostic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every worker offers about the pipelines it hosts. Served here only: ask one life of one node. */
public final class Hosting {
    /**
     * Compile and start a pipeline.
     *
     * @param name of the placement, {@code p} or {@code p#2}
     * @param groupId absent for a pipeline that was given to the worker directly
     * @param epoch of the placement; a copy with a lower one is stopped, a request with a lower one refused
     * @param connectors those of the cluster that the program may name, with their secrets
     */
    public record Deploy(
            String name,
            String source,
            @Nullable String groupId,
            long epoch,
            @Nullable List<Connectors.Definition> connectors) {
        public Deploy(String name, String source, @Nullable String groupId, long epoch) {
            this(name, source, groupId, epoch, List.of());
        }

        public Deploy {
            connectors = connectors == null ? List.of() : List.copyOf(connectors);
        }

        /** Never null. */
        @Override
        public List<Connectors.Definition> connectors() {
            return connectors == null ? List.of() : connectors;
        }
    }

    /**
     * It runs, or the program was refused.
     *
     * @param pipelineId empty when the program was refused
     * @param diagnostics errors when refused, else warnings
     */
    public record Deployed(String pipelineId, List<Diagnostic> diagnostics) {}

    public record Stop(String pipelineId) {}

    public record Stopped(boolean stopped) {}

    public record ListAll() {}

    /** One hosted pipeline; counters are since its start. */
    public record Hosted(
            String pipelineId,
            String name,
            @Nullable String groupId,
            long epoch,
            String status,
            String source,
            long uptimeSecs,
            long eventsProcessed,
            long outputEventsEmitted) {}

    public record Listed(List<Hosted> pipelines) {}

    /** Fails with 409 {@code stale_epoch}, 503 {@code no_workers_available} when full. */
    public static final Endpoint<Deploy, Deployed> DEPLOY =
            new Endpoint<>("hosting.deploy.v1", Deploy.class, Deployed.class);

    /** Fails with 404 {@code pipeline_not_found}. */
    public static final Endpoint<Stop, Stopped> STOP = new Endpoint<>("hosting.stop.v1", Stop.class, Stopped.class);

    public static final Endpoint<ListAll, Listed> LIST = new Endpoint<>("hosting.list.v1", ListAll.class, Listed.class);

    /** The most recent outputs of a group's pipelines on this worker. */
    public static final Endpoint<RecentAsk, RecentOutputs> RECENT =
            new Endpoint<>("hosting.recent.v1", RecentAsk.class, RecentOutputs.class, List.of(new RecentPacking()));

    private Hosting() {}
}
