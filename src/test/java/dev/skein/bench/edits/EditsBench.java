package dev.skein.bench.edits;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.bench.report.Workload;
import dev.skein.fault.nodes.Api.Answer;
import dev.skein.fault.nodes.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/**
 * An editor of one shard: it sends an unsaved text to the router's node and then searches for what is new in it, while
 * the shard is on another node. Then both nodes are ended and started again, with nothing changed on disk.
 */
public final class EditsBench implements Workload {
    private static final int[] FILES = {100, 15_000};
    private static final int WARM_UP = 1_000;
    private static final int EDITS = 1_000;
    private static final int DISK_EDITS = 100;
    private static final int METHODS = 25;
    private static final double P50_MILLIS_MAX = 10;
    private static final double P99_MILLIS_MAX = 50;
    private static final double WARM_MILLIS_MAX = 500;
    private static final Duration LONGEST = Duration.ofSeconds(120);
    private static final List<String> FLAGS = List.of("-Xmx512m");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Random random = new Random(7);
    private final List<Row> rows = new ArrayList<>();

    @Override
    public List<Row> measure() throws Exception {
        var folder = Files.createTempDirectory("skein-edits");
        var setup = new TestCluster.Setup(FLAGS, FLAGS, "index: {shard-bytes-max: 1GiB}");
        try (var cluster = TestCluster.start(folder, 1, setup)) {
            for (int files : FILES) {
                edits(cluster, folder, files);
            }
            for (int i = 0; i < 3; i++) {
                restart(cluster);
            }
            return rows;
        }
    }

    private static String text(int file, String more) {
        var text = new StringBuilder("package p" + file % 100 + ";\n\npublic class Type" + file + " {\n" + more);
        for (int i = 0; i < METHODS; i++) {
            text.append("    /** Does something. */\n    public int method%d(int a, String b) {\n".formatted(i))
                    .append("        return a * %d + b.length();\n    }\n".formatted(file + i));
        }
        return text.append("}\n").toString();
    }

    private static String path(int file) {
        return "src/p" + file % 100 + "/Type" + file + ".java";
    }

    private static void write(Path root, int files) throws IOException {
        for (int i = 0; i < files; i++) {
            var file = root.resolve(path(i));
            Files.createDirectories(file.getParent());
            Files.writeString(file, text(i, ""));
        }
    }

    private void edits(TestCluster cluster, Path folder, int files) throws Exception {
        var name = "w" + files;
        var root = folder.resolve(name);
        write(root, files);
        long start = System.nanoTime();
        var added = cluster.api.post(
                "/api/v1/workspaces", JSON.writeValueAsString(Map.of("name", name, "root", root.toString())));
        check(added.status() == 201, added);
        cluster.api.getUntil(LONGEST, search(name, "Type0"), EditsBench::isWhole);
        rows.add(Row.of("cold index of %,d files".formatted(files), millis(start), "ms"));
        var put = new Histogram(3);
        var seen = new Histogram(3);
        for (int i = 0; i < WARM_UP + EDITS; i++) {
            long began = System.nanoTime();
            long taken = edit(cluster, name, random.nextInt(files), i);
            if (i >= WARM_UP) {
                put.recordValue(taken / 1_000);
                seen.recordValue((System.nanoTime() - began) / 1_000);
            }
        }
        table(files, "taken and indexed", put);
        table(files, "seen by the search that follows", seen);
        disk(cluster, name, root, files);
    }

    /** New files that nobody tells of, searched for until they are found. */
    private void disk(TestCluster cluster, String name, Path root, int files) throws IOException {
        var micros = new Histogram(3);
        for (int i = 0; i < DISK_EDITS; i++) {
            long began = System.nanoTime();
            Files.writeString(root.resolve("src/p0/Fresh" + i + ".java"), "package p0; class Fresh" + i + "Type {}");
            while (cluster.api
                            .get(search(name, "Fresh" + i + "Type"))
                            .body()
                            .path("total")
                            .asInt()
                    == 0) {
                check(System.nanoTime() - began < LONGEST.toNanos(), "a new file is not found");
            }
            micros.recordValue((System.nanoTime() - began) / 1_000);
        }
        var text = "file written among %,d files, seen by a search, %s";
        rows.add(Row.of(text.formatted(files, "p50"), at(micros, 50), "ms"));
        rows.add(Row.of(text.formatted(files, "p99"), at(micros, 99), "ms"));
    }

    /** Sends one text and searches for what is new in it, which must be there; nanoseconds of the first. */
    private static long edit(TestCluster cluster, String name, int file, int number) throws IOException {
        var symbol = "edited" + number + "Of" + file;
        var body = Map.of("session", "bench", "version", number, "text", text(file, "    int " + symbol + ";\n"));
        var target = "/api/v1/workspaces/" + name + "/documents?path=" + path(file);
        long began = System.nanoTime();
        var put = cluster.api.put(target, JSON.writeValueAsString(body));
        long taken = System.nanoTime() - began;
        check(put.status() == 200 && put.body().path("indexed").asBoolean(), put);
        var found = cluster.api.get(search(name, symbol));
        check(isWhole(found) && found.body().path("total").asInt() == 1, found);
        return taken;
    }

    private void table(int files, String what, Histogram micros) {
        var text = "edit among %,d files, %s, %s";
        rows.add(
                Row.of(text.formatted(files, what, "p50"), at(micros, 50), "ms").atMost(P50_MILLIS_MAX));
        rows.add(
                Row.of(text.formatted(files, what, "p99"), at(micros, 99), "ms").atMost(P99_MILLIS_MAX));
    }

    private static Samples at(Histogram micros, double percentile) {
        return Samples.of(micros.getValueAtPercentile(percentile) / 1e3);
    }

    private void restart(TestCluster cluster) throws Exception {
        var name = "w" + FILES[FILES.length - 1];
        for (var node : List.of(cluster.worker(0), cluster.coordinator())) {
            node.signal("TERM");
            node.exitCode(Duration.ofSeconds(30));
        }
        cluster.startCoordinator();
        cluster.startWorker(0);
        cluster.awaitReady(1);
        long ready = System.nanoTime();
        var what = "warm start of %,d files, ready to".formatted(FILES[1]);
        until(cluster, name, EditsBench::isComplete);
        rows.add(Row.of(what + " complete", millis(ready), "ms").atMost(WARM_MILLIS_MAX));
        until(cluster, name, EditsBench::isWhole);
        rows.add(Row.of(what + " compared with the disk", millis(ready), "ms").atMost(WARM_MILLIS_MAX));
    }

    private static void until(TestCluster cluster, String name, Predicate<Answer> right) {
        long began = System.nanoTime();
        var answer = cluster.api.get(search(name, "Type0"));
        while (!right.test(answer)) {
            check(System.nanoTime() - began < LONGEST.toNanos(), answer);
            answer = cluster.api.get(search(name, "Type0"));
        }
    }

    /** Of all shards, as they were when they were last compared with the disk. */
    private static boolean isComplete(Answer answer) {
        return answer.status() == 200 && !answer.body().path("partial").asBoolean();
    }

    private static String search(String name, String query) {
        return "/api/v1/workspaces/" + name + "/symbols?limit=5&q=" + query;
    }

    private static boolean isWhole(Answer answer) {
        return isComplete(answer) && !answer.body().path("stale").asBoolean();
    }

    private static Samples millis(long since) {
        return Samples.of((System.nanoTime() - since) / 1e6);
    }

    private static void check(boolean right, Object answer) {
        if (!right) {
            throw new IllegalStateException("not as it should be: " + answer);
        }
    }
}
