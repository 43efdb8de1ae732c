package dev.skein.bench.code;

import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.bench.report.Workload;
import dev.skein.index.corpus.Corpus;
import dev.skein.index.scan.JavaExtractor;
import dev.skein.index.sem.platform.PlatformTypes;
import dev.skein.index.sem.resolve.Resolver;
import dev.skein.index.sem.type.UnitInfo;
import dev.skein.index.sem.type.World;
import dev.skein.index.sem.unit.Facts;
import dev.skein.index.sem.unit.Focus;
import dev.skein.index.sem.unit.UnitParser;
import dev.skein.index.source.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.HdrHistogram.Histogram;

/** The time of one answer on one worker that has all of guava, without the way to it. */
public final class CodeBench implements Workload {
    private static final int WARM_UP = 500;
    private static final int QUESTIONS = 2_000;
    private static final double DEFINITION_MILLIS_MAX = 50;

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, UnitInfo> units = new HashMap<>();
    private final Map<String, Facts> facts = new HashMap<>();
    private final Map<String, List<UnitInfo>> types = new HashMap<>();
    private final World.Source platform = new PlatformTypes();

    @Override
    public List<Row> measure() {
        read();
        var rows = new ArrayList<Row>();
        var paths = new ArrayList<>(texts.keySet());
        var random = new Random(3);
        var micros = new Histogram(3);
        for (int i = 0; i < WARM_UP + QUESTIONS; i++) {
            long start = System.nanoTime();
            definition(paths.get(random.nextInt(paths.size())), random);
            if (i >= WARM_UP) {
                micros.recordValue((System.nanoTime() - start) / 1_000);
            }
        }
        rows.add(Row.of("definition, p50", Samples.of(micros.getValueAtPercentile(50) / 1e3), "ms"));
        rows.add(Row.of("definition, p99", Samples.of(micros.getValueAtPercentile(99) / 1e3), "ms")
                .atMost(DEFINITION_MILLIS_MAX));
        rows.add(references("checkElementIndex"));
        rows.add(references("UnmodifiableIterator"));
        long bytes = facts.values().stream().mapToLong(Facts::bytes).sum();
        rows.add(Row.of("words and imports of a file", Samples.of(bytes / 1e3 / facts.size()), "kB"));
        return rows;
    }

    private void read() {
        var extractor = new JavaExtractor();
        for (var file : Corpus.library("guava")) {
            var text = SourceText.of(file.bytes()).text();
            var its = Facts.of(text);
            var unit = UnitInfo.of(
                    "", file.path(), its.imports(), extractor.extract(text).table());
            texts.put(file.path(), text);
            facts.put(file.path(), its);
            units.put(file.path(), unit);
            unit.types()
                    .keySet()
                    .forEach(type -> types.computeIfAbsent(type, key -> new ArrayList<>())
                            .add(unit));
        }
    }

    private Resolver resolver() {
        return new Resolver(new World(type -> types.getOrDefault(type, List.of()), platform, true));
    }

    private void definition(String path, Random random) {
        var text = texts.get(path);
        int line = random.nextInt((int) text.lines().count());
        int column = random.nextInt(40);
        var file = new UnitParser().parse(path, text, Focus.at(text, line, column));
        int offset = file.offset(line, column);
        if (offset >= 0) {
            resolver().at(file, units.get(path), offset);
        }
    }

    /** All names that are that word, resolved; as many as the answer would have and more. */
    private Row references(String word) {
        var millis = new ArrayList<Double>();
        int found = 0;
        for (int i = 0; i < 10; i++) {
            long start = System.nanoTime();
            found = 0;
            var resolver = resolver();
            for (var path : texts.keySet()) {
                if (facts.get(path).mayHave(word)) {
                    var file = new UnitParser().parse(path, texts.get(path), Focus.on(texts.get(path), word));
                    found += resolver.occurrences(file, units.get(path), (name, from, to) -> name.equals(word))
                            .size();
                }
            }
            millis.add((System.nanoTime() - start) / 1e6);
        }
        return Row.of("references to %s, %d places".formatted(word, found), new Samples(millis.subList(5, 10)), "ms");
    }
}
