package dev.skein.bench.process;

import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.bench.report.Workload;
import dev.skein.bus.NodeAddress;
import dev.skein.config.Secret;
import dev.skein.fault.nodes.NodeProcess;
import dev.skein.kernel.SteadyClock;
import dev.skein.pipeline.Events;
import dev.skein.pipeline.Events.Delivered;
import dev.skein.pipeline.Events.Delivery;
import dev.skein.pipeline.Events.InjectBatch;
import dev.skein.pipeline.Hosting.Deploy;
import dev.skein.pipeline.Routing;
import dev.skein.pipeline.Routing.Destination;
import dev.skein.pipeline.Routing.GroupTable;
import dev.skein.pipeline.Routing.Tables;
import dev.skein.pipeline.Routing.Target;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.link.BusHostLink;
import dev.skein.pipeline.link.Host;
import dev.skein.pipeline.link.HostLink;
import dev.skein.pipeline.packing.DeliveredPacking;
import dev.skein.pipeline.packing.DeliveryPacking;
import dev.skein.router.RouterConfig;
import dev.skein.router.RouterVerticle;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Events per second from a router to a worker in another process and back, against the raw clustered event bus moving
 * the same bytes in the same batches both ways: 512 events of 128 bytes, 16 batches under way, half of the events pass
 * the filter.
 */
public final class BusBench implements Workload {
    private static final Path FOLDER = Path.of("target/bench");
    private static final int FIRST_PORT = 5951;
    private static final int BATCH = 512;
    private static final int PASSING = BATCH / 2;
    private static final int WINDOW = 16;
    private static final int RUNS = 5;
    private static final double SHARE_MIN = 0.5;
    private static final Duration WARM_UP = Duration.ofSeconds(12);
    private static final Duration RUN = Duration.ofSeconds(5);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final long EPOCH = 1;
    private static final String GROUP = "g";
    private static final String PIPELINE = "p";
    private static final String PROGRAM = "stream A = X .where(price >= 10) .emit(sym: sym, twice: price * 2)";
    private static final String NOTE = "n".repeat(105); // what makes a packed event 128 bytes long

    @Override
    public List<Row> measure() throws Exception {
        try (var peer = NodeProcess.startClass(BusPeer.class, FOLDER, List.of(), Integer.toString(FIRST_PORT));
                var node = BusNode.join("bench-router", FIRST_PORT, true)) {
            var link = new BusHostLink(node.bus());
            var worker = worker(node);
            var order = new Deploy(PIPELINE, PROGRAM, GROUP, EPOCH);
            var deployed = node.retried(() -> link.deploy(worker, order)).await(60, TimeUnit.SECONDS);
            route(
                    node,
                    link,
                    new Target(PIPELINE, deployed.pipelineId(), EPOCH, BusPeer.NODE, "" + worker.node(), "", "", true));
            var delivery = new Delivery(deployed.pipelineId(), EPOCH, 0, false, events());
            var raw = raw(delivery, link.deliver(worker, delivery, DEADLINE).await(20, TimeUnit.SECONDS));
            var batch = new InjectBatch(GROUP, delivery.events());
            inject(node, batch).await(20, TimeUnit.SECONDS);
            return compare(peer, () -> raw(node, raw), () -> inject(node, batch));
        }
    }

    private static List<Row> compare(NodeProcess peer, Supplier<Future<?>> raw, Supplier<Future<?>> product)
            throws Exception {
        var raws = new Figures(peer, raw);
        var products = new Figures(peer, product);
        raws.run(WARM_UP);
        products.run(WARM_UP);
        for (int run = 0; run < RUNS; run++) {
            raws.measure();
            products.measure();
        }
        var rows = new ArrayList<Row>();
        rows.addAll(raws.rows("raw event bus"));
        rows.addAll(products.rows("router, worker, reply"));
        var share = new Samples(products.perSecond).over(new Samples(raws.perSecond));
        rows.add(Row.of("share of raw", share, "").atLeast(SHARE_MIN));
        return rows;
    }

