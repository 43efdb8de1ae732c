package dev.skein.bench.code;

import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.bench.report.Workload;
import dev.skein.index.corpus.Corpus;
import dev.skein.index.sem.Precision;
import dev.skein.index.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Definitions of 5,000 names and references to 500 declarations of each corpus against javac's attribution. */
public final class PrecisionBench implements Workload {
    private static final int NAMES = 5_000;
    private static final int TARGETS = 500;
    private static final long SEED = 1;

    @Override
    public List<Row> measure() {
        var rows = new ArrayList<>(measure("guava", List.of("guava")));
        rows.addAll(measure("spring-core", List.of("spring-core")));
        return rows;
    }

    private static List<Row> measure(String corpus, List<String> libraries) {
        var texts = new TreeMap<String, String>();
        for (var library : libraries) {
            Corpus.library(library)
                    .forEach(file -> texts.put(
                            library + "/" + file.path(),
                            SourceText.of(file.bytes()).text()));
        }
        var precision = new Precision(texts);
        var definitions = precision.definitions(NAMES, SEED).all();
        System.out.println("\n" + corpus + ", definitions\n\n" + precision.table());
        precision.rows.clear();
        var references = precision.references(TARGETS, SEED).all();
        System.out.println("\n" + corpus + ", references\n\n" + precision.table());
        return List.of(
                share(corpus + ": names answered", definitions.answered(), definitions.asked)
                        .atLeast(85),
                share(corpus + ": right among answered", definitions.right, definitions.answered())
                        .atLeast(95),
                share(corpus + ": right among sure references", references.right, references.answered())
                        .atLeast(98),
                share(corpus + ": references found for sure", references.right, references.asked));
    }

    private static Row share(String what, int part, int whole) {
        return Row.of(what, Samples.of(100.0 * part / Math.max(1, whole)), "%");
    }
}
