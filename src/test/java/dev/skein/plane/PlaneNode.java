package dev.skein.plane;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.skein.bus.Bus;
import dev.skein.bus.Contract;
import dev.skein.bus.NodeAddress;
import dev.skein.cluster.Membership;
import dev.skein.kernel.SteadyClock;
import dev.skein.pipeline.Events;
import dev.skein.pipeline.Events.Injected;
import dev.skein.pipeline.Hosting;
import dev.skein.pipeline.Hosting.Deploy;
import dev.skein.pipeline.Routing;
import dev.skein.pipeline.Routing.Target;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.link.BusHostLink;
import dev.skein.pipeline.vpl.run.PipelineHost;
import dev.skein.router.RouterConfig;
import dev.skein.router.RouterVerticle;
import dev.skein.worker.WorkerConfig;
import dev.skein.worker.WorkerVerticle;
import dev.skein.worker.hosting.Engine;
import dev.skein.worker.hosting.Lanes;
import dev.skein.worker.hosting.Lease;
import dev.skein.worker.hosting.VplEngine;
import dev.skein.worker.hosting.WorkerHost;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/** One node with a worker and a router, wired as in production but for the coordinator. */
final class PlaneNode implements AutoCloseable {
    static final List<Contract> CONTRACTS = List.of(
            Events.INJECT,
            Events.INJECT_BATCH,
            Events.RECENT,
            Events.DELIVER,
            Events.REST,
            Hosting.DEPLOY,
            Hosting.STOP,
            Hosting.LIST,
            Hosting.RECENT,
            Routing.TABLES,
            Routing.CHANGED);

    final Bus bus;
    final WorkerHost host;
    final RouterVerticle router;

    PlaneNode(Vertx vertx, Bus bus, Membership membership, Path directory, Function<ExecutorService, Engine> engine)
            throws Exception {
        this.bus = bus;
        var clock = SteadyClock.system();
        var config = WorkerConfig.DEFAULTS;
        var lanes = Lanes.upTo(config.threadsMax());
        this.host = new WorkerHost(
                bus.here().node(), config.hostLimits(), engine.apply(lanes), lanes, clock, Lease.forEver());
        this.router =
                new RouterVerticle(bus, RouterConfig.DEFAULTS, directory, new BusHostLink(bus), membership, clock);
        host.forwardThrough(router.forwarder());
        vertx.deployVerticle(router).await(20, SECONDS);
        vertx.deployVerticle(new WorkerVerticle(bus, config, host, null, membership, clock))
                .await(20, SECONDS);
    }

    static Engine vpl(ExecutorService lanes) {
        return new VplEngine(PipelineHost.of(lanes, SteadyClock.system(), target -> event -> {}));
    }

    /** Starts a pipeline over the bus, from wherever {@code from} is. */
    Target deploy(Bus from, String name, String source) throws Exception {
        var deployed = from.askAt(bus.here(), Hosting.DEPLOY, new Deploy(name, source, "g", 1), Duration.ofSeconds(10))
                .await(10, SECONDS);
        return target(name, deployed.pipelineId(), bus.here());
    }

    private static Target target(String name, String id, NodeAddress node) {
        return new Target(name, id, 1, node.node(), node.toString(), "http://localhost:1", "", true);
    }

    Future<Injected> inject(Event event) {
        var request = new Events.Inject("g", event, true, false);
        return bus.askAt(bus.here(), Events.INJECT, request, Duration.ofSeconds(15));
    }

    @Override
    public void close() {
        host.close();
    }
}