    /** What the runs of one side gave. */
    private record Figures(
            NodeProcess peer, Supplier<Future<?>> batch, List<Double> perSecond, List<Double> processorNanos) {
        Figures(NodeProcess peer, Supplier<Future<?>> batch) {
            this(peer, batch, new ArrayList<>(), new ArrayList<>());
        }

        double run(Duration length) throws Exception {
            return ClosedLoop.run(WINDOW, length, lane -> batch.get()).perSecond() * BATCH;
        }

        void measure() throws Exception {
            var before = processor();
            double rate = run(RUN);
            perSecond.add(rate);
            processorNanos.add(processor().minus(before).toNanos() / (rate * RUN.toSeconds()));
        }

        private Duration processor() {
            var here = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
            return here.plus(peer.cpu());
        }

        List<Row> rows(String what) {
            return List.of(
                    Row.of(what, new Samples(perSecond), "events/s"),
                    Row.of(what + ", processor time of both processes", new Samples(processorNanos), "ns per event"));
        }
    }

    private static List<Event> events() {
        var events = new ArrayList<Event>();
        for (long i = 0; i < BATCH; i++) {
            events.add(Event.builder("X")
                    .timeNanos(1_700_000_000_000_000_000L + i * 1_000)
                    .with("sym", "SYM" + i % 10)
                    .with("price", i % 16 + 2.5)
                    .with("volume", i * 10)
                    .with("note", NOTE)
                    .build());
        }
        return events;
    }

    /** As many bytes as the delivery, beginning with how many its reply has. */
    private static Buffer raw(Delivery delivery, Delivered delivered) {
        var there = Buffer.buffer();
        new DeliveryPacking().pack(delivery, there);
        var back = Buffer.buffer();
        new DeliveredPacking().pack(delivered, back);
        System.out.printf(
                "%nbus: %.1f bytes per event there, %.1f back%n",
                there.length() / (double) BATCH, back.length() / (double) BATCH);
        return there.setInt(0, back.length());
    }

    private static Future<?> raw(BusNode node, Buffer request) {
        var options = new DeliveryOptions().setSendTimeout(DEADLINE.toMillis());
        return node.vertx().eventBus().request(BusPeer.RAW, request, options);
    }

    /** Fails unless every event arrived and every second one came out. */
    private static Future<?> inject(BusNode node, InjectBatch batch) {
        var bus = node.bus();
        return bus.askAt(bus.here(), Events.INJECT_BATCH, batch, DEADLINE)
                .compose(answer ->
                        answer.eventsSent() == BATCH && answer.outputs().size() == PASSING
                                ? Future.succeededFuture(answer)
                                : Future.failedFuture(answer.eventsSent() + " taken, errors " + answer.errors()));
    }

    /** Starts the router and tells it, as a coordinator would, where the pipeline is. */
    private static void route(BusNode node, HostLink link, Target target) throws Exception {
        var destination = new Destination(PIPELINE, null, List.of(target));
        var table = new GroupTable(GROUP, GROUP, List.of(), List.of(destination));
        var tables = new Tables("bench", 1, true, List.of(table), List.of());
        node.bus()
                .serve(Routing.TABLES, since -> Future.succeededFuture(tables))
                .completion()
                .await(20, TimeUnit.SECONDS);
        var journal = Files.createTempDirectory("skein-bus");
        var clock = SteadyClock.system();
        node.vertx()
                .deployVerticle(
                        new RouterVerticle(node.bus(), RouterConfig.DEFAULTS, journal, link, node.cluster(), clock))
                .await(20, TimeUnit.SECONDS);
    }

    private static Host worker(BusNode node) throws Exception {
        var address = node.retried(() -> present(node)).await(60, TimeUnit.SECONDS);
        return new Host(BusPeer.NODE, address, "", new Secret(""));
    }

    private static Future<NodeAddress> present(BusNode node) {
        return node.cluster().present().stream()
                .filter(each -> each.node().equals(BusPeer.NODE))
                .findFirst()
                .map(Future::succeededFuture)
                .orElseGet(() -> Future.failedFuture("the other process has not joined"));
    }
}
