package dev.skein.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants deployed, as it was given; {@code null} for an optional part means absent.
 *
 * @param placement {@code round_robin} or {@code least_loaded}; absent means round robin
 * @param spreadBy name of a label over whose values placements are spread as evenly as can be; absent means none
 */
public record GroupSpec(
        String name,
        List<PipelineSpec> pipelines,
        @Nullable List<RouteSpec> routes,
        @Nullable String placement,
        @Nullable String spreadBy) {
    /** One that is not spread by any label. */
    public GroupSpec(
            String name, List<PipelineSpec> pipelines, @Nullable List<RouteSpec> routes, @Nullable String placement) {
        this(name, pipelines, routes, placement, null);
    }

    /** The source name of routes for events that come from outside. */
    public static final String EXTERNAL = "_external";

    public static final int REPLICAS_MAX = 64;

    public GroupSpec {
        pipelines = List.copyOf(pipelines);
        routes = routes == null ? List.of() : List.copyOf(routes);
    }

    /** Never null. */
    @Override
    public List<RouteSpec> routes() {
        return routes == null ? List.of() : routes;
    }

    /**
     * One pipeline of a group.
     *
     * @param source its program, VPL
     * @param workerAffinity the worker it should live on while that one is ready with room
     * @param replicas copies, 1 to {@value #REPLICAS_MAX}; absent means 1
     * @param partitionKey the field whose value chooses the replica; absent means round robin
     */
    public record PipelineSpec(
            String name,
            String source,
            @Nullable String workerAffinity,
            @Nullable Integer replicas,
            @Nullable String partitionKey) {
        /** How many copies, with the default filled in. */
        public int copies() {
            return replicas == null ? 1 : replicas;
        }

        /** The names of the copies in order: {@code p} alone, or {@code p#0}, {@code p#1}, … */
        public List<String> placementNames() {
            return copies() == 1
                    ? List.of(name)
                    : java.util.stream.IntStream.range(0, copies())
                            .mapToObj(copy -> name + "#" + copy)
                            .toList();
        }
    }

    /**
     * One routing rule.
     *
     * @param eventTypes patterns in order: exact, {@code prefix*} or {@code *}
     * @param mqttTopic name of the route's channel, kept and shown
     */
    public record RouteSpec(
            String fromPipeline,
            String toPipeline,
            List<String> eventTypes,
            @Nullable String mqttTopic) {
        public RouteSpec {
            eventTypes = List.copyOf(eventTypes);
        }
    }
}
