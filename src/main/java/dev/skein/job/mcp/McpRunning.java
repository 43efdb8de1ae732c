package dev.skein.job.mcp;

import io.vertx.core.Future;
import java.util.function.Consumer;

/** A call under way. */
public final class McpRunning {
    private final Future<McpResult> result;
    private final Consumer<String> cancellation;

    public McpRunning(Future<McpResult> result, Consumer<String> cancellation) {
        this.result = result;
        this.cancellation = cancellation;
    }

    /** The tool's answer, also when the tool failed; a {@link dev.skein.kernel.Problem} when there is none. */
    public Future<McpResult> result() {
        return result;
    }

    /** Tells the server to stop and ends the call at once; without effect when it has ended. */
    public void cancel(String reason) {
        cancellation.accept(reason);
    }
}
