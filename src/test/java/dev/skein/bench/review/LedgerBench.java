package dev.skein.bench.review;

import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.bench.report.Workload;
import dev.skein.git.Upstream;
import dev.skein.review.ledger.work.TestSite;
import dev.skein.review.ledger.work.WorkSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** Tasks of a ledger over a bare remote on this disk, with nothing to review: what claiming one costs. */
public final class LedgerBench implements Workload {
    private static final int TASKS = 40;
    private static final int CLAIMANTS = 8;
    private static final double OVERHEAD_MILLIS = 1_500;

    @Override
    public List<Row> measure() throws Exception {
        return List.of(
                Row.of("one claimant, of each task", Samples.of(perTask(1)), "ms")
                        .atMost(OVERHEAD_MILLIS),
                Row.of("eight claimants, of each task of one", Samples.of(perTask(CLAIMANTS)), "ms")
                        .atMost(OVERHEAD_MILLIS));
    }

    /** Milliseconds that a claimant has for each of its tasks. */
    private static double perTask(int claimants) throws Exception {
        var directory = Files.createTempDirectory("skein-ledger-bench");
        var pool = Executors.newFixedThreadPool(claimants);
        try (var upstream = new Upstream(directory.resolve("up"))) {
            TestSite.fill(upstream, TASKS);
            try (var first = new TestSite(directory.resolve("first"), upstream.url(), Duration.ofMinutes(5))) {
                first.init();
            }
            var works = new ArrayList<Callable<WorkSummary>>();
            for (int i = 0; i < claimants; i++) {
                var name = "w-" + i;
                var place = directory.resolve(name);
                works.add(() -> work(place, upstream.url(), name));
            }
            double millis = 0;
            int tasks = 0;
            for (var done : pool.invokeAll(works)) {
                millis += done.get().overhead().toNanos() / 1e6;
                tasks += done.get().completed();
            }
            return millis / tasks;
        } finally {
            pool.shutdownNow();
        }
    }

    private static WorkSummary work(Path place, String url, String name) {
        try (var site = new TestSite(place, url, Duration.ofMinutes(5))) {
            return site.worker(name, 0, TestSite::nothing).run();
        }
    }
}
