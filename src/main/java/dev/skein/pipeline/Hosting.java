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
     * @param follows whether another copy runs, so that nothing is read from outside before {@link #RESTORE}
     */
    public record Deploy(
            String name,
            String source,
            @Nullable String groupId,
            long epoch,
            @Nullable List<Connectors.Definition> connectors,
            boolean follows) {
        public Deploy(String name, String source, @Nullable String groupId, long epoch) {
            this(name, source, groupId, epoch, List.of(), false);
        }

        /** The same, with connectors that it may name. */
        public Deploy with(List<Connectors.Definition> named) {
            return new Deploy(name, source, groupId, epoch, named, follows);
        }

        /** The same, for a copy that is to take the place of another. */
        public Deploy following() {
            return new Deploy(name, source, groupId, epoch, connectors, true);
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

    /**
     * Finish what is at work and take nothing new, for another copy is to take this one's place.
     *
     * @param epoch of this copy
     * @param heldFor epoch of the copy that is to follow
     * @param waitMillis how long finishing may take; after that it goes on as before
     */
    public record Hold(String pipelineId, long epoch, long heldFor, long waitMillis) {}

    /**
     * What a copy has come to: another one that is given this goes on where it stopped.
     *
     * @param state what the program holds between events; empty when nothing
     */
    public record Checkpoint(long eventsIn, long eventsOut, long errors, String state) {
        public static final Checkpoint NOTHING = new Checkpoint(0, 0, 0, "");
    }

    /**
     * The copy is at rest, its outputs are at their targets, and it stays so until it is stopped or released.
     *
     * @param checkpoint absent when the worker knows of no such thing
     */
    public record Held(@Nullable Checkpoint checkpoint) {}

    /** Go on: no other copy takes this one's place. Means nothing when it is held for another or not at all. */
    public record Release(String pipelineId, long heldFor) {}

    public record Released(boolean released) {}

    public record Restore(String pipelineId, Checkpoint checkpoint) {}

    /** @param restored false when the worker knows of no such thing */
    public record Restored(boolean restored) {}

    /** Fails with 409 {@code stale_epoch}, 503 {@code no_workers_available} when full. */
    public static final Endpoint<Deploy, Deployed> DEPLOY =
            new Endpoint<>("hosting.deploy.v1", Deploy.class, Deployed.class);

    /** Fails with 404 {@code pipeline_not_found}. */
    public static final Endpoint<Stop, Stopped> STOP = new Endpoint<>("hosting.stop.v1", Stop.class, Stopped.class);

    public static final Endpoint<ListAll, Listed> LIST = new Endpoint<>("hosting.list.v1", ListAll.class, Listed.class);

    /**
     * Fails with 404 {@code pipeline_not_found}, 409 {@code stale_epoch}, 503 {@code pipeline_unavailable} when it
     * could not finish in time and goes on as before.
     */
    public static final Endpoint<Hold, Held> HOLD = new Endpoint<>("hosting.hold.v1", Hold.class, Held.class);

    /** Fails with 404 {@code pipeline_not_found}. */
    public static final Endpoint<Release, Released> RELEASE =
            new Endpoint<>("hosting.release.v1", Release.class, Released.class);

    /** Fails with 404 {@code pipeline_not_found}. */
    public static final Endpoint<Restore, Restored> RESTORE =
            new Endpoint<>("hosting.restore.v1", Restore.class, Restored.class);

    /** The most recent outputs of a group's pipelines on this worker. */
    public static final Endpoint<RecentAsk, RecentOutputs> RECENT =
            new Endpoint<>("hosting.recent.v1", RecentAsk.class, RecentOutputs.class, List.of(new RecentPacking()));

    private Hosting() {}
}
