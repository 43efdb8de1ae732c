package dev.skein.bench.jobs;

import dev.skein.bench.report.Row;
import dev.skein.bench.report.Workload;
import dev.skein.kernel.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Durable jobs from submission to their end, on SQLite with an fsync before each acknowledgement. */
public final class JobsBench implements Workload {
    static final int SLOTS = Integer.getInteger("skein.jobs.slots", 512);
    private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:+UseSerialGC");
    /** For the coordinator's machine, such as a recording for a profile; one a line. */
    private static final String MORE_FLAGS = System.getProperty("skein.jobs.flags", "");

    private static final String SETTINGS = "jobs: {slots: %d, logs-kept: 0}".formatted(SLOTS);

    /** Which of latency, batches, singles, bullmq and db-scheduler are measured. */
    private static final List<String> PARTS =
            List.of(System.getProperty("skein.jobs.parts", "latency,batches,singles,bullmq,db-scheduler")
                    .split(","));

    @Override
    public List<Row> measure() throws Exception {
        var folder = Files.createTempDirectory("skein-jobs");
        var rows = new ArrayList<Row>();
        try {
            rows.addAll(product(folder));
            rows.addAll(PARTS.contains("bullmq") ? new RedisPeer(folder).measure() : List.of());
            rows.addAll(PARTS.contains("db-scheduler") ? new SchedulerPeer().measure() : List.of());
        } finally {
            Trees.delete(folder);
        }
        return rows;
    }

    private static List<Row> product(Path folder) throws Exception {
        var rows = new ArrayList<Row>();
        if (PARTS.contains("latency") || PARTS.contains("batches") || PARTS.contains("singles")) {
            var flags = new ArrayList<>(FLAGS);
            MORE_FLAGS.lines().forEach(flags::add);
            try (var nodes = new JobNodes(folder, flags, FLAGS, SETTINGS);
                    var load = new JobLoad(nodes)) {
                rows.addAll(PARTS.contains("latency") ? new Latency(nodes).measure() : List.of());
                rows.addAll(PARTS.contains("batches") ? load.batches() : List.of());
                rows.addAll(PARTS.contains("singles") ? load.singles() : List.of());
            }
        }
        return rows;
    }
}
