package dev.skein.pipeline;

import dev.skein.bus.Endpoint;
import dev.skein.bus.Topic;
import dev.skein.pipeline.GroupSpec.RouteSpec;
import dev.skein.pipeline.Workers.ConnectorHealth;
import dev.skein.pipeline.Workers.Memory;
import dev.skein.pipeline.Workers.Pressure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the coordinator lets people watch. All served by the leading coordinator, from memory, at once. */
public final class Observation {
    public record Ask() {}

    /** What the clock on a node's wall says. */
    public record Time(Instant now) {}
    /**
     * The node that answers.
     *
     * @param epoch how often a coordinator had begun to lead this cluster when it began
     * @param refuses why it refuses changes; null when it takes them
     */
    public record Leader(String node, long epoch, @Nullable String refuses) {}

    /**
     * A coordinator leads.
     *
     * @param node its life on the bus as text
     */
    public record Leads(String node, long epoch) {}

    /** Counters of one placement, at most one heartbeat old. */
    public record PipelineLoad(
            String pipelineName,
            String groupId,
            String workerId,
            long eventsIn,
            long eventsOut,
            long errors,
            Pressure pressure,
            List<ConnectorHealth> connectorHealth) {}

    public record Metrics(List<PipelineLoad> pipelines) {}

    /** Events per second are measured over the last 10 s. */
    public record Summary(
            int totalWorkers,
            int healthyWorkers,
            int unhealthyWorkers,
            int drainingWorkers,
            int totalPipelineGroups,
            int activePipelineGroups,
            long totalEventsProcessed,
            double eventsPerSecond) {}

    public record WorkerCount(int total, int healthy, int unhealthy, int draining) {}

    public record Sweep(int workersChecked, int workersMarkedUnhealthy) {}

    public record Health(
            String status,
            WorkerCount workers,
            int pipelineGroups,
            int activeMigrations,
            long totalEventsProcessed,
            @Nullable Sweep lastHealthSweep) {}

    public record PipelineNode(String name, String workerId, String workerAddress) {}

    public record GroupTopology(
            String groupId, String groupName, List<PipelineNode> pipelines, List<RouteSpec> routes) {}

    public record WorkerTopology(String id, String address, String status, List<String> pipelineGroups) {}

    public record RouteTopology(
            String sourceWorker, String sourcePipeline, String targetWorker, String targetPipeline, String routeType) {}

    public record Topology(List<GroupTopology> groups, List<WorkerTopology> workers, List<RouteTopology> routes) {}

    /**
     * One node on the dashboard.
     *
     * @param roles {@code coordinator router worker heavy-worker http}
     * @param status the API's word, upper case
     * @param cpu share of all cores in use, 0 to 1
     */
    public record NodeView(
            String id,
            List<String> roles,
            String status,
            @Nullable Instant since,
            Memory memory,
            double cpu,
            int pipelines,
            int maxPipelines,
            long heartbeatAgeMillis) {}

    /** One group on the dashboard; rates are events per second. */
    public record GroupView(
            String id,
            String name,
            String status,
            int pipelines,
            double eventsInPerSecond,
            double eventsOutPerSecond,
            long errors,
            Pressure pressure) {}

    /**
     * One run of a review on the dashboard.
     *
     * @param tasks how many in each state
     * @param lines that are to be reviewed
     * @param reviewed of these, in tasks that are done
     * @param findings open ones by severity
     * @param finished null while it runs
     */
    public record ReviewView(
            String id,
            String name,
            String state,
            Map<String, Integer> tasks,
            long lines,
            long reviewed,
            Map<String, Long> findings,
            long suppressed,
            Instant created,
            @Nullable Instant finished) {}

    /** Something that needs a person; {@code severity} is {@code warning} or {@code critical}. */
    public record Alert(String id, String severity, String text, Instant since) {}

    /**
     * Everything the first screen shows. Collections are keyed by id.
     *
     * @param reviews the newest runs only
     */
    public record Snapshot(
            String cluster,
            String leader,
            long epoch,
            String version,
            Map<String, NodeView> nodes,
            Map<String, GroupView> groups,
            Map<String, Alert> alerts,
            @Nullable Map<String, ReviewView> reviews) {
        public Snapshot {
            reviews = reviews == null ? Map.of() : reviews; // of a leader that does not know them yet
        }
    }

    public static final Endpoint<Ask, Metrics> METRICS =
            new Endpoint<>("observation.metrics.v1", Ask.class, Metrics.class);
    public static final Endpoint<Ask, Summary> SUMMARY =
            new Endpoint<>("observation.summary.v1", Ask.class, Summary.class);
    public static final Endpoint<Ask, Health> HEALTH = new Endpoint<>("observation.health.v1", Ask.class, Health.class);
    public static final Endpoint<Ask, Topology> TOPOLOGY =
            new Endpoint<>("observation.topology.v1", Ask.class, Topology.class);
    public static final Endpoint<Ask, Snapshot> SNAPSHOT =
            new Endpoint<>("observation.snapshot.v1", Ask.class, Snapshot.class);

    /** Served by every node, here only. */
    public static final Endpoint<Ask, Time> TIME = new Endpoint<>("observation.time.v1", Ask.class, Time.class);

    public static final Endpoint<Ask, Leader> LEADER = new Endpoint<>("observation.leader.v1", Ask.class, Leader.class);

    /** At the beginning of a term, and every few seconds. */
    public static final Topic<Leads> LEADS = new Topic<>("observation.leads.v1", Leads.class);

    private Observation() {}
}
