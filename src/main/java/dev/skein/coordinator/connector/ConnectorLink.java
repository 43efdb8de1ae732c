package dev.skein.coordinator.connector;

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
import dev.skein.pipeline.link.Host;
import dev.skein.pipeline.link.HostLink;
import io.vertx.core.Future;
import java.time.Duration;

/** Puts into each order to deploy the connectors that its program names. Confined to the coordinator's event loop. */
public final class ConnectorLink implements HostLink {
    private final HostLink link;
    private final Shelf shelf;

    public ConnectorLink(HostLink link, Shelf shelf) {
        this.link = link;
        this.shelf = shelf;
    }

    @Override
    public Future<Deployed> deploy(Host host, Deploy order) {
        return link.deploy(host, order.with(shelf.namedBy(order.source())));
    }

    @Override
    public Future<Stopped> stop(Host host, String pipelineId) {
        return link.stop(host, pipelineId);
    }

    @Override
    public Future<Listed> list(Host host) {
        return link.list(host);
    }

    @Override
    public Future<Held> hold(Host host, Hold order) {
        return link.hold(host, order);
    }

    @Override
    public Future<Released> release(Host host, Release order) {
        return link.release(host, order);
    }

    @Override
    public Future<Restored> restore(Host host, Restore order) {
        return link.restore(host, order);
    }

    @Override
    public Future<Delivered> deliver(Host host, Delivery delivery, Duration deadline) {
        return link.deliver(host, delivery, deadline);
    }
}
