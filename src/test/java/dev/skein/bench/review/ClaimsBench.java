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
 * Tasks that a model answers one at a time for each worker process, while the worker makes the next one ready: what a
 * task costs besides the model, and how much faster eight processes are than one.
 */
public final class ClaimsBench implements Workload {
    private static final int LATENCY_MILLIS = 1_000;
    private static final int WARM_UP = 8;
    private static final int TASKS = 200;
    private static final int FEW = 100; // and many: what a run costs besides its tasks is in both
    private static final int MANY = 500;
    private static final int WORKERS = 8;
    private static final double FASTER = 7.8;
    private static final double OVERHEAD_MILLIS = 10;
    private static final List<String> FLAGS = List.of("-Xmx192m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Vertx vertx = Vertx.vertx();

    @Override
    public List<Row> measure() throws Exception {
        try (var stub = new ModelStub(vertx, Form.OLLAMA)) {
            stub.otherwise((question, response) -> stub.stream(response, ModelStub.NOTHING, "stop"));
            double besides = (seconds(stub, 1, MANY) - seconds(stub, 1, FEW)) * 1e3 / (MANY - FEW);
            stub.otherwise((question, response) ->
                    vertx.setTimer(LATENCY_MILLIS, late -> stub.stream(response, ModelStub.NOTHING, "stop")));
            double one = seconds(stub, 1, TASKS);
            double eight = seconds(stub, WORKERS, TASKS);
            return List.of(
                    Row.of("a task of a model that answers at once, one worker", Samples.of(besides), "ms")
                            .atMost(OVERHEAD_MILLIS),
                    Row.of("200 tasks of a model that takes a second, one worker", Samples.of(one), "s"),
                    Row.of("the same, eight workers", Samples.of(eight), "s"),
                    Row.of("eight workers over one", Samples.of(one / eight), "")
                            .atLeast(FASTER));
        } finally {
            vertx.close().await(20, SECONDS);
        }
    }

    /** Of a run from the request to its end, after others of the same nodes. */
    private static double seconds(ModelStub stub, int workers, int tasks) throws Exception {
        var folder = Files.createTempDirectory("skein-claims");
        var settings = """
                jobs: {slots: 2}
                review: {pieces-max: 1, ollama: {urls: "%s", model: "coder:7b", per-host: 1}}
                """.formatted(stub.url());
        try (var cluster = TestCluster.start(folder, workers, new TestCluster.Setup(FLAGS, FLAGS, settings))) {
            var runs = new ReviewRuns(cluster.api);
            runs.seconds(code(folder.resolve("before"), WARM_UP * workers), "ollama");
            return runs.seconds(code(folder.resolve("code"), tasks), "ollama");
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
