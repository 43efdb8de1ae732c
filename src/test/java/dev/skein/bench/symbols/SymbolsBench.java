package dev.skein.bench.symbols;

import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.bench.report.Workload;
import dev.skein.index.search.Found;
import dev.skein.index.search.SymbolQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** The time of searches over a million symbols on two shards, one thread each as on two workers, merged; limit 100. */
public final class SymbolsBench implements Workload {
    private static final int LIMIT = 100;
    private static final int WARM_UP = 150; // of each kind, before the first is measured
    private static final int QUERIES = 400; // of each kind
    private static final double P99_MILLIS_MAX = 10;

    private final Random random = new Random(5);

    @Override
    public List<Row> measure() throws Exception {
        long before = heap();
        var million = new Million();
        var rows = new ArrayList<Row>();
        rows.add(Row.of("heap, two shards with " + Million.SYMBOLS, Samples.of((heap() - before) / 1e6), "MB"));
        try (var threads = new Threads(Executors.newFixedThreadPool(2))) {
            var kinds = kinds(million.names);
            for (var texts : kinds.values()) {
                search(million, texts, WARM_UP, threads.service);
            }
            for (var kind : kinds.entrySet()) {
                rows.addAll(rows(kind.getKey(), search(million, kind.getValue(), QUERIES, threads.service)));
            }
        }
        rows.add(replacement(million));
        return rows;
    }

    private record Threads(ExecutorService service) implements AutoCloseable {
        @Override
        public void close() {
            service.shutdownNow();
        }
    }

    private static long heap() {
        System.gc();
        var memory = Runtime.getRuntime();
        return memory.totalMemory() - memory.freeMemory();
    }

    private Map<String, IntFunction<String>> kinds(List<String> names) {
        Map<String, IntFunction<String>> kinds = new LinkedHashMap<>();
        kinds.put("nothing", i -> "");
        kinds.put("one letter", i -> String.valueOf("etaoinsrhldcumfgpwybvkxjqzEG_$19".charAt(i % 32)));
        kinds.put("first letters of a name", i -> start(names, 2 + i % 5));
        kinds.put("letters from within a name", i -> within(names, 2 + i % 4));
        kinds.put("a whole name", i -> names.get(random.nextInt(names.size())));
        kinds.put("what no name has", i -> "qzxjv" + i);
        kinds.put("a qualified name", i -> "java." + start(names, 3));
        return kinds;
    }

    private String start(List<String> names, int letters) {
        var name = names.get(random.nextInt(names.size()));
        return name.substring(0, Math.min(letters, name.length()));
    }

    private String within(List<String> names, int letters) {
        var name = names.get(random.nextInt(names.size()));
        var picked = new StringBuilder();
        for (int i = 0; i < name.length() && picked.length() < letters; i += 1 + random.nextInt(3)) {
            picked.append(Character.toLowerCase(name.charAt(i)));
        }
        return picked.toString();
    }

    private static Histogram search(Million million, IntFunction<String> texts, int queries, ExecutorService threads)
            throws Exception {
        var micros = new Histogram(3);
        for (int i = 0; i < queries; i++) {
            var query = SymbolQuery.of(texts.apply(i), LIMIT);
            long start = System.nanoTime();
            List<Callable<Found>> parts = new ArrayList<>();
            million.shards.forEach(shard -> parts.add(() -> shard.search(query, () -> false)));
            var found = new ArrayList<Found>();
            for (var part : threads.invokeAll(parts)) {
                found.add(part.get());
            }
            Found.merge(found, query);
            micros.recordValue((System.nanoTime() - start) / 1_000);
        }
        return micros;
    }

    private static List<Row> rows(String kind, Histogram micros) {
        return List.of(
                Row.of(kind + ", p50", Samples.of(micros.getValueAtPercentile(50) / 1e3), "ms"),
                Row.of(kind + ", p99", Samples.of(micros.getValueAtPercentile(99) / 1e3), "ms")
                        .atMost(P99_MILLIS_MAX));
    }

    /** Puts tables back that are there already, which costs what an edit costs. */
    private static Row replacement(Million million) {
        var shard = million.shards.get(0);
        var hits = shard.search(SymbolQuery.of("", 1_000), () -> false).hits();
        var samples = IntStream.range(0, hits.size())
                .mapToObj(i -> {
                    var hit = hits.get(i);
                    var table = shard.table(hit.path()).orElseThrow();
                    long start = System.nanoTime();
                    shard.replace(hit.path(), hit.content(), table);
                    return (System.nanoTime() - start) / 1e3;
                })
                .skip(500)
                .toList();
        return Row.of("one file's symbols replaced", new Samples(samples), "µs");
    }
}
