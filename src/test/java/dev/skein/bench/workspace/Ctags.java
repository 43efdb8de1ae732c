package dev.skein.bench.workspace;

import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.index.scan.JavaExtractor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** ctags over the corpus, and what it finds that Skein does not. */
final class Ctags {
    private static final Path TAGS = Path.of("target/corpus.tags").toAbsolutePath();
    private static final Path DIFFERENCES = Path.of("target/ctags-differences.txt");
    private static final Pattern TAG =
            Pattern.compile("([^\t]+)\t([^\t]+)\t.*;\"\t(\\w+)\tline:(\\d+).*", Pattern.DOTALL);

    private final Path root;

    Ctags(Path root) {
        this.root = root;
    }

    double seconds() throws Exception {
        long start = System.nanoTime();
        var process = new ProcessBuilder(
                        "ctags", "-R", "--languages=Java", "--fields=+nKS", "-f", TAGS.toString(), root.toString())
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target/ctags.log").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("ctags failed, see target/ctags.log");
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** How many tags of each kind there are, and how many of them are no symbol by name and line. */
    List<Row> recall() throws Exception {
        seconds();
        Map<String, int[]> counts = new TreeMap<>();
        var missing = new ArrayList<String>();
        Map<String, Set<String>> symbols = new TreeMap<>();
        var extractor = new JavaExtractor();
        for (var line : Files.readAllLines(TAGS, StandardCharsets.ISO_8859_1)) {
            var tag = TAG.matcher(line);
            if (line.startsWith("!") || !tag.matches()) {
                continue;
            }
            var its = symbols.computeIfAbsent(tag.group(2), file -> symbols(extractor, Path.of(file)));
            var count = counts.computeIfAbsent(tag.group(3), kind -> new int[2]);
            count[0]++;
            if (!its.contains(tag.group(1) + ":" + tag.group(4))) {
                count[1]++;
                missing.add(line);
            }
        }
        Files.write(DIFFERENCES, missing);
        var rows = new ArrayList<Row>();
        counts.forEach((kind, count) -> rows.add(
                Row.of("tags of kind %s: %,d, not found".formatted(kind, count[0]), Samples.of(count[1]), "")));
        return rows;
    }

    private static Set<String> symbols(JavaExtractor extractor, Path file) {
        try {
            var all = new HashSet<String>();
            for (var symbol : extractor.extract(Files.readAllBytes(file)).table().symbols()) {
                all.add(symbol.identifier() + ":" + (symbol.name().line() + 1));
            }
            return all;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
