package dev.skein.pipeline.link;

import dev.skein.pipeline.Events.Delivered;
import dev.skein.pipeline.Events.Delivery;
import dev.skein.pipeline.Hosting.Deploy;
import dev.skein.pipeline.Hosting.Deployed;
import dev.skein.pipeline.Hosting.Listed;
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
    public Future<Delivered> deliver(Host host, Delivery delivery, Duration deadline) {
        return to(host).deliver(host, delivery, deadline);
    }

    private HostLink to(Host host) {
        return host.node() == null ? overHttp : overBus;
    }
}
