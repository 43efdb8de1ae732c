package dev.skein.job.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;

/**
 * Does jobs of one type. Found by {@link java.util.ServiceLoader}; one instance serves every call of its runtime, on
 * several threads at once.
 */
public interface JobHandler extends AutoCloseable {
    /** The type, in lower case with dashes. */
    String type();

    /** Called once before the first call; fails with a sentence when what is configured cannot work. */
    default void open(JobSurroundings around) {}

    /** Shows how it is, from now on; called once, after it was opened. */
    default void count(MeterRegistry metrics) {}

    /**
     * Does one job. Called on a thread that may block. A failed future, or an exception, is an attempt that failed and
     * may be retried; what should be told apart ends in a {@link JobResult}.
     */
    Future<JobResult> run(JobCall call);

    /** Lets go of what is shared between calls; called once no call is under way. */
    @Override
    default void close() {}
}
