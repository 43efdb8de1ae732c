package dev.skein.bench.process;

import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.bench.report.Workload;
import dev.skein.fault.nodes.Api;
import dev.skein.fault.nodes.TestCluster;
import dev.skein.fault.nodes.TestCluster.Setup;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Seconds until 1,000 different pipelines in 100 groups run on four worker processes, deployed over HTTP by four
 * callers at once; the first time in a fresh cluster, then again after the groups were deleted.
 */
public final class DeployBench implements Workload {
    private static final int GROUPS = 100;
    private static final int PIPELINES_EACH = 10;
    private static final int WORKERS = 4;
    private static final int CALLERS = 4;
    private static final int REPEATS = 3;
    private static final double SECONDS_MAX = 20;
    private static final String PATH = Api.CLUSTER + "/pipeline-groups";
    private static final Setup SETUP =
            new Setup(List.of("-Xmx256m"), List.of("-Xmx256m"), "worker: {max-pipelines: 1000}");

    @Override
    public List<Row> measure() throws Exception {
        var callers = Executors.newFixedThreadPool(CALLERS);
        try (var cluster = TestCluster.start(Files.createTempDirectory("skein-deploy"), WORKERS, SETUP)) {
            double first = secondsToDeploy(cluster, callers);
            var again = new ArrayList<Double>();
            for (int i = 0; i < REPEATS; i++) {
                again.add(secondsToDeploy(cluster, callers));
            }
            return List.of(
                    Row.of("in a fresh cluster", Samples.of(first), "s").atMost(SECONDS_MAX),
                    Row.of("again", new Samples(again), "s").atMost(SECONDS_MAX));
        } finally {
            callers.shutdownNow();
        }
    }

    private static double secondsToDeploy(TestCluster cluster, ExecutorService callers) throws Exception {
        long began = System.nanoTime();
        var ids = all(callers, GROUPS, group -> deployed(cluster, group));
        double seconds = (System.nanoTime() - began) / 1e9;
        all(callers, GROUPS, group -> cluster.api.delete(PATH + "/" + ids.get(group)));
        return seconds;
    }

    /** The group's id, once every pipeline of it runs. */
    private static String deployed(TestCluster cluster, int number) {
        var answer = cluster.api.post(PATH, group(number));
        if (!answer.body().path("status").asText().equals("running")) {
            throw new IllegalStateException("group " + number + " does not run: " + answer + cluster.tails());
        }
        return answer.body().path("id").asText();
    }

    private static String group(int number) {
        return IntStream.range(0, PIPELINES_EACH)
                .mapToObj(i -> "{\"name\": \"p%d\", \"source\": \"%s\"}".formatted(i, program(number, i)))
                .collect(Collectors.joining(", ", "{\"name\": \"g" + number + "\", \"pipelines\": [", "]}"));
    }

    private static String program(int group, int pipeline) {
        var function = "fn scaled(x: int) -> int:\\n    return x * %d + %d\\n\\n";
        return (function + "stream Out = In .where(v > %d) .emit(v: scaled(v))")
                .formatted(group + 1, pipeline, pipeline);
    }

    private interface Numbered<T> {
        T call(int number) throws Exception;
    }

    private static <T> List<T> all(ExecutorService callers, int count, Numbered<T> call) throws Exception {
        List<Callable<T>> calls = IntStream.range(0, count)
                .mapToObj(number -> (Callable<T>) () -> call.call(number))
                .toList();
        var results = new ArrayList<T>();
        for (var result : callers.invokeAll(calls)) {
            results.add(result.get());
        }
        return results;
    }
}
