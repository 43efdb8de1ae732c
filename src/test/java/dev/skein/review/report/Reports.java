package dev.skein.review.report;

import dev.skein.review.Finding;
import dev.skein.review.Gap;
import dev.skein.review.Lines;
import dev.skein.review.Rule;
import dev.skein.review.Severity;
import dev.skein.review.chunk.Coverage;
import dev.skein.review.finding.Tally;
import dev.skein.review.finding.baseline.Compared;
import dev.skein.review.finding.lines.FindingWriter;
import dev.skein.review.report.Report.FailedUnit;
import dev.skein.review.report.Report.Gate;
import dev.skein.review.report.Report.Skipped;
import dev.skein.review.report.Report.Skips;
import dev.skein.review.report.Report.Tool;
import dev.skein.review.report.Report.WorkerRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Headers and files for tests of reports. */
final class Reports {
    private Reports() {}

    static Report complete() {
        return new Report(
                "run-1",
                new Tool("0.1.0", "ollama", "qwen"),
                List.of(new Rule(
                        "bad-call",
                        "Calls what must not be called.",
                        "Do not.",
                        "https://e.org/bad call",
                        Severity.HIGH,
                        List.of("security", "b"))),
                new Coverage(3, 120, 120),
                new Skips(
                        new TreeMap<>(Map.of("binary", 4L, "link", 1L)),
                        List.of(new Skipped("a.png", "binary"), new Skipped("b`|\n.png", "binary"))),
                List.of(),
                List.of(),
                List.of(new WorkerRow("w|1", 3, 0, 120, 2, Duration.ofSeconds(3_723))),
                new Tally(5, 1, 1, 0, 1),
                new Gate(Severity.HIGH, false));
    }

    static Report incomplete() {
        var whole = complete();
        return new Report(
                whole.run(),
                whole.tool(),
                whole.rules(),
                new Coverage(3, 3_000, 2_999),
                whole.skipped(),
                List.of(new Gap("src/B.java", new Lines(3, 3), Gap.Reason.TOO_LONG, "one line of 9 MiB")),
                List.of(new FailedUnit("src/b", "model <b>down</b>", 3)),
                whole.workers(),
                whole.tally(),
                whole.gate());
    }

    static Path file(Path directory, List<Finding> findings) throws IOException {
        return compared(directory, findings.stream().map(Compared::alone).toList());
    }

    static Path compared(Path directory, List<Compared> findings) throws IOException {
        var file = Files.createTempFile(directory, "in-", ".jsonl");
        try (var out = Files.newOutputStream(file);
                var writer = new FindingWriter(out)) {
            for (var finding : findings.stream().sorted().toList()) {
                writer.write(finding);
            }
        }
        return file;
    }
}
