package dev.skein.job.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.kernel.Check;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A tool to call.
 *
 * @param idle longest silence: progress of the call begins it anew
 * @param total longest time altogether
 * @param progress gets each step; it costs the server nothing to send none
 */
public record McpCall(String tool, ObjectNode arguments, Duration idle, Duration total, Consumer<Progress> progress) {
    /**
     * How far a call is.
     *
     * @param done rises from step to step
     * @param total what {@code done} will reach, 0 when the server does not know
     */
    public record Progress(double done, double total, String message) {}

    public McpCall {
        Check.positive("idle limit of a call", idle);
        Check.positive("limit of a call", total);
        arguments = arguments.deepCopy();
    }

    public McpCall(String tool, ObjectNode arguments, Duration total) {
        this(tool, arguments, total, total, step -> {});
    }
}
