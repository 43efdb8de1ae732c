package dev.skein.coordinator.job;

import dev.skein.job.JobRuns.Run;
import dev.skein.job.JobRuns.Stop;
import dev.skein.job.JobRuns.Stopping;
import dev.skein.job.JobRuns.Taken;
import io.vertx.core.Future;

/** How the leader reaches a runtime; each call ends by its deadline. */
public interface RunnerLink {
    /** @param node as it named itself */
    Future<Taken> run(String node, Run run);

    Future<Stopping> stop(String node, Stop stop);
}
