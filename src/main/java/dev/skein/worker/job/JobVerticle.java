package dev.skein.worker.job;

import dev.skein.bus.Bus;
import dev.skein.job.JobRuns;
import dev.skein.job.host.JobRuntime;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.Supplier;

/** Serves what a node that does jobs offers to the leader and to those who read logs. */
public final class JobVerticle extends VerticleBase {
    private final Bus bus;
    private final JobRuntime runtime;

    /** @param runtime outlives this verticle */
    public JobVerticle(Bus bus, JobRuntime runtime) {
        this.bus = bus;
        this.runtime = runtime;
    }

    /** Makes itself known only once it can be given work. */
    @Override
    public Future<?> start() {
        return Future.all(
                        bus.serveHere(JobRuns.RUN, run -> answer(() -> runtime.take(run)))
                                .completion(),
                        bus.serveHere(
                                        JobRuns.STOP,
                                        stop -> answer(() -> {
                                            runtime.stop(stop);
                                            return new JobRuns.Stopping();
                                        }))
                                .completion(),
                        bus.serveHere(JobRuns.TAIL, runtime::tail).completion())
                .onSuccess(done -> runtime.start());
    }

    private static <R> Future<R> answer(Supplier<R> work) {
        try {
            return Future.succeededFuture(work.get());
        } catch (Problem refused) {
            return Future.failedFuture(refused);
        }
    }
}
