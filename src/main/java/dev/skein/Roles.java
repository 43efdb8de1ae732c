package dev.skein;

import dev.skein.bus.Bus;
import dev.skein.cluster.Membership;
import dev.skein.coordinator.CoordinatorVerticle;
import dev.skein.pipeline.link.BusHostLink;
import dev.skein.pipeline.link.HostLink;
import dev.skein.pipeline.link.HostLinks;
import dev.skein.pipeline.link.HttpHostLink;
import dev.skein.pipeline.vpl.run.PipelineHost;
import dev.skein.pipeline.vpl.sink.LocalSinks;
import dev.skein.router.RouterVerticle;
import dev.skein.store.SqliteStore;
import dev.skein.store.Store;
import dev.skein.worker.WorkerVerticle;
import dev.skein.worker.agent.Agent;
import dev.skein.worker.hosting.Lanes;
import dev.skein.worker.hosting.Lease;
import dev.skein.worker.hosting.VplEngine;
import dev.skein.worker.hosting.WorkerHost;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The roles of one node: what each is made of, in which order they start, and in which they stop. */
final class Roles {
    private final Vertx vertx;
    private final Bus bus;
    private final Membership membership;
    private final NodeSettings settings;
    private final InstantSource clock;
    private final HostLink links;
    private @Nullable Store store;
    private @Nullable RouterVerticle router;
    private @Nullable WorkerVerticle worker;
    private @Nullable WorkerHost host;
    private @Nullable Edge edge;

    Roles(Vertx vertx, Bus bus, Membership membership, NodeSettings settings, InstantSource clock) {
        this.vertx = vertx;
        this.bus = bus;
        this.membership = membership;
        this.settings = settings;
        this.clock = clock;
        this.links = new HostLinks(new BusHostLink(bus), new HttpHostLink(vertx));
    }

    /** The edge opens before the worker registers, since a worker says at which port it can be reached. */
    Future<?> start() {
        return startCoordinator()
                .compose(done -> startRouter())
                .compose(done -> openEdge())
                .compose(done -> startWorker());
    }

    private Future<?> startCoordinator() {
        if (!settings.node().has("coordinator")) {
            return Future.succeededFuture();
        }
        return SqliteStore.open(vertx, settings.node().dataDir(), settings.store(), clock)
                .onSuccess(opened -> store = opened)
                .compose(opened -> vertx.deployVerticle(
                        new CoordinatorVerticle(bus, settings.coordinator(), opened, links, membership, clock)));
    }

    private Future<?> startRouter() {
        if (!settings.node().has("router")) {
            return Future.succeededFuture();
        }
        var directory = settings.node().dataDir().resolve("router");
        router = new RouterVerticle(bus, settings.router(), directory, links, membership, clock);
        return vertx.deployVerticle(router);
    }

    private Future<?> openEdge() {
        if (!settings.node().has("http")) {
            return Future.succeededFuture();
        }
        edge = new Edge(vertx, bus, settings);
        return edge.open();
    }

    private Future<?> startWorker() {
        if (!settings.node().has("worker")) {
            return Future.succeededFuture();
        }
        host = workerHost();
        if (router != null) {
            host.forwardThrough(router.forwarder());
        }
        worker = new WorkerVerticle(bus, settings.worker(), host, identity(), clock);
        return vertx.deployVerticle(worker);
    }

    private WorkerHost workerHost() {
        var lanes = Lanes.upTo(settings.worker().threadsMax());
        var surroundings = new PipelineHost(
                lanes,
                clock,
                new LocalSinks(System.out::println, new TopicSinks()),
                settings.vpl().stepBudget(),
                PipelineHost.HAND_OVER_MAX);
        var lease = standsAlone() ? Lease.forEver() : new Lease(clock);
        return new WorkerHost(
                settings.node().id(), settings.worker().hostLimits(), new VplEngine(surroundings), lanes, clock, lease);
    }

    /** A server without a coordinator is a full single server of its own. */
    private boolean standsAlone() {
        return !settings.cluster().enabled()
                && !settings.node().has("coordinator")
                && settings.worker().coordinator() == null;
    }

    private Agent.@Nullable Identity identity() {
        if (standsAlone()) {
            return null;
        }
        var overRest = settings.worker().coordinator() != null;
        return new Agent.Identity(
                settings.node().id(),
                edge == null ? "http://localhost" : edge.address(),
                settings.workerKey(),
                overRest ? null : bus.here().toString(),
                settings.node().verticles(),
                settings.worker().maxPipelines());
    }

    /** Completes when the worker is known to its coordinator, at once when this node has none. */
    Future<?> registered() {
        return worker == null ? Future.succeededFuture() : worker.registered();
    }

    /** Hands over first, then stops taking work, then lets go of threads and files. */
    Future<?> stop() {
        var leaving = worker == null ? Future.succeededFuture() : worker.leave();
        return leaving.eventually(() -> edge == null ? Future.succeededFuture() : edge.close())
                .eventually(this::closeHost)
                .eventually(() -> store == null ? Future.succeededFuture() : store.close());
    }

    private Future<Void> closeHost() {
        if (host != null) {
            host.close();
        }
        return Future.succeededFuture();
    }
}
