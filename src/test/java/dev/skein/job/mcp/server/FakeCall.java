package dev.skein.job.mcp.server;

import dev.skein.job.Job.Progress;
import dev.skein.job.run.JobCall;
import dev.skein.job.run.JobLog;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A call without a runtime around it. */
final class FakeCall implements JobCall {
    final List<Progress> progress = new CopyOnWriteArrayList<>();
    final Promise<Progress> begun = Promise.promise();
    final Promise<String> stop = Promise.promise();
    private final String payload;

    FakeCall(String payload) {
        this.payload = payload;
    }

    @Override
    public String jobId() {
        return "job";
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public String payload() {
        return payload;
    }

    @Override
    public long capBytes() {
        return 0;
    }

    @Override
    public Path workingDirectory() {
        return Path.of("target");
    }

    @Override
    public Instant deadline() {
        return null;
    }

    @Override
    public Progress before() {
        return null;
    }

    @Override
    public JobLog log() {
        throw new UnsupportedOperationException("no call of a tool writes a log");
    }

    @Override
    public void progress(Progress step) {
        progress.add(step);
        begun.tryComplete(step);
    }

    @Override
    public Future<String> stopped() {
        return stop.future();
    }
}
