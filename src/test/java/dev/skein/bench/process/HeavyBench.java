package dev.skein.bench.process;

import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.bench.report.Workload;
import dev.skein.fault.jobs.HeavyWork;
import dev.skein.fault.jobs.JobDesk;
import dev.skein.fault.jobs.Living;
import dev.skein.fault.nodes.TestCluster;
import dev.skein.fault.nodes.TestCluster.Setup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Milliseconds from a submission over HTTP until the function runs in a Java machine under the job's cap: one that
 * waited, and one that is started for it. The clock of this machine is read on both sides. One job at a time.
 */
public final class HeavyBench implements Workload {
    private static final int WARM = 4;
    private static final int BEFORE = 10; // the coordinator's and the worker's own code gets warm
    private static final int WARM_SAMPLES = 100;
    private static final int COLD_SAMPLES = 10;
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final double P50_MILLIS = 3;
    private static final double P99_MILLIS = 15;
    private static final double COLD_MILLIS = 1_500;
    private static final String MACHINE = "heavy.compute.ComputeMain";
    private static final String JOB = JobDesk.heavy("\"memory_bytes\": " + (512L << 20), "now", "");

    /** Milliseconds until it ran, from when it was sent and from when the answer was there. */
    private record Waited(double submitted, double acknowledged) {}

    @Override
    public List<Row> measure() throws Exception {
        var rows = new ArrayList<Row>();
        var warm = measure(WARM, WARM_SAMPLES);
        rows.add(p("warm, submitted → running, p50", warm.stream().map(Waited::submitted), 50));
        rows.add(p("warm, submitted → running, p99", warm.stream().map(Waited::submitted), 99));
        rows.add(p("warm, acknowledged → running, p50", warm.stream().map(Waited::acknowledged), 50)
                .atMost(P50_MILLIS));
        rows.add(p("warm, acknowledged → running, p99", warm.stream().map(Waited::acknowledged), 99)
                .atMost(P99_MILLIS));
        var cold = measure(0, COLD_SAMPLES);
        rows.add(Row.of(
                        "cold, submitted → running",
                        new Samples(cold.stream().map(Waited::submitted).toList()),
                        "ms")
                .atMost(COLD_MILLIS));
        return rows;
    }

    private static Row p(String what, Stream<Double> millis, int percent) {
        var sorted = millis.sorted().toList();
        int at = (int) Math.ceil(sorted.size() * percent / 100.0) - 1;
        return Row.of(what, Samples.of(sorted.get(at)), "ms");
    }

    private static List<Waited> measure(int waiting, int samples) throws Exception {
        var folder = Files.createTempDirectory("skein-heavy");
        var settings = "jobs: {class-path: %s, warm: %d}".formatted(JobDesk.CLASSES, waiting);
        try (var cluster = TestCluster.start(folder, 1, Setup.heavy(settings))) {
            var desk = new JobDesk(cluster).awaitRunners(1);
            var all = new ArrayList<Waited>();
            for (int i = 0; i < samples + Math.min(BEFORE, samples); i++) {
                awaitMachines(folder, waiting);
                all.add(once(cluster, desk));
            }
            return all.subList(all.size() - samples, all.size());
        }
    }

    private static Waited once(TestCluster cluster, JobDesk desk) {
        long before = HeavyWork.now("");
        var answer = cluster.api.post(JobDesk.JOBS, JOB);
        long acknowledged = HeavyWork.now("");
        var end = desk.ended(answer.body().path("id").asText());
        if (!end.path("result").isIntegralNumber()) {
            throw new IllegalStateException(end + cluster.tails());
        }
        long began = end.path("result").asLong();
        return new Waited((began - before) / 1e3, Math.max(0, began - acknowledged) / 1e3);
    }

    /** Until as many wait as should, and no other begins or ends. */
    private static void awaitMachines(Path folder, int waiting) {
        do {
            LockSupport.parkNanos(SETTLE_NANOS);
        } while (Living.saying(folder.toString(), MACHINE).size() != waiting);
        LockSupport.parkNanos(SETTLE_NANOS);
    }
}
