package dev.skein.memory;

import dev.skein.memory.Pressure.Degraded;
import java.util.List;
import java.util.Map;

/**
 * What a node uses, has promised and has, at one moment.
 *
 * @param budget bytes caches may hold
 * @param usage bytes they hold, by category
 * @param process what the process uses
 * @param pressure how near the limit that is
 * @param effective what the machine allows
 * @param reservedBytes promised to jobs
 * @param capacityBytes that may be promised
 * @param components who holds what, most first, at most those asked for
 */
public record MemoryReport(
        Budget budget,
        Map<Category, Long> usage,
        Usage process,
        Pressure pressure,
        Effective effective,
        long reservedBytes,
        long capacityBytes,
        List<Component> components) {
    /** Who holds bytes. */
    public record Component(String name, Category category, long bytes) {}

    /** Sent once for each change of the level. */
    public record Change(Pressure from, Pressure to, MemoryReport report) {}

    public MemoryReport {
        usage = Map.copyOf(usage);
        components = List.copyOf(components);
    }

    public Degraded degraded() {
        return pressure.degraded();
    }

    /** Bytes that caches hold together. */
    public long tracked() {
        return usage.values().stream().mapToLong(Long::longValue).sum();
    }
}
