package dev.skein.bench.extract;

import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.bench.report.Workload;
import dev.skein.index.corpus.Corpus;
import dev.skein.index.source.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lines a second of one warm thread with each parser, and the time from nothing to a searchable index with two
 * processes beside that of ctags; all in turns, over the JDK's {@code java.base}, guava, spring-core and hazelcast.
 */
public final class ExtractBench implements Workload {
    private static final int ROUNDS = 3;
    private static final int SAMPLE = 12; // every so many files for the parsers, which take minutes for all

    @Override
    public List<Row> measure() throws Exception {
        var root = Corpus.unpacked();
        var rows = new ArrayList<Row>();
        rows.addAll(parsers(texts(root)));
        rows.addAll(cold(root));
        return rows;
    }

    private static List<String> texts(Path root) throws IOException {
        var files = ExtractProcess.files(root);
        var texts = new ArrayList<String>();
        for (int i = 0; i < files.size(); i += SAMPLE) {
            texts.add(SourceText.of(Files.readAllBytes(files.get(i))).text());
        }
        return texts;
    }

    private static List<Row> parsers(List<String> texts) throws Exception {
        long lines = texts.stream().mapToLong(text -> text.lines().count()).sum();
        Map<String, List<Double>> rates = new TreeMap<>();
        Map<String, Integer> found = new TreeMap<>();
        for (int round = 0; round <= ROUNDS; round++) {
            for (var candidate : Candidates.all().entrySet()) {
                long start = System.nanoTime();
                int declarations = declarations(candidate.getValue().get(), texts);
                double seconds = (System.nanoTime() - start) / 1e9;
                found.put(candidate.getKey(), declarations);
                if (round > 0) { // the first warms up
                    rates.computeIfAbsent(candidate.getKey(), name -> new ArrayList<>())
                            .add(lines / seconds);
                }
            }
        }
        var rows = new ArrayList<Row>();
        rates.forEach((name, rate) ->
                rows.add(Row.of(name + ", " + found.get(name) + " declarations", new Samples(rate), "lines/s")));
        return rows;
    }

    private static int declarations(Candidate candidate, List<String> texts) throws Exception {
        int found = 0;
        for (var text : texts) {
            found += candidate.declarations(text);
        }
        return found;
    }

    private static List<Row> cold(Path root) throws Exception {
        var ctags = new ArrayList<Double>();
        var skein = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            ctags.add(seconds(List.of(ctags(root))));
            skein.add(seconds(List.of(worker(root, 0), worker(root, 1))));
        }
        var ratio = new Samples(skein).over(new Samples(ctags));
        return List.of(
                Row.of("ctags, whole corpus", new Samples(ctags), "s"),
                Row.of("two processes, start to searchable index", new Samples(skein), "s"),
                Row.of("two processes over ctags", ratio, "").atMost(1));
    }

    private static ProcessBuilder ctags(Path root) {
        return new ProcessBuilder(
                "ctags", "-R", "--languages=Java", "--fields=+nKS", "-f", "target/corpus.tags", root.toString());
    }

    private static ProcessBuilder worker(Path root, int which) {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ExtractProcess.class.getName(),
                root.toString(),
                String.valueOf(which),
                "2");
    }

    private static double seconds(List<ProcessBuilder> commands) throws Exception {
        long start = System.nanoTime();
        var running = new ArrayList<Process>();
        for (var command : commands) {
            running.add(command.redirectErrorStream(true)
                    .redirectOutput(Path.of("target/extract.log").toFile())
                    .start());
        }
        for (var process : running) {
            if (process.waitFor() != 0) {
                throw new IllegalStateException("a process failed, see target/extract.log");
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
