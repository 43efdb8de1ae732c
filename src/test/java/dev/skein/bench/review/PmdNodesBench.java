package dev.skein.bench.review;

import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.bench.report.Workload;
import dev.skein.fault.nodes.TestCluster;
import java.nio.file.Files;
import java.util.List;

/** The sources of guava and spring-core, reviewed by two worker nodes, beside PMD's own command line with its rules. */
public final class PmdNodesBench implements Workload {
    private static final double FASTER = 1.6;
    private static final double AGAIN = 0.05;
    private static final List<String> LEADER = List.of("-Xmx256m", "-XX:+UseSerialGC");
    private static final List<String> WORKER = List.of("-Xmx512m", "-XX:+UseParallelGC");

    @Override
    public List<Row> measure() throws Exception {
        var root = PmdBench.unpacked();
        var cli = Samples.of(PmdBench.seconds(List.of(PmdBench.cli(root, 1)), 4));
        var folder = Files.createTempDirectory("skein-pmd");
        try (var cluster = TestCluster.start(folder, 2, new TestCluster.Setup(LEADER, WORKER, ""))) {
            var runs = new ReviewRuns(cluster.api);
            var first = Samples.of(runs.seconds(root, "pmd"));
            var again = Samples.of(runs.seconds(root, "pmd"));
            return List.of(
                    Row.of("PMD's command line, one thread", cli, "s"),
                    Row.of("review by two worker nodes that have just begun", first, "s"),
                    Row.of("command line over review", cli.over(first), "").atLeast(FASTER),
                    Row.of("the same again with nothing changed", again, "s"),
                    Row.of("again over first", again.over(first), "").atMost(AGAIN));
        }
    }
}
