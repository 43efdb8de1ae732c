package dev.skein.bench.review;

import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.bench.report.Workload;
import dev.skein.fault.nodes.TestCluster;
import dev.skein.kernel.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
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
        var fresh = reviewed(root, root);
        var warm = reviewed(Path.of("src"), root);
        return List.of(
                Row.of("PMD's command line, one thread", cli, "s"),
                Row.of("review by two worker nodes that have just begun", fresh.first, "s"),
                Row.of("command line over review", cli.over(fresh.first), "").atLeast(FASTER),
                Row.of("the same again with nothing changed", fresh.second, "s"),
                Row.of("again over first", fresh.second.over(fresh.first), "").atMost(AGAIN),
                Row.of("review by two worker nodes after one of this project", warm.second, "s"),
                Row.of("command line over that", cli.over(warm.second), "").atLeast(FASTER));
    }

    private record Pair(Samples first, Samples second) {}

    /** One after the other, by the same processes. */
    private static Pair reviewed(Path first, Path second) throws Exception {
        var folder = Files.createTempDirectory("skein-pmd");
        try (var cluster = TestCluster.start(folder, 2, new TestCluster.Setup(LEADER, WORKER, ""))) {
            var runs = new ReviewRuns(cluster.api);
            return new Pair(Samples.of(runs.seconds(first, "pmd")), Samples.of(runs.seconds(second, "pmd")));
        } finally {
            Trees.delete(folder);
        }
    }
}
