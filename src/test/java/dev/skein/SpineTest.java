package dev.skein;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.cluster.Membership;
import dev.skein.coordinator.CoordinatorConfig;
import dev.skein.coordinator.CoordinatorVerticle;
import dev.skein.coordinator.leader.Term;
import dev.skein.kernel.SteadyClock;
import dev.skein.pipeline.Events;
import dev.skein.pipeline.Events.Inject;
import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.GroupSpec.PipelineSpec;
import dev.skein.pipeline.GroupSpec.RouteSpec;
import dev.skein.pipeline.Groups;
import dev.skein.pipeline.Workers.Caller;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.link.BusHostLink;
import dev.skein.pipeline.link.HostLinks;
import dev.skein.pipeline.link.HttpHostLink;
import dev.skein.pipeline.vpl.run.PipelineHost;
import dev.skein.pipeline.vpl.sink.LocalSinks;
import dev.skein.router.RouterConfig;
import dev.skein.router.RouterVerticle;
import dev.skein.store.SqliteStore;
import dev.skein.store.Store;
import dev.skein.store.StoreConfig;
import dev.skein.worker.WorkerConfig;
import dev.skein.worker.WorkerVerticle;
import dev.skein.worker.agent.Agent;
import dev.skein.worker.hosting.Lanes;
import dev.skein.worker.hosting.Lease;
import dev.skein.worker.hosting.VplEngine;
import dev.skein.worker.hosting.WorkerHost;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Coordinator, router and worker on one local bus, without an edge. */
class SpineTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Caller CALLER = new Caller("test", "admin", "r-1");

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final NodeAddress here = NodeAddress.of("node");
    private final Bus bus = new Bus(vertx, here);
    private final SteadyClock clock = SteadyClock.system();
    private Store store;
    private WorkerHost host;

    @BeforeEach
    void deploy() throws Exception {
        bus.register(Contracts.ALL);
        var links = new HostLinks(new BusHostLink(bus), new HttpHostLink(vertx));
        var alone = Membership.alone(here);
        store = SqliteStore.open(vertx, folder, StoreConfig.DEFAULTS, clock).await(20, SECONDS);
        vertx.deployVerticle(new CoordinatorVerticle(
                        bus, CoordinatorConfig.DEFAULTS, Term.sole(1, store), links, alone, clock))
                .await(20, SECONDS);
        var router = new RouterVerticle(bus, RouterConfig.DEFAULTS, folder.resolve("router"), links, alone, clock);
        vertx.deployVerticle(router).await(20, SECONDS);
        var lanes = Lanes.upTo(16);
        var engine = new VplEngine(PipelineHost.of(lanes, clock, new LocalSinks(line -> {}, new TopicSinks())));
        host = new WorkerHost("worker-0", WorkerConfig.DEFAULTS.hostLimits(), engine, lanes, clock, new Lease(clock));
        host.forwardThrough(router.forwarder());
        var identity = new Agent.Identity(
                "worker-0", "http://localhost:1", "", here.toString(), List.of("worker"), List.of(), 100);
        var worker = new WorkerVerticle(bus, WorkerConfig.DEFAULTS, host, identity, alone, clock);
        vertx.deployVerticle(worker).await(20, SECONDS);
        worker.registered().await(20, SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        store.close().await(20, SECONDS);
        vertx.close().await(20, SECONDS);
        host.close();
    }

    @Test
    void an_injected_event_runs_through_two_pipelines() throws Exception {
        var spec = new GroupSpec(
                "g",
                List.of(
                        new PipelineSpec("one", "stream A = X .emit(v: v + 1)", null, null, null),
                        new PipelineSpec("two", "stream B = A .emit(w: v * 2)", null, null, null)),
                List.of(
                        new RouteSpec("_external", "one", List.of("X*"), null),
                        new RouteSpec("one", "two", List.of("A"), null)),
                null);
        var group = bus.ask(Groups.DEPLOY, new Groups.Deploy(spec, CALLER), DEADLINE)
                .await(20, SECONDS);
        assertThat(group.status()).as("%s", group).isEqualTo("running");

        var event = Event.builder("X").with("v", 41L).build();
        var answer = bus.askAt(here, Events.INJECT, new Inject(group.id(), event, true, false), DEADLINE)
                .await(20, SECONDS);

        assertThat(answer.routedTo()).isEqualTo("one");
        assertThat(answer.matched()).isTrue();
        assertThat(answer.outputs())
                .singleElement()
                .satisfies(output -> assertThat(output.get("v")).isEqualTo(42L));
        assertThat(answer.forwarded()).containsExactly(new Events.Forwarded("two", "A", 1));
        var recent = bus.askAt(here, Events.RECENT, new Events.RecentAsk(group.id(), 100, 0, "two"), DEADLINE)
                .await(20, SECONDS);
        assertThat(recent.outputs())
                .singleElement()
                .satisfies(output -> assertThat(output.event().get("w")).isEqualTo(84L));
    }
}
