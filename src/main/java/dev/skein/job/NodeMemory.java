package dev.skein.job;

import dev.skein.bus.Endpoint;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What nodes use of their memory, have promised to jobs and have. */
public final class NodeMemory {
    public record Ask() {}

    /**
     * An attempt that a node has.
     *
     * @param reservedBytes promised to it, which is its cap; 0 for none
     * @param usedBytes resident in its processes; null when it has none, or they are not measured
     */
    public record JobUse(
            String id,
            int attempt,
            String type,
            long reservedBytes,
            @Nullable Long usedBytes) {}

    /**
     * What the machine allows.
     *
     * @param hostBytes of the machine
     * @param cgroupBytes null for no limit
     * @param rlimitAsBytes null for no limit
     * @param chosenBytes the least of all, that the operator allows too
     */
    public record Limits(
            long hostBytes,
            @Nullable Long cgroupBytes,
            @Nullable Long rlimitAsBytes,
            long chosenBytes) {}

    /**
     * One node, at one moment.
     *
     * @param capacityBytes that may be promised to jobs
     * @param reservedBytes that are
     * @param usedBytes resident in the node's process and in those of its jobs; 0 when the system does not say
     * @param level {@code low}, {@code medium}, {@code high} or {@code critical}; {@code unknown} when the node does
     *     not answer, and all else is zero
     * @param cpu share of the machine's cores in use, 0 to 1; negative when not known
     * @param categories bytes of caches by what they hold
     * @param limits null when the node does not answer
     * @param types of jobs that it does
     * @param jobs by id
     */
    public record View(
            String node,
            long capacityBytes,
            long reservedBytes,
            long usedBytes,
            String level,
            double cpu,
            Map<String, Long> categories,
            @Nullable Heap heap,
            @Nullable Limits limits,
            List<String> types,
            List<JobUse> jobs) {
        public View {
            types = List.copyOf(types);
            categories = Map.copyOf(categories);
            jobs = List.copyOf(jobs);
        }

        /** Of a node that does not answer. */
        public static View unknown(String node) {
            return new View(node, 0, 0, 0, "unknown", -1, Map.of(), null, null, List.of(), List.of());
        }

        /** What is used of what the machine allows, 0 to 1 and beyond. */
        public double usedShare() {
            return limits == null ? 0 : (double) usedBytes / Math.max(1, limits.chosenBytes);
        }
    }

    /** Of the node's own process. */
    public record Heap(long usedBytes, long maxBytes, long directBytes) {}

    /** By node. */
    public record All(List<View> nodes) {
        public All {
            nodes = List.copyOf(nodes);
        }
    }

    /** Served by every node, here only. */
    public static final Endpoint<Ask, View> HERE = new Endpoint<>("memory.report.v1", Ask.class, View.class);

    public record Trim() {}

    /** @param freedBytes that caches gave up */
    public record Trimmed(String node, long freedBytes, long cachedBytes) {}

    /** Lets caches go. Served by every node, here only. Fails with 429 {@code rate_limited} within 10 s of the last. */
    public static final Endpoint<Trim, Trimmed> TRIM = new Endpoint<>("memory.trim.v1", Trim.class, Trimmed.class);

    /** Served by the leading coordinator, which asks every node; those that do not answer in time are unknown. */
    public static final Endpoint<Ask, All> ALL = new Endpoint<>("memory.list.v1", Ask.class, All.class);

    private NodeMemory() {}
}
