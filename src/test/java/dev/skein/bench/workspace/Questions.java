package dev.skein.bench.workspace;

import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.bench.workspace.WorkspaceBench.Whole;
import dev.skein.fault.nodes.Api;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/** Questions over HTTP, one after the other, about random names of random files of the corpus. */
final class Questions {
    private static final int WARM_UP = 300;
    private static final int EACH = 700;
    private static final double SEARCH_MILLIS = 10;
    private static final double MEANING_MILLIS = 50;
    private static final double REFERENCES_MILLIS = 200;
    private static final int HITS = 100;
    private static final int ASKED = 150;
    private static final Pattern NAME = Pattern.compile("\\b[A-Za-z_]\\w{3,}\\b");

    private final Api api;
    private final Path root;
    private final Random random = new Random(11);
    private final List<Path> files;

    /** A name in a file. */
    private record Spot(String path, int line, int column, String name) {}

    Questions(Api api, Path root) throws IOException {
        this.api = api;
        this.root = root;
        try (var all = Files.walk(root)) {
            files = all.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    List<Row> measure() throws IOException {
        var spots = new ArrayList<Spot>();
        while (spots.size() < WARM_UP + EACH) {
            spot(files.get(random.nextInt(files.size())), spots);
        }
        var rows = new ArrayList<Row>();
        rows.addAll(ask("search over HTTP, limit 100", SEARCH_MILLIS, i -> "symbols?limit=100&q=" + spots.get(i).name));
        rows.addAll(ask("definition", MEANING_MILLIS, i -> "definition?" + at(spots.get(i))));
        rows.addAll(ask("hover", MEANING_MILLIS, i -> "hover?" + at(spots.get(i))));
        rows.addAll(references(spots));
        return rows;
    }

    private void spot(Path file, List<Spot> spots) throws IOException {
        var lines = Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1);
        int line = random.nextInt(lines.length);
        var found = NAME.matcher(lines[line]);
        boolean isComment =
                lines[line].strip().startsWith("*") || lines[line].strip().startsWith("/");
        if (!isComment && found.find()) {
            spots.add(new Spot(root.relativize(file).toString(), line, found.start(), found.group()));
        }
    }

    private static String at(Spot spot) {
        return "path=%s&line=%d&column=%d"
                .formatted(URLEncoder.encode(spot.path, StandardCharsets.UTF_8), spot.line, spot.column + 1);
    }

    private List<Row> ask(String what, double mark, IntFunction<String> question) {
        var micros = new Histogram(3);
        for (int i = 0; i < WARM_UP + EACH; i++) {
            long start = System.nanoTime();
            whole(question.apply(i));
            if (i >= WARM_UP) {
                micros.recordValue((System.nanoTime() - start) / 1_000);
            }
        }
        return rows(what, mark, micros);
    }

    private static List<Row> rows(String what, double mark, Histogram micros) {
        return List.of(
                Row.of(what + ", p50", Samples.of(micros.getValueAtPercentile(50) / 1e3), "ms"),
                Row.of(what + ", p99", Samples.of(micros.getValueAtPercentile(99) / 1e3), "ms")
                        .atMost(mark));
    }

    private Api.Answer get(String question) {
        return api.get("/api/v1/workspaces/corpus/" + question);
    }

    private void whole(String question) {
        var answer = get(question);
        if (!Whole.is(answer)) {
            throw new IllegalStateException(
                    question + ": " + answer.status() + " " + answer.body().path("missing"));
        }
    }

    /** Of names that have as many references as are asked for; in part is what was not found within the deadline. */
    private List<Row> references(List<Spot> spots) {
        var micros = new Histogram(3);
        int partial = 0;
        for (var spot : spots.subList(0, ASKED)) { // a common name takes seconds
            long start = System.nanoTime();
            var answer = get("references?limit=" + HITS + "&" + at(spot));
            if (answer.body().path("places").size() >= HITS) {
                micros.recordValue((System.nanoTime() - start) / 1_000);
                partial += Whole.is(answer) ? 0 : 1;
            }
        }
        var what = "references, %d hits of %d names, %d in part".formatted(HITS, micros.getTotalCount(), partial);
        return rows(what, REFERENCES_MILLIS, micros);
    }
}
