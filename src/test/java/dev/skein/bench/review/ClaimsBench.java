package dev.skein.bench.review;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.bench.report.Workload;
import dev.skein.fault.nodes.TestCluster;
import dev.skein.review.engine.model.wire.ModelStub;
import dev.skein.review.engine.model.wire.ModelStub.Form;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tasks that a model answers after one second, one at a time in each worker process: what a task costs besides, and
 * how much faster eight processes are than one.
 */
public final class ClaimsBench implements Workload {
    private static final int LATENCY_MILLIS = 1_000;
    private static final int WARM_UP = 8;
    private static final int FEW = 40;
    private static final int MANY = 200;
    private static final int WORKERS = 8;
    private static final double FASTER = 7.8;
    private static final double OVERHEAD_MILLIS = 10;
    private static final List<String> FLAGS = List.of("-Xmx192m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Vertx vertx = Vertx.vertx();

    @Override
    public List<Row> measure() throws Exception {
        try (var stub = new ModelStub(vertx, Form.OLLAMA)) {
            stub.otherwise((question, response) ->
                    vertx.setTimer(LATENCY_MILLIS, late -> stub.stream(response, ModelStub.NOTHING, "stop")));
            double one = perTask(stub, 1, FEW);
            double eight = perTask(stub, WORKERS, MANY);
            return List.of(
                    Row.of("one worker, time of a task", Samples.of(one), "ms"),
                    Row.of("of these besides the model", Samples.of(one - LATENCY_MILLIS), "ms")
                            .atMost(OVERHEAD_MILLIS),
                    Row.of("eight workers, time of a task", Samples.of(eight), "ms"),
                    Row.of("eight workers over one", Samples.of(one / eight), "")
                            .atLeast(FASTER));
        } finally {
            vertx.close().await(20, SECONDS);
        }
    }

    /** Milliseconds of a run by its tasks. */
    private static double perTask(ModelStub stub, int workers, int tasks) throws Exception {
        var folder = Files.createTempDirectory("skein-claims");
        var settings = """
                jobs: {slots: 1}
                review: {pieces-max: 1, ollama: {urls: "%s", model: "coder:7b", per-host: 1}}
                """.formatted(stub.url());
        try (var cluster = TestCluster.start(folder, workers, new TestCluster.Setup(FLAGS, FLAGS, settings))) {
            var runs = new ReviewRuns(cluster.api);
            runs.seconds(code(folder.resolve("before"), WARM_UP * workers), "ollama");
            return runs.seconds(code(folder.resolve("code"), tasks), "ollama") * 1e3 / tasks;
        }
    }

    private static Path code(Path root, int directories) throws IOException {
        for (int i = 0; i < directories; i++) {
            var directory = Files.createDirectories(root.resolve("d" + i));
            Files.writeString(directory.resolve("a.py"), "x = %d\nprint(x)\n".formatted(i));
        }
        return root;
    }
}
