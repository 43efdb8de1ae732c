package dev.skein.cli.review.fix;

import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Spans;
import dev.skein.kernel.ByteSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a build may take, and who may do it.
 *
 * @param memoryBytes of everything it starts together, and address space of each process
 * @param time of one build
 * @param workerLabels that a worker must bear
 * @param environment handed to the build besides
 */
record BuildLimits(long memoryBytes, Duration time, List<String> workerLabels, Map<String, String> environment) {
    private static final String JAVA_HOME = "JAVA_HOME";

    static BuildLimits of(String memory, String time, List<String> labels, Map<String, String> environment) {
        var handed = environment.containsKey(JAVA_HOME)
                ? Map.of(JAVA_HOME, environment.getOrDefault(JAVA_HOME, ""))
                : Map.<String, String>of();
        return new BuildLimits(bytes(memory), Spans.parse("--time-limit", time), List.copyOf(labels), handed);
    }

    private static long bytes(String text) {
        long bytes;
        try {
            bytes = ByteSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--memory must be a size like 512MiB or 2GiB, got " + text);
        }
        if (bytes <= 0) {
            throw Failure.usage("--memory must be more than nothing: a build without a cap is not run");
        }
        return bytes;
    }
}
