package dev.skein.job.host;

import com.sun.management.OperatingSystemMXBean;
import dev.skein.bus.Bus;
import dev.skein.job.NodeMemory;
import dev.skein.job.NodeMemory.Heap;
import dev.skein.job.NodeMemory.JobUse;
import dev.skein.job.NodeMemory.Limits;
import dev.skein.job.NodeMemory.Trimmed;
import dev.skein.job.NodeMemory.View;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.memory.Category;
import dev.skein.memory.Memory;
import dev.skein.memory.MemoryReport;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what this node uses, has promised and has. Thread-safe. */
public final class MemoryDoor {
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final String node;
    private final Memory memory;
    private final Supplier<List<JobUse>> jobs;
    private final InstantSource clock;
    private Instant trimmed = Instant.EPOCH; // guarded by this
    private volatile List<String> types = List.of();
    private volatile long resident; // as last seen, for a scrape must not read files

    /**
     * @param jobs what this node does right now
     * @param clock steady
     */
    public MemoryDoor(String node, Memory memory, Supplier<List<JobUse>> jobs, InstantSource clock) {
        this.clock = clock;
        this.node = node;
        this.memory = memory;
        this.jobs = jobs;
    }

    /** Serves it on a thread that may read small files. */
    public Future<?> serve(Vertx vertx, Bus bus) {
        return Future.all(
                bus.serveHere(NodeMemory.HERE, ask -> vertx.executeBlocking(this::view, false))
                        .completion(),
                bus.serveHere(NodeMemory.TRIM, ask -> vertx.executeBlocking(this::trim, false))
                        .completion());
    }

    private synchronized Trimmed trim() {
        var now = clock.instant();
        if (now.isBefore(trimmed.plus(PAUSE))) {
            throw new Problem(
                    Kind.LIMITED,
                    "rate_limited",
                    "caches were let go less than %d s ago".formatted(PAUSE.toSeconds()),
                    List.of());
        }
        trimmed = now;
        return new Trimmed(node, memory.trim(), memory.report(0).tracked());
    }

    /** Shows what is used, promised and there; of jobs by type, since their ids are without end. */
    public MemoryDoor count(MeterRegistry metrics) {
        enforce();
        gauge(
                        "used",
                        () -> used(resident, jobs.get()),
                        "Resident bytes of this node's process and of its jobs' processes")
                .register(metrics);
        gauge("reserved", memory.reservations()::reserved, "Bytes promised to jobs on this node")
                .register(metrics);
        gauge("capacity", memory.reservations()::capacity, "Bytes this node may promise to jobs")
                .register(metrics);
        return this;
    }

    /** The same of each type of jobs that this node does. */
    public void count(MeterRegistry metrics, List<String> ofJobs) {
        types = List.copyOf(ofJobs);
        for (var type : types) {
            gauge("jobs.used", () -> sum(type, use -> use.usedBytes() == null ? 0 : use.usedBytes()), "Of its jobs")
                    .tag("type", type)
                    .register(metrics);
            gauge("jobs.reserved", () -> sum(type, JobUse::reservedBytes), "Promised to its jobs")
                    .tag("type", type)
                    .register(metrics);
            Gauge.builder("skein.jobs.here", () -> sum(type, use -> 1))
                    .description("Jobs that this node does")
                    .tag("type", type)
                    .register(metrics);
        }
    }

    private long sum(String type, ToLongFunction<JobUse> what) {
        return jobs.get().stream()
                .filter(use -> use.type().equals(type))
                .mapToLong(what)
                .sum();
    }

    private static Gauge.Builder<Supplier<Number>> gauge(String what, Supplier<Number> bytes, String description) {
        return Gauge.builder("skein.memory." + what + ".bytes", bytes).description(description);
    }

    public View view() {
        return view(memory.report(0), jobs.get());
    }

    /** Lets caches give way when memory is short; reads small files. */
    public void enforce() {
        resident = memory.enforce().process().rss().orElse(0);
    }

    private static long used(long resident, List<JobUse> uses) {
        return resident
                + uses.stream()
                        .map(JobUse::usedBytes)
                        .flatMap(Stream::ofNullable)
                        .mapToLong(Long::longValue)
                        .sum();
    }

    private View view(MemoryReport report, List<JobUse> uses) {
        var process = report.process();
        return new View(
                node,
                report.capacityBytes(),
                report.reservedBytes(),
                used(process.rss().orElse(0), uses),
                report.pressure().word(),
                cpu(),
                categories(report.usage()),
                new Heap(process.heapUsed(), process.heapMax(), process.direct()),
                limits(report),
                types,
                uses.stream()
                        .sorted(Comparator.comparing(JobUse::id).thenComparing(JobUse::attempt))
                        .toList());
    }

    private static Map<String, Long> categories(Map<Category, Long> usage) {
        var words = new TreeMap<String, Long>();
        usage.forEach((category, bytes) -> words.put(category.word(), bytes));
        return words;
    }

    private static Limits limits(MemoryReport report) {
        var effective = report.effective();
        return new Limits(effective.host(), value(effective.cgroup()), value(effective.rlimitAs()), effective.chosen());
    }

    private static @Nullable Long value(OptionalLong bytes) {
        return bytes.isPresent() ? (Long) bytes.getAsLong() : null;
    }

    private static double cpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getCpuLoad()
                : -1;
    }
}
