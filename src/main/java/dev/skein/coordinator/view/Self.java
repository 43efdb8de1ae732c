package dev.skein.coordinator.view;

import com.sun.management.OperatingSystemMXBean;
import dev.skein.pipeline.Workers.Memory;
import java.lang.management.ManagementFactory;
import java.time.Instant;

/**
 * The coordinator as it shows itself.
 *
 * @param node its node's id
 * @param cluster the cluster's name
 * @param epoch how often a coordinator has begun to lead this cluster
 * @param since when it began
 */
public record Self(String node, String cluster, String version, long epoch, Instant since) {
    /** The Java heap of this process: its other memory is not the coordinator's to grow. */
    static Memory memory() {
        var runtime = Runtime.getRuntime();
        return new Memory(runtime.totalMemory() - runtime.freeMemory(), 0, runtime.maxMemory());
    }

    static double cpu() {
        var load = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean os
                ? os.getProcessCpuLoad()
                : 0;
        return Math.max(0, load); // negative means not known yet
    }
}
