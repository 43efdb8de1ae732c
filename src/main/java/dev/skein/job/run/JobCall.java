package dev.skein.job.run;

import dev.skein.job.Job.Progress;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One attempt at one job, as its handler sees it. Thread-safe. */
public interface JobCall {
    String jobId();

    /** 1 for the first; together with the id it names the effects of this attempt. */
    int attempt();

    /** JSON text. */
    String payload();

    /** What this call and all it starts may take together; 0 without a limit. */
    long capBytes();

    /** Empty at the beginning, this call's own, and removed after it. */
    Path workingDirectory();

    /** When it will be stopped; null without a limit. */
    @Nullable
    Instant deadline();

    /** The last progress of an attempt before; null when there is none. */
    @Nullable
    Progress before();

    JobLog log();

    /** Tells how far it is, which is also a sign of life. Of many in a short time only the last may be seen. */
    void progress(Progress progress);

    /** Tells how to learn how many bytes are resident in the processes of this call. */
    default void uses(LongSupplier residentBytes) {}

    /** Completes with the reason once the call must end; a handler that goes on is stopped by force after a while. */
    Future<String> stopped();

    default boolean isStopped() {
        return stopped().isComplete();
    }
}
