package dev.skein.bench.findings;

import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.bench.report.Workload;
import dev.skein.kernel.SteadyClock;
import dev.skein.kernel.Trees;
import dev.skein.review.Finding;
import dev.skein.review.Region;
import dev.skein.review.Severity;
import dev.skein.review.chunk.Coverage;
import dev.skein.review.finding.Tally;
import dev.skein.review.finding.lines.FindingSort;
import dev.skein.review.finding.lines.FindingWriter;
import dev.skein.review.report.Report;
import dev.skein.review.report.Report.Gate;
import dev.skein.review.report.Report.Tool;
import dev.skein.review.report.ReportFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Sorts 100,000 findings that come in eight parts and writes all files of the report, in a process with 256 MiB. */
public final class ReportBench implements Workload {
    private static final int FINDINGS = 100_000;
    private static final int PARTS = 8;
    private static final int TIMES = 3;
    private static final String TEXT = (" ".repeat(8) + "int number = 0; // \u00e4\n").repeat(2_010);
    private static final double SECONDS_MAX = 5;
    private static final double MEBIBYTES_MAX = 256;

    @Override
    public List<Row> measure() throws Exception {
        var directory = Files.createTempDirectory("skein-report-");
        try {
            for (int part = 0; part < PARTS; part++) {
                writePart(directory, part);
            }
            List<Double> seconds = new ArrayList<>();
            List<Double> mebibytes = new ArrayList<>();
            for (int i = 0; i < TIMES; i++) {
                var measured = child(directory).split(" ");
                seconds.add(Double.parseDouble(measured[0]));
                mebibytes.add(Double.parseDouble(measured[1]));
            }
            return List.of(
                    Row.of("100,000 findings: sort and write five files", new Samples(seconds), "s")
                            .atMost(SECONDS_MAX),
                    Row.of("largest size of that process (-Xmx256m)", new Samples(mebibytes), "MiB"));
        } finally {
            Trees.delete(directory);
        }
    }

    private static String child(Path directory) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        var heap = "-Xmx" + (int) MEBIBYTES_MAX + "m";
        var process = new ProcessBuilder(
                        java,
                        heap,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReportBench.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes()).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the process failed: " + said);
        }
        return said;
    }

    /** In the process of its own: prints seconds and the largest resident size in MiB. */
    public static void main(String[] arguments) throws IOException {
        var directory = Path.of(arguments[0]);
        var out = Files.createTempDirectory(directory, "out");
        InstantSource clock = SteadyClock.system();
        var begun = clock.instant();
        var sorted = out.resolve("sorted.jsonl");
        sort(directory, sorted);
        var written = new ReportFiles(report(), sorted, path -> TEXT, out).write(List.of());
        var seconds = Duration.between(begun, clock.instant()).toMillis() / 1e3;
        if (Files.size(written.files().get(2)) != Files.size(sorted)) {
            throw new IllegalStateException("findings.jsonl has not all findings");
        }
        System.out.println(seconds + " " + largestMebibytes());
    }

    private static void sort(Path directory, Path sorted) throws IOException {
        try (var sort = new FindingSort(directory)) {
            for (int part = 0; part < PARTS; part++) {
                sort.addSorted(directory.resolve("part" + part));
            }
            try (var all = sort.sorted();
                    var file = new BufferedOutputStream(Files.newOutputStream(sorted));
                    var writer = new FindingWriter(file)) {
                while (all.hasNext()) {
                    writer.write(all.next());
                }
            }
        }
    }

    private static double largestMebibytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    private static Report report() {
        return new Report(
                "bench",
                new Tool("0", "ollama", "m"),
                List.of(),
                new Coverage(1_000, 1_000_000, 1_000_000),
                Report.Skips.NONE,
                List.of(),
                List.of(),
                List.of(),
                new Tally(FINDINGS, 0, 0, 0, 0),
                new Gate(Severity.HIGH, false));
    }

    private static void writePart(Path directory, int part) throws IOException {
        var random = new Random(part);
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < FINDINGS / PARTS; i++) {
            findings.add(finding(random));
        }
        findings.sort(null);
        try (var file = new BufferedOutputStream(Files.newOutputStream(directory.resolve("part" + part)));
                var writer = new FindingWriter(file)) {
            for (var finding : findings) {
                writer.write(finding);
            }
        }
    }

    private static Finding finding(Random random) {
        int line = 1 + random.nextInt(2_000);
        return new Finding(
                "src/main/java/org/example/p" + random.nextInt(40) + "/Type" + random.nextInt(25) + ".java",
                new Region(line, 9, line + 2, 40),
                "if (value" + random.nextInt()
                        + " == null) {\n            throw new IllegalStateException(\"no value\");\n        }",
                "rule-" + random.nextInt(200),
                Severity.values()[random.nextInt(5)],
                random.nextInt(100) / 100.0,
                "The value may be null here because number " + random.nextInt() + " is read without a lock. "
                        + "x".repeat(200),
                random.nextBoolean() ? "Read it once under the lock and keep it in a local variable." : null,
                null,
                "ollama",
                "qwen2.5-coder",
                "task-" + random.nextInt(1_000),
                Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()),
                Long.toHexString(random.nextLong()) + ":1",
                null);
    }
}
