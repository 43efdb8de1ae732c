package dev.skein.pipeline.link;

import dev.skein.pipeline.Events.Delivered;
import dev.skein.pipeline.Events.Delivery;
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
import io.vertx.core.Future;
import java.time.Duration;

/** Drives each worker the way it can be driven: over the bus when it is on it, else over REST. */
public final class HostLinks implements HostLink {
    private final HostLink overBus;
    private final HostLink overHttp;

    public HostLinks(HostLink overBus, HostLink overHttp) {
        this.overBus = overBus;
        this.overHttp = overHttp;
    }

    @Override
    public Future<Deployed> deploy(Host host, Deploy order) {
        return to(host).deploy(host, order);
    }

    @Override
    public Future<Stopped> stop(Host host, String pipelineId) {
        return to(host).stop(host, pipelineId);
    }

    @Override
    public Future<Listed> list(Host host) {
        return to(host).list(host);
    }

    @Override
    public Future<Held> hold(Host host, Hold order) {
        return to(host).hold(host, order);
    }

    @Override
    public Future<Released> release(Host host, Release order) {
        return to(host).release(host, order);
    }

    @Override
    public Future<Restored> restore(Host host, Restore order) {
        return to(host).restore(host, order);
    }

    @Override
    public Future<Delivered> deliver(Host host, Delivery delivery, Duration deadline) {
        return to(host).deliver(host, delivery, deadline);
    }

    private HostLink to(Host host) {
        return host.node() == null ? overHttp : overBus;
    }
}
