package dev.skein.bench;

import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the JMH benchmarks, shorter than they would by themselves, and reads the ratios off them. */
final class Micro {
    private static final Path LOG = Path.of("target/bench/jmh.log");
    private static final double ROUTING_GROWTH_MAX = 3;
    private static final double COMPILED_MAX = 1.3;
    private static final double FILTERED_MIN = 2_000_000;

    private Micro() {}

    static List<Row> mandelbrot() throws Exception {
        var measured = run(VplMandelbrotBench.class);
        var rows = rows(measured, "ms per tile");
        for (var corner : List.of("250:500", "0:0")) {
            var ratio = measured.get("compiled " + corner).over(measured.get("byHand " + corner));
            rows.add(Row.of("compiled over by hand, tile at " + corner, ratio, "")
                    .atMost(COMPILED_MAX));
        }
        return rows;
    }

    static List<Row> filter() throws Exception {
        var measured = run(FilterEmitBench.class);
        return List.of(
                Row.of("by hand", measured.get("byHand"), "events/s"),
                Row.of("filter and emit", measured.get("filterAndEmit"), "events/s")
                        .atLeast(FILTERED_MIN));
    }

    static List<Row> routing() throws Exception {
        var measured = run(RouteTableBench.class);
        var rows = rows(measured, "ns per event");
        var growth = measured.get("choose 10000").over(measured.get("choose 10"));
        rows.add(Row.of("10,000 rules over 10", growth, "").atMost(ROUTING_GROWTH_MAX));
        return rows;
    }

    static List<Row> packing() throws Exception {
        return rows(run(PackingBench.class), "events/s");
    }

    private static List<Row> rows(Map<String, Samples> measured, String unit) {
        var rows = new ArrayList<Row>();
        measured.forEach((name, samples) -> rows.add(Row.of(name, samples, unit)));
        return rows;
    }

    /** The scores of each iteration by method, or by method and parameters. */
    private static Map<String, Samples> run(Class<?> benchmark) throws Exception {
        Files.createDirectories(LOG.getParent());
        var options = new OptionsBuilder()
                .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
                .forks(1)
                .warmupIterations(3)
                .measurementIterations(5)
                .output(LOG.toString())
                .shouldFailOnError(true)
                .build();
        Map<String, Samples> measured = new TreeMap<>();
        for (var result : new Runner(options).run()) {
            measured.put(name(result), new Samples(scores(result)));
        }
        return measured;
    }

    private static String name(RunResult result) {
        var name = new StringBuilder(result.getPrimaryResult().getLabel());
        var parameters = result.getParams();
        parameters.getParamsKeys().forEach(key -> name.append(' ').append(parameters.getParam(key)));
        return name.toString();
    }

    private static List<Double> scores(RunResult result) {
        return result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .map(iteration -> iteration.getPrimaryResult().getScore())
                .toList();
    }
}
