package dev.skein.memory;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What this process uses.
 *
 * @param rss resident bytes; empty where the system does not say
 * @param heapLive heap that the last collection left
 * @param heapUsed heap in use, garbage included
 * @param heapCommitted heap the process has taken
 * @param heapMax heap it may take
 * @param direct bytes of direct buffers
 */
public record Usage(OptionalLong rss, long heapLive, long heapUsed, long heapCommitted, long heapMax, long direct) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long BYTES_PER_KIB = 1024;

    public static Usage now() {
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        long live = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull)
                .mapToLong(usage -> usage.getUsed())
                .sum();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return new Usage(
                resident(),
                live,
                heap.getUsed(),
                heap.getCommitted(),
                Runtime.getRuntime().maxMemory(),
                direct);
    }

    /** Resident bytes, heap counted as what the last collection left: garbage is no pressure. */
    long pressing() {
        return rss.isPresent() ? Math.max(heapLive, rss.getAsLong() - heapCommitted + heapLive) : heapLive + direct;
    }

    private static OptionalLong resident() {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * BYTES_PER_KIB)
                    .findFirst();
        } catch (IOException | RuntimeException unknown) {
            return OptionalLong.empty();
        }
    }
}
