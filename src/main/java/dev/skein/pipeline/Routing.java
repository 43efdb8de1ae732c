package dev.skein.pipeline;

import dev.skein.bus.Endpoint;
import dev.skein.bus.Topic;
import dev.skein.pipeline.GroupSpec.RouteSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How routers learn where pipelines live. The coordinator announces that something changed; routers then ask for it.
 */
public final class Routing {
    /**
     * One copy of one pipeline, as a router needs it.
     *
     * @param placement {@code p} or {@code p#2}
     * @param pipelineId empty when it is not deployed
     * @param node its worker's {@link dev.skein.bus.NodeAddress} as text; absent when the worker is known by REST only
     * @param apiKey what to send to the worker's address, or empty
     * @param running whether events can be sent to it now
     * @param successorOf id of the copy whose place it took in good order, so that answers from there still come; empty
     *     when there was none or it was lost
     */
    public record Target(
            String placement,
            String pipelineId,
            long epoch,
            String workerId,
            @Nullable String node,
            String address,
            String apiKey,
            boolean running,
            String successorOf) {
        /** A copy that succeeds no other. */
        public Target(
                String placement,
                String pipelineId,
                long epoch,
                String workerId,
                @Nullable String node,
                String address,
                String apiKey,
                boolean running) {
            this(placement, pipelineId, epoch, workerId, node, address, apiKey, running, "");
        }

        @Override
        public String toString() {
            return "Target[" + placement + " on " + workerId + ", epoch " + epoch + "]"; // never the key
        }
    }

    /** One pipeline of the spec with its copies in order of replica. */
    public record Destination(String pipeline, @Nullable String partitionKey, List<Target> targets) {
        public Destination {
            targets = List.copyOf(targets);
        }
    }

    /** One group: its rules as declared and where its pipelines are, in order of the spec. */
    public record GroupTable(String groupId, String groupName, List<RouteSpec> routes, List<Destination> destinations) {
        public GroupTable {
            routes = List.copyOf(routes);
            destinations = List.copyOf(destinations);
        }
    }

    /**
     * Which tables are wanted.
     *
     * @param generation the coordinator's life the version belongs to, empty at first
     * @param version the last one known of that generation
     */
    public record Since(String generation, long version) {}

    /**
     * What changed since.
     *
     * @param full whether these are all groups there are, so that others must be forgotten
     */
    public record Tables(
            String generation, long version, boolean full, List<GroupTable> changed, List<String> removedGroups) {}

    public record Changed(String generation, long version) {}

    /** Served by the leading coordinator. */
    public static final Endpoint<Since, Tables> TABLES = new Endpoint<>("routing.tables.v1", Since.class, Tables.class);

    /** A hint that a newer version exists. */
    public static final Topic<Changed> CHANGED = new Topic<>("routing.changed.v1", Changed.class);

    private Routing() {}
}
