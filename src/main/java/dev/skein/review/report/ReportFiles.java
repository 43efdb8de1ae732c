package dev.skein.review.report;

import dev.skein.review.Rule;
import dev.skein.review.finding.Rejection;
import dev.skein.review.finding.lines.FindingReader;
import dev.skein.review.finding.lines.FindingWriter;
import dev.skein.review.report.sarif.SarifFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes all files of a report: {@value #SARIF}, {@value #SUMMARY}, {@value #LINES}, {@value #RDJSON} and {@value
 * #JUNIT}. Reads the
 * findings several times, one after another, so that any number of them can be written.
 * Blocks.
 */
public final class ReportFiles {
    public static final String SARIF = "review.sarif";
    public static final String SUMMARY = "REVIEW-SUMMARY.md";
    public static final String LINES = "findings.jsonl";
    public static final String RDJSON = "review.rdjsonl";
    public static final String JUNIT = "review.junit.xml";

    /** GitHub refuses more results in one run. */
    private static final long RESULTS_MAX = 25_000;

    /** GitHub refuses larger files, compressed. */
    private static final long COMPRESSED_MAX = 10_000_000;

    private final Report report;
    private final Path findings;
    private final Texts texts;
    private final Path directory;

    /**
     * @param findings JSON lines in order, as {@link FindingWriter} writes them
     * @param directory exists; files of these names are replaced
     */
    public ReportFiles(Report report, Path findings, Texts texts, Path directory) {
        this.report = report;
        this.findings = findings;
        this.texts = texts;
        this.directory = directory;
    }

    /** What was written. */
    public record Written(Outcome outcome, Counts counts, List<Path> files) {}

    /** @param rejected in order; with what was skipped they follow the findings in {@value #LINES} */
    public Written write(Iterable<Rejection> rejected) throws IOException {
        var counts = counts();
        lines(rejected);
        others(counts);
        text(SUMMARY, Summary.of(report, counts));
        var files = List.of(SARIF, SUMMARY, LINES, RDJSON, JUNIT).stream()
                .map(directory::resolve)
                .toList();
        return new Written(Outcome.of(report.isComplete(), counts.failing()), counts, files);
    }

    private Counts counts() throws IOException {
        try (var read = FindingReader.of(findings)) {
            return Counts.of(read, report.gate());
        }
    }

    private void lines(Iterable<Rejection> rejected) throws IOException {
        try (var all = file(LINES);
                var writer = new FindingWriter(all.out())) {
            Files.copy(findings, all.out());
            for (var each : rejected) {
                writer.write(each);
            }
            for (var each : report.skipped().first()) {
                writer.skipped(each.path(), each.reason());
            }
            writer.close();
            all.commit();
        }
    }

    private void others(Counts counts) throws IOException {
        var rules =
                report.rules().stream().collect(Collectors.toMap(Rule::id, Function.identity(), (one, other) -> one));
        long compressed;
        try (var read = FindingReader.of(findings);
                var sarifFile = new Sarif(counts, RESULTS_MAX);
                var points = file(RDJSON);
                var cases = file(JUNIT)) {
            var rdjson = new RdjsonLines(points.out(), texts, rules);
            var junit = new JUnitFile(cases.out(), report, counts);
            while (read.hasNext()) {
                var compared = read.next();
                sarifFile.sarif.write(compared);
                rdjson.write(compared);
                junit.write(compared);
            }
            rdjson.end();
            junit.end();
            points.commit();
            cases.commit();
            compressed = sarifFile.end(COMPRESSED_MAX);
        }
        if (compressed > COMPRESSED_MAX) {
            sarif(counts, fewer(counts, RESULTS_MAX, compressed, COMPRESSED_MAX), COMPRESSED_MAX);
        }
    }

    /** Writes at most so many results and so many bytes when compressed: with fewer results until it fits. */
    void sarif(Counts counts, long results, long compressedMax) throws IOException {
        long max = results;
        while (true) {
            try (var read = FindingReader.of(findings);
                    var file = new Sarif(counts, max)) {
                while (read.hasNext()) {
                    file.sarif.write(read.next());
                }
                long compressed = file.end(max <= 1 ? Long.MAX_VALUE : compressedMax);
                if (compressed <= compressedMax || max <= 1) {
                    return;
                }
                max = fewer(counts, max, compressed, compressedMax);
            }
        }
    }

    private static long fewer(Counts counts, long max, long compressed, long compressedMax) {
        return Math.max(1, Math.min(max, counts.present()) * compressedMax * 9 / 10 / compressed);
    }

    /** A SARIF file that is put in its place only when it is small enough. */
    private final class Sarif implements AutoCloseable {
        private final AtomicFile file;
        private final Measured measured;
        private final SarifFile sarif;

        Sarif(Counts counts, long max) throws IOException {
            file = file(SARIF);
            measured = new Measured(file.out());
            sarif = new SarifFile(measured, report, counts, max);
            sarif.begin();
        }

        /** How many bytes it has when compressed. */
        long end(long compressedMax) throws IOException {
            sarif.end();
            long compressed = measured.compressed();
            if (compressed <= compressedMax) {
                file.commit();
            }
            return compressed;
        }

        @Override
        public void close() throws IOException {
            measured.close();
            file.close();
        }
    }

    private void text(String name, String text) throws IOException {
        try (var file = file(name)) {
            file.out().write(text.getBytes(StandardCharsets.UTF_8));
            file.commit();
        }
    }

    private AtomicFile file(String name) throws IOException {
        return new AtomicFile(directory.resolve(name));
    }

    /** Passes bytes on and tells how many they are when compressed fast, so at least as many as compressed well. */
    private static final class Measured extends OutputStream {
        private final OutputStream to;
        private final Counter counter = new Counter();
        private final Fast fast = new Fast(counter);

        Measured(OutputStream to) throws IOException {
            this.to = to;
        }

        @Override
        public void write(int b) throws IOException {
            to.write(b);
            fast.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            to.write(bytes, from, length);
            fast.write(bytes, from, length);
        }

        long compressed() throws IOException {
            fast.finish();
            return counter.bytes;
        }

        @Override
        public void close() throws IOException {
            fast.close();
        }
    }

    private static final class Fast extends GZIPOutputStream {
        Fast(OutputStream to) throws IOException {
            super(to, 64 << 10);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    private static final class Counter extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] written, int from, int length) {
            bytes += length;
        }
    }
}
