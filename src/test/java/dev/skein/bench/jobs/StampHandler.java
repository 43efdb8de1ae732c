package dev.skein.bench.jobs;

import dev.skein.job.run.JobCall;
import dev.skein.job.run.JobHandler;
import dev.skein.job.run.JobResult;
import io.vertx.core.Future;

/** Says when it began, on the clock that all processes of a machine share. */
public final class StampHandler implements JobHandler {
    static final String TYPE = "bench-stamp";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Future<JobResult> run(JobCall call) {
        return Future.succeededFuture(JobResult.succeeded(Long.toString(System.nanoTime())));
    }
}
