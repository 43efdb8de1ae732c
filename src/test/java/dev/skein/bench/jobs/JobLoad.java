package dev.skein.bench.jobs;

import dev.skein.bench.process.ClosedLoop;
import dev.skein.bench.process.HttpLane;
import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many jobs that do nothing, in batches and one by one. */
final class JobLoad implements AutoCloseable {
    static final String PAYLOAD = "{\"n\": 12345, \"text\": \"a small payload\"}";
    static final int JOBS = Integer.getInteger("skein.jobs.count", 50_000);
    static final int BATCH = 1_000;
    static final int RUNS = Integer.getInteger("skein.jobs.runs", 3);
    private static final int BATCHES_AT_ONCE = 4;
    private static final int CLIENTS = 64;
    private static final String JOB = "{\"type\": \"noop\", \"payload\": " + PAYLOAD + "}";
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration RUN = Duration.ofSeconds(6);
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient(); // one that nobody holds is closed
    private final JobNodes nodes;
    private final Buffer batch;
    private final Buffer single;

    JobLoad(JobNodes nodes) throws Exception {
        this.nodes = nodes;
        var jobs = IntStream.range(0, BATCH).mapToObj(i -> JOB).collect(Collectors.joining(","));
        this.batch = nodes.post("/api/v1/jobs:batch", "{\"jobs\": [" + jobs + "]}");
        this.single = nodes.post("/api/v1/jobs", JOB);
    }

    /** A server closes what has been idle for long. */
    private List<HttpLane> lanes(int count) throws Exception {
        var lanes = new ArrayList<HttpLane>();
        for (int i = 0; i < count; i++) {
            lanes.add(HttpLane.open(client, nodes.port()).await(60, TimeUnit.SECONDS));
        }
        return lanes;
    }

    List<Row> batches() throws Exception {
        batched(JOBS);
        var perSecond = new ArrayList<Double>();
        var accepted = new ArrayList<Double>();
        var ofCoordinator = new ArrayList<Double>();
        var ofWorker = new ArrayList<Double>();
        for (int i = 0; i < RUNS; i++) {
            var before = nodes.coordinator().cpu();
            var workerBefore = nodes.worker().cpu();
            var took = batched(JOBS);
            perSecond.add(JOBS / took.seconds);
            accepted.add(JOBS / took.acceptedSeconds);
            System.out.printf("batches: %.0f/s%n", perSecond.get(i));
            ofCoordinator.add(nodes.coordinator().cpu().minus(before).toNanos() / 1e3 / JOBS);
            ofWorker.add(nodes.worker().cpu().minus(workerBefore).toNanos() / 1e3 / JOBS);
        }
        return List.of(
                Row.of("batches: submitted to finished", new Samples(perSecond), "jobs/s")
                        .atLeast(5_000),
                Row.of("batches: accepted", new Samples(accepted), "jobs/s"),
                Row.of("batches: processor time of the coordinator", new Samples(ofCoordinator), "µs per job"),
                Row.of("batches: processor time of the worker", new Samples(ofWorker), "µs per job"));
    }

    private record Took(double acceptedSeconds, double seconds) {}

    /** From the first byte sent until all have succeeded. */
    private Took batched(int jobs) throws Exception {
        long before = succeeded();
        var lanes = lanes(BATCHES_AT_ONCE);
        long began = System.nanoTime();
        var next = new AtomicInteger();
        var all = lanes.stream().map(lane -> send(lane, next, jobs / BATCH)).toList();
        io.vertx.core.Future.all(all).await(LONGEST.toSeconds(), TimeUnit.SECONDS);
        long accepted = System.nanoTime();
        awaitSucceeded(before + jobs);
        return new Took((accepted - began) / 1e9, (System.nanoTime() - began) / 1e9);
    }

    private io.vertx.core.Future<Void> send(HttpLane lane, AtomicInteger next, int batches) {
        return next.getAndIncrement() >= batches
                ? io.vertx.core.Future.succeededFuture()
                : lane.send(batch).compose(done -> send(lane, next, batches));
    }

    List<Row> singles() throws Exception {
        single(WARM_UP);
        var perSecond = new ArrayList<Double>();
        var median = new ArrayList<Double>();
        var slow = new ArrayList<Double>();
        for (int i = 0; i < RUNS; i++) {
            var load = single(RUN);
            perSecond.add(load.perSecond());
            System.out.printf("single: %.0f/s%n", load.perSecond());
            median.add(load.millisAt(50));
            slow.add(load.millisAt(99));
        }
        return List.of(
                Row.of("single, 64 clients: accepted", new Samples(perSecond), "jobs/s")
                        .atLeast(2_000),
                Row.of("single, 64 clients: p50", new Samples(median), "ms"),
                Row.of("single, 64 clients: p99", new Samples(slow), "ms"));
    }

    /** Every one that is accepted must succeed. */
    private ClosedLoop.Load single(Duration length) throws Exception {
        long before = succeeded();
        var sent = new AtomicInteger();
        var lanes = lanes(CLIENTS);
        var load = ClosedLoop.run(CLIENTS, length, lane -> {
            sent.incrementAndGet();
            return lanes.get(lane).send(single);
        });
        awaitSucceeded(before + sent.get());
        return load;
    }

    private void awaitSucceeded(long count) {
        long end = System.nanoTime() + LONGEST.toNanos();
        long succeeded = succeeded();
        while (succeeded < count) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(succeeded + " of " + count + " succeeded"
                        + nodes.coordinator().tail());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)); // nobody tells when the last one ended
            succeeded = succeeded();
        }
        if (succeeded > count) {
            throw new IllegalStateException(succeeded + " succeeded of " + count);
        }
    }

    private long succeeded() {
        var answer = nodes.api().get("/api/v1/jobs/stats");
        return answer.status() == 200
                ? answer.body().path("counts").path("succeeded").asLong()
                : -1;
    }

    @Override
    public void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }
}
