package dev.skein.manual;

import dev.skein.job.Job.Progress;
import dev.skein.job.run.JobCall;
import dev.skein.job.run.JobHandler;
import dev.skein.job.run.JobResult;
import io.vertx.core.Future;

/** Counts the words of its payload. The page on handlers shows it. */
public final class WordCountHandler implements JobHandler {
    @Override
    public String type() {
        return "word-count";
    }

    @Override
    public Future<JobResult> run(JobCall call) {
        var words = call.payload().split("\\s+");
        for (int i = 0; i < words.length && !call.isStopped(); i++) {
            call.log().line(words[i]);
            call.progress(new Progress((i + 1.0) / words.length, "word " + (i + 1), null));
        }
        return call.isStopped()
                ? Future.succeededFuture(JobResult.failed("stopped", "ended early", true))
                : Future.succeededFuture(JobResult.succeeded(Integer.toString(words.length)));
    }
}
