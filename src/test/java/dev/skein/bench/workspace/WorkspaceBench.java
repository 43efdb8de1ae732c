package dev.skein.bench.workspace;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.bench.report.Workload;
import dev.skein.fault.nodes.Api.Answer;
import dev.skein.fault.nodes.TestCluster;
import dev.skein.index.corpus.Corpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The corpus as a workspace of two workers and one router, a process each: added to processes that have just begun and
 * again to the same ones, each time after ctags has had its turn.
 */
public final class WorkspaceBench implements Workload {
    private static final int ROUNDS = 3;
    private static final double WORKERS_MIB_MAX = 512;
    private static final double ROUTER_MIB_MAX = 128;
    private static final Duration LONGEST = Duration.ofSeconds(120);
    private static final List<String> ROUTER = List.of("-Xmx384m", "-XX:+UseSerialGC");
    private static final List<String> WORKER = List.of("-Xmx512m", "-XX:+UseSerialGC");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public List<Row> measure() throws Exception {
        var root = Corpus.unpacked().toRealPath();
        var ctags = new Ctags(root);
        var rows = new ArrayList<Row>(ctags.recall());
        var tags = new ArrayList<Double>();
        var cold = new ArrayList<Double>();
        var again = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            tags.add(ctags.seconds());
            var folder = Files.createTempDirectory("skein-workspace");
            try (var cluster = TestCluster.start(folder, 2, new TestCluster.Setup(ROUTER, WORKER, ""))) {
                cold.add(index(cluster, root));
                if (round == ROUNDS - 1) {
                    rows.addAll(memory(cluster));
                    rows.addAll(new Questions(cluster.api, root).measure());
                }
                cluster.api.delete("/api/v1/workspaces/corpus");
                again.add(index(cluster, root));
            }
        }
        rows.add(Row.of("ctags, whole corpus", new Samples(tags), "s"));
        rows.add(Row.of("workspace added until whole, processes just begun", new Samples(cold), "s"));
        rows.add(Row.of("the same over ctags", new Samples(cold).over(new Samples(tags)), "")
                .atMost(1));
        rows.add(Row.of("workspace added until whole, processes that did it before", new Samples(again), "s"));
        rows.add(Row.of("the same over ctags", new Samples(again).over(new Samples(tags)), "")
                .atMost(1));
        return rows;
    }

    private static double index(TestCluster cluster, Path root) throws Exception {
        long start = System.nanoTime();
        var added = cluster.api.post(
                "/api/v1/workspaces", JSON.writeValueAsString(Map.of("name", "corpus", "root", root.toString())));
        if (added.status() != 201) {
            throw new IllegalStateException("not added: " + added);
        }
        cluster.api.getUntil(LONGEST, "/api/v1/workspaces/corpus/symbols?q=ConcurrentHashMap&limit=1", Whole::is);
        return (System.nanoTime() - start) / 1e9;
    }

    private static List<Row> memory(TestCluster cluster) throws Exception {
        double workers = Heap.liveMib(cluster.worker(0)) + Heap.liveMib(cluster.worker(1));
        return List.of(
                Row.of("live heap of both workers", Samples.of(workers), "MiB").atMost(WORKERS_MIB_MAX),
                Row.of("live heap of coordinator and router", Samples.of(Heap.liveMib(cluster.coordinator())), "MiB")
                        .atMost(ROUTER_MIB_MAX));
    }

    /** Answers that have all of it. */
    static final class Whole {
        private Whole() {}

        static boolean is(Answer answer) {
            var body = answer.body();
            return answer.status() == 200
                    && !body.path("partial").asBoolean(true)
                    && !body.path("stale").asBoolean(true);
        }
    }
}
