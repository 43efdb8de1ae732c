package dev.skein.bench.fleet;

import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.bench.report.Workload;
import dev.skein.fault.nodes.NodeProcess;
import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.GroupSpec.PipelineSpec;
import dev.skein.pipeline.Groups;
import dev.skein.pipeline.Groups.Deploy;
import dev.skein.pipeline.Workers.Caller;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Cores that a coordinator with a heap of 256 MiB takes for the heartbeats of 10,000 workers with 100,000 placements,
 * over the real bus and with the real store; each names its ten pipelines and their counters.
 */
public final class FleetBench implements Workload {
    private static final int WORKERS = Integer.getInteger("skein.fleet.workers", 10_000);
    private static final int GROUPS = WORKERS / 10;
    private static final int PIPELINES_EACH = 100;
    /** As in a container of the size that docs/operations.md names, where Java chooses this collector by itself. */
    private static final List<String> FLAGS = List.of("-Xmx256m", "-XX:+UseSerialGC");

    private static final double CORES_MAX = 0.5;
    private static final double MIB = 1024 * 1024;
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration RUN = Duration.ofSeconds(5);
    private static final Duration OVER_BUS = Duration.ofSeconds(1);
    private static final Duration OVER_REST = Duration.ofSeconds(5);
    private static final Path FOLDER = Path.of("target/bench");
    private static final Pattern LIVE = Pattern.compile("Total +\\d+ +(\\d+)");
    private static final Caller CALLER = new Caller("bench", "admin", "");
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    @Override
    public List<Row> measure() throws Exception {
        var data = Files.createTempDirectory("skein-fleet").toString();
        try (var node = NodeProcess.startClass(FleetNode.class, FOLDER, FLAGS, data)) {
            var joined = FleetNode.join("fleet-workers", false);
            var vertx = joined.cluster().vertx();
            var fleet = new Fleet(joined.bus(), vertx, WORKERS);
            retried(vertx, () -> fleet.register(0)).await(60, TimeUnit.SECONDS);
            long beating = fleet.beat(OVER_REST);
            double registered = seconds(() -> all(WORKERS, 64, fleet::register));
            double placed = seconds(() -> all(
                    GROUPS,
                    4,
                    group -> joined.bus()
                            .ask(Groups.DEPLOY, new Deploy(spec(), CALLER), DEADLINE)
                            .onSuccess(view -> view.placements().forEach(each -> fleet.runs(view.id(), each)))));
            vertx.cancelTimer(beating);
            fleet.knowsAll();
            var rows = new ArrayList<Row>();
            System.out.printf("fleet: registered in %.1f s, placed in %.1f s%n", registered, placed);
            rows.add(Row.of("to register " + WORKERS + " workers", Samples.of(registered), "s"));
            rows.add(Row.of("to place " + GROUPS * PIPELINES_EACH + " pipelines", Samples.of(placed), "s"));
            for (var interval : List.of(OVER_REST, OVER_BUS)) {
                rows.addAll(steady(node, fleet, vertx, interval));
            }
            rows.add(Row.of("live heap", Samples.of(liveHeap(node)), "MiB"));
            vertx.close().await(30, TimeUnit.SECONDS);
            return rows;
        }
    }

    private static List<Row> steady(NodeProcess node, Fleet fleet, Vertx vertx, Duration interval) throws Exception {
        var what = "heartbeats each " + interval.toSeconds() + " s: ";
        long beating = fleet.beat(interval);
        vertx.timer(WARM_UP.toMillis()).await(60, TimeUnit.SECONDS);
        fleet.latencies();
        long failed = fleet.failures();
        var cores = new ArrayList<Double>();
        for (int run = 0; run < 3; run++) {
            var before = node.cpu();
            vertx.timer(RUN.toMillis()).await(60, TimeUnit.SECONDS);
            cores.add(node.cpu().minus(before).toNanos() / (double) RUN.toNanos());
        }
        vertx.cancelTimer(beating);
        var latencies = fleet.latencies();
        return List.of(
                Row.of(what + "cores", new Samples(cores), "").atMost(CORES_MAX),
                Row.of(what + "p99", Samples.of(latencies.getValueAtPercentile(99) / 1e6), "ms"),
                Row.of(what + "unanswered", Samples.of(fleet.failures() - failed), "of " + latencies.getTotalCount()));
    }

    private static GroupSpec spec() {
        var pipelines = IntStream.range(0, PIPELINES_EACH)
                .mapToObj(i -> new PipelineSpec("p" + i, "stream Out = In .where(v > 0) .emit(v: v)", null, 1, null))
                .toList();
        return new GroupSpec("fleet", pipelines, null, "least_loaded");
    }

    private interface Work {
        Future<?> begin() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long began = System.nanoTime();
        work.begin().await(30, TimeUnit.MINUTES);
        return (System.nanoTime() - began) / 1e9;
    }

    /** So many at once, until all are done. */
    private static Future<?> all(int count, int atOnce, IntFunction<Future<?>> work) {
        var next = new AtomicInteger();
        var lanes = IntStream.range(0, atOnce)
                .mapToObj(lane -> {
                    Promise<Void> done = Promise.promise();
                    step(next, count, work, done);
                    return done.future();
                })
                .toList();
        return Future.all(lanes);
    }

    private static void step(AtomicInteger next, int count, IntFunction<Future<?>> work, Promise<Void> done) {
        int mine = next.getAndIncrement();
        if (mine >= count) {
            done.complete();
        } else {
            work.apply(mine).onSuccess(ok -> step(next, count, work, done)).onFailure(done::tryFail);
        }
    }

    private static Future<?> retried(Vertx vertx, Supplier<Future<?>> ask) {
        Future<Object> tried = ask.get().map(done -> (Object) done);
        return tried.recover(cause ->
                vertx.timer(200).compose(later -> retried(vertx, ask).map(done -> (Object) done)));
    }

    /** MiB that a collection of all garbage leaves. */
    public static double liveHeap(NodeProcess node) throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(jcmd, Long.toString(node.pid()), "GC.class_histogram").start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var match = LIVE.matcher(text);
        if (!match.find()) {
            throw new IllegalStateException(text);
        }
        return Double.parseDouble(match.group(1)) / MIB;
    }
}
