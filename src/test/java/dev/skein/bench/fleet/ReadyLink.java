package dev.skein.bench.fleet;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.Events.Delivered;
import dev.skein.pipeline.Events.Delivery;
import dev.skein.pipeline.Hosting.Checkpoint;
import dev.skein.pipeline.Hosting.Deploy;
import dev.skein.pipeline.Hosting.Deployed;
import dev.skein.pipeline.Hosting.Held;
import dev.skein.pipeline.Hosting.Hold;
import dev.skein.pipeline.Hosting.Listed;
import dev.skein.pipeline.Hosting.Release;
import dev.skein.pipeline.Hosting.Released;
import dev.skein.pipeline.Hosting.Restore;
import dev.skein.pipeline.Hosting.Restored;
import dev.skein.pipeline.Hosting.Stopped;
import dev.skein.pipeline.link.Host;
import dev.skein.pipeline.link.HostLink;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** Workers that do everything at once, so that only the coordinator's own work is measured. */
final class ReadyLink implements HostLink {
    private long deployed;

    @Override
    public Future<Deployed> deploy(Host host, Deploy order) {
        return Future.succeededFuture(new Deployed("pipeline-" + host.workerId() + "-" + ++deployed, List.of()));
    }

    @Override
    public Future<Stopped> stop(Host host, String pipelineId) {
        return Future.succeededFuture(new Stopped(true));
    }

    @Override
    public Future<Listed> list(Host host) {
        return Future.failedFuture(Problem.timeout("it does not say"));
    }

    @Override
    public Future<Held> hold(Host host, Hold order) {
        return Future.succeededFuture(new Held(Checkpoint.NOTHING));
    }

    @Override
    public Future<Released> release(Host host, Release order) {
        return Future.succeededFuture(new Released(true));
    }

    @Override
    public Future<Restored> restore(Host host, Restore order) {
        return Future.succeededFuture(new Restored(true));
    }

    @Override
    public Future<Delivered> deliver(Host host, Delivery delivery, Duration deadline) {
        return Future.failedFuture(Problem.unreachable("the coordinator sends no events"));
    }
}
