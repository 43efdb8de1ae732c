package dev.skein.worker.agent;

import com.sun.management.OperatingSystemMXBean;
import dev.skein.pipeline.Workers.Memory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What this process takes of its machine. Reads small files of {@code /proc}, which does not block. */
final class ProcessGauge {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final Path CGROUP = Path.of("/proc/self/cgroup");
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+([0-9]+) kB");
    private static final Pattern TOTAL = Pattern.compile("MemTotal:\\s+([0-9]+) kB");
    private static final Pattern UNIFIED = Pattern.compile("(?m)^0::/(.*)$");
    private static final Pattern BYTES = Pattern.compile("^([0-9]+)\\s*$");
    private static final long KIB = 1024;

    private final long capacity = Math.min(number(MEMINFO, TOTAL, Long.MAX_VALUE / KIB) * KIB, cgroupLimit());

    /** Resident set and the lesser of the machine's memory and the cgroup's limit; zeros where they cannot be told. */
    Memory memory() {
        return new Memory(number(STATUS, RESIDENT, 0) * KIB, 0, capacity == Long.MAX_VALUE ? 0 : capacity);
    }

    /** Share of all cores in use by this process, 0 to 1. */
    double cpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? Math.max(0, system.getProcessCpuLoad())
                : 0;
    }

    private static long cgroupLimit() {
        var own = UNIFIED.matcher(text(CGROUP));
        long limit = Long.MAX_VALUE;
        for (var group = CGROUPS.resolve(own.find() ? own.group(1) : ""); group != null; group = group.getParent()) {
            limit = Math.min(limit, number(group.resolve("memory.max"), BYTES, Long.MAX_VALUE));
            if (group.equals(CGROUPS)) {
                break;
            }
        }
        return limit;
    }

    private static long number(Path file, Pattern pattern, long fallback) {
        var found = pattern.matcher(text(file));
        return found.find() ? Long.parseLong(found.group(1)) : fallback;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException notThere) {
            return "";
        }
    }
}
