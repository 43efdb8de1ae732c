package dev.skein.router;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.cluster.Membership;
import dev.skein.kernel.SteadyClock;
import dev.skein.pipeline.Events;
import dev.skein.pipeline.Events.Delivered;
import dev.skein.pipeline.Events.Delivery;
import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.GroupSpec.RouteSpec;
import dev.skein.pipeline.Hosting;
import dev.skein.pipeline.Routing;
import dev.skein.pipeline.Routing.Destination;
import dev.skein.pipeline.Routing.GroupTable;
import dev.skein.pipeline.Routing.Tables;
import dev.skein.pipeline.Routing.Target;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.link.BusHostLink;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A router on a real local bus; the coordinator and the workers are the test. */
final class TestPlane {
    static final NodeAddress HERE = NodeAddress.parse("here@1");

    final Vertx vertx;
    final Bus bus;
    final RouterVerticle router;
    final MessageConsumer<?> coordinator;
    private final List<GroupTable> groups = new ArrayList<>();
    private long version;
    int asked;

    TestPlane(Vertx vertx, RouterConfig config, Path directory) {
        this.vertx = vertx;
        this.bus = new Bus(vertx, HERE);
        bus.register(List.of(
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
                Routing.CHANGED));
        this.coordinator = bus.serve(Routing.TABLES, since -> Future.succeededFuture(tables()));
        this.router = new RouterVerticle(
                bus, config, directory, new BusHostLink(bus), Membership.alone(HERE), SteadyClock.system());
    }

    private synchronized Tables tables() {
        asked++;
        return new Tables("life", version, true, List.copyOf(groups), List.of());
    }

    TestPlane start() throws Exception {
        vertx.deployVerticle(router).await(10, SECONDS);
        return this;
    }

    /** The group as the coordinator knows it from now on; the router is not told. */
    synchronized void group(List<RouteSpec> routes, Destination... pipelines) {
        version++;
        groups.removeIf(group -> group.groupId().equals("g"));
        groups.add(new GroupTable("g", "group", routes, List.of(pipelines)));
    }

    synchronized void noGroups() {
        version++;
        groups.clear();
    }

    void announce() {
        bus.announce(Routing.CHANGED, new Routing.Changed("life", version));
    }

    static Destination pipeline(String name, Target... targets) {
        return new Destination(name, null, List.of(targets));
    }

    static Target target(String placement, @Nullable String node, long epoch) {
        return new Target(
                placement, "id-" + placement, epoch, "w-" + node, node, "http://localhost:1", "", node != null);
    }

    static RouteSpec route(String from, String to, String... patterns) {
        return new RouteSpec(from, to, List.of(patterns), null);
    }

    /** A worker of that name whose pipelines answer like this. */
    void worker(String node, Function<Delivery, Future<Delivered>> pipelines) throws Exception {
        new Bus(vertx, NodeAddress.parse(node))
                .serveHere(Events.DELIVER, pipelines)
                .completion()
                .await(5, SECONDS);
    }

    /** Each event puts itself out. */
    static Delivered echo(Delivery delivery) {
        return new Delivered(delivery.events().stream()
                .map(event -> new Result(List.of(event), 1, List.of(), List.of()))
                .toList());
    }

    Future<Events.Injected> inject(String type) {
        return inject(type, true);
    }

    Future<Events.Injected> inject(String type, boolean awaited) {
        return bus.askAt(
                HERE,
                Events.INJECT,
                new Events.Inject("g", Event.empty(type, 0), awaited, false),
                Duration.ofSeconds(15));
    }

    Future<Events.BatchInjected> injectAll(List<Event> events) {
        return bus.askAt(HERE, Events.INJECT_BATCH, new Events.InjectBatch("g", events), Duration.ofMinutes(1));
    }
}
