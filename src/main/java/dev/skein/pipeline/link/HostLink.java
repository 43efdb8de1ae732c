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

/**
 * The orders a worker takes. Every future fails with a {@link dev.skein.kernel.Problem}: UNREACHABLE when nothing was
 * accepted (no such node, connection refused, an answer with an error), TIMEOUT when it may have been, and what the
 * worker itself said otherwise. Thread-safe.
 */
public interface HostLink {
    /** Longest wait for an answer to an order that carries no events. */
    Duration ORDER_DEADLINE = Duration.ofSeconds(10);

    Future<Deployed> deploy(Host host, Deploy order);

    Future<Stopped> stop(Host host, String pipelineId);

    Future<Listed> list(Host host);

    /** Answers once the copy is at rest; a worker that cannot hold still answers at once. */
    Future<Held> hold(Host host, Hold order);

    Future<Released> release(Host host, Release order);

    Future<Restored> restore(Host host, Restore order);

    Future<Delivered> deliver(Host host, Delivery delivery, Duration deadline);
}
