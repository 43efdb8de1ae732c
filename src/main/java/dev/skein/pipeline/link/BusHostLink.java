package dev.skein.pipeline.link;

import dev.skein.bus.Bus;
import dev.skein.bus.Endpoint;
import dev.skein.bus.NodeAddress;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.Events;
import dev.skein.pipeline.Events.Delivered;
import dev.skein.pipeline.Events.Delivery;
import dev.skein.pipeline.Events.RestAsk;
import dev.skein.pipeline.Hosting;
import dev.skein.pipeline.Hosting.Deploy;
import dev.skein.pipeline.Hosting.Deployed;
import dev.skein.pipeline.Hosting.Held;
import dev.skein.pipeline.Hosting.Hold;
import dev.skein.pipeline.Hosting.ListAll;
import dev.skein.pipeline.Hosting.Listed;
import dev.skein.pipeline.Hosting.Release;
import dev.skein.pipeline.Hosting.Released;
import dev.skein.pipeline.Hosting.Restore;
import dev.skein.pipeline.Hosting.Restored;
import dev.skein.pipeline.Hosting.Stop;
import dev.skein.pipeline.Hosting.Stopped;
import dev.skein.pipeline.packing.Pages;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Drives workers that are on the bus. Results too heavy for one message are fetched page by page. */
public final class BusHostLink implements HostLink {
    private static final String NOBODY_SERVES = "not_ready"; // no worker refuses under this code

    /** Pages of one answer that are held at once: a sixteenth of the memory there is. */
    private static final int PAGES_MAX =
            (int) Math.max(4, Runtime.getRuntime().maxMemory() / 16 / Pages.PAGE_BYTES_MAX);

    private final Bus bus;

    public BusHostLink(Bus bus) {
        this.bus = bus;
    }

    @Override
    public Future<Deployed> deploy(Host host, Deploy order) {
        return ask(host, Hosting.DEPLOY, order, ORDER_DEADLINE);
    }

    @Override
    public Future<Stopped> stop(Host host, String pipelineId) {
        return ask(host, Hosting.STOP, new Stop(pipelineId), ORDER_DEADLINE);
    }

    @Override
    public Future<Listed> list(Host host) {
        return ask(host, Hosting.LIST, new ListAll(), ORDER_DEADLINE);
    }

    @Override
    public Future<Held> hold(Host host, Hold order) {
        return ask(host, Hosting.HOLD, order, ORDER_DEADLINE.plusMillis(order.waitMillis()));
    }

    @Override
    public Future<Released> release(Host host, Release order) {
        return ask(host, Hosting.RELEASE, order, ORDER_DEADLINE);
    }

    @Override
    public Future<Restored> restore(Host host, Restore order) {
        return ask(host, Hosting.RESTORE, order, ORDER_DEADLINE);
    }

    @Override
    public Future<Delivered> deliver(Host host, Delivery delivery, Duration deadline) {
        return ask(host, Events.DELIVER, delivery, deadline)
                .compose(first -> first.rest() == null ? Future.succeededFuture(first) : pages(host, first));
    }

    private Future<Delivered> pages(Host host, Delivered first) {
        var pages = new ArrayList<Delivered>();
        return next(host, first, pages).map(all -> Pages.join(pages));
    }

    private Future<Void> next(Host host, Delivered page, List<Delivered> pages) {
        pages.add(page);
        if (pages.size() > PAGES_MAX) {
            return Future.failedFuture(Problem.timeout(
                    ("%s processed the events, but their outputs are larger than the %d MiB this node can hold for "
                                    + "one answer; ask with \"outputs\": \"count\"")
                            .formatted(host.workerId(), (long) PAGES_MAX * Pages.PAGE_BYTES_MAX >> 20)));
        }
        return page.rest() == null
                ? Future.succeededFuture()
                : ask(host, Events.REST, new RestAsk(page.rest()), ORDER_DEADLINE)
                        .recover(lost -> Future.failedFuture(Problem.timeout(
                                host.workerId() + " processed the events, but not all outputs came back: " + lost)))
                        .compose(following -> next(host, following, pages));
    }

    private <Q extends Record, R extends Record> Future<R> ask(
            Host host, Endpoint<Q, R> endpoint, Q request, Duration deadline) {
        NodeAddress node = host.node();
        if (node == null) {
            return Future.failedFuture(Problem.unreachable(host.workerId() + " is not on the bus"));
        }
        return bus.askAt(node, endpoint, request, deadline)
                .recover(cause -> Future.failedFuture(translated(host, Problem.in(cause), cause)));
    }

    private static Throwable translated(Host host, @Nullable Problem problem, Throwable cause) {
        if (problem == null) {
            return cause;
        }
        if (problem.kind() == Kind.BUSY && problem.code().equals(NOBODY_SERVES)) {
            return Problem.unreachable("worker " + host.workerId() + " unreachable: it is not on the bus any more");
        }
        return switch (problem.kind()) {
            case TIMEOUT ->
                Problem.timeout("worker " + host.workerId() + " did not answer in time; "
                        + "the request may have been carried out");
            case INTERNAL ->
                Problem.timeout("the connection to worker " + host.workerId() + " broke (" + problem.sentence()
                        + "); the request may have been carried out");
            default -> problem;
        };
    }
}
