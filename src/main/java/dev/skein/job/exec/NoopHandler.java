package dev.skein.job.exec;

import dev.skein.job.run.JobCall;
import dev.skein.job.run.JobHandler;
import dev.skein.job.run.JobResult;
import io.vertx.core.Future;

/** Does nothing; the result is the payload. */
public final class NoopHandler implements JobHandler {
    @Override
    public String type() {
        return "noop";
    }

    @Override
    public Future<JobResult> run(JobCall call) {
        return Future.succeededFuture(JobResult.succeeded(call.payload()));
    }
}
