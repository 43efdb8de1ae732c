package dev.skein.cli.review.export;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.kernel.Trees;
import dev.skein.review.Severity;
import dev.skein.review.chunk.Coverage;
import dev.skein.review.report.Outcome;
import dev.skein.review.report.Report;
import dev.skein.review.report.Report.FailedUnit;
import dev.skein.review.report.Report.Gate;
import dev.skein.review.report.Report.Tool;
import dev.skein.review.report.Report.WorkerRow;
import dev.skein.review.report.ReportFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Writes the report of a run as files. */
public final class ReportWriter {
    private final Reviewed reviewed;
    private final Severity threshold;
    private final Known known;

    public ReportWriter(Reviewed reviewed, Severity threshold, Known known) {
        this.reviewed = reviewed;
        this.threshold = threshold;
        this.known = known;
    }

    /** @param files in the order of their formats */
    public record Written(Outcome outcome, List<Path> files) {}

    /**
     * Writes these formats.
     *
     * @param directory made when it is not there, and then not to be reviewed; other files in it stay
     */
    public Written write(Path directory, Set<ReportFormat> formats) {
        try {
            prepare(directory);
            var scratch = Files.createTempDirectory(directory, ".report-");
            try {
                return write(directory, formats, scratch);
            } finally {
                Trees.delete(scratch);
            }
        } catch (IOException e) {
            throw notWritten(directory, e);
        }
    }

    /** @throws Failure when no report can be written there */
    public static void requireRoom(Path directory) {
        try {
            prepare(directory);
            Files.delete(Files.createTempDirectory(directory, ".report-"));
        } catch (IOException e) {
            throw notWritten(directory, e);
        }
    }

    private static Failure notWritten(Path directory, IOException cause) {
        return Failure.of(ExitCode.FAILED, "the report cannot be written to " + directory)
                .because(cause.toString());
    }

    private static void prepare(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(".gitignore"), "*\n");
        }
    }

    private Written write(Path directory, Set<ReportFormat> formats, Path scratch) throws IOException {
        var fetched = new Download().fetch(reviewed.pages(), scratch);
        var report = report(fetched);
        var root = reviewed.root();
        var texts = new LocalTexts(root == null ? null : Path.of(root));
        var out = Files.createDirectory(scratch.resolve("out"));
        var outcome = new ReportFiles(report, known.applied(fetched.findings(), scratch), texts, out)
                .write(List.of())
                .outcome();
        var files = new ArrayList<Path>();
        for (var format : formats) {
            files.add(Files.move(
                    out.resolve(format.file),
                    directory.resolve(format.file),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING));
        }
        return new Written(outcome, files);
    }

    private Report report(Download.Fetched fetched) {
        var run = reviewed.run();
        var coverage = new Coverage(
                run.path("files").asLong(),
                run.path("lines").asLong(),
                run.path("reviewed").asLong());
        return new Report(
                run.path("id").asText(),
                new Tool(version(), run.path("engine").asText(), fetched.model()),
                fetched.rules(),
                coverage,
                reviewed.skipped(),
                fetched.gaps(),
                failed(),
                workers(),
                fetched.proposals(),
                new Gate(threshold, known.baseline() != null));
    }

    private static String version() {
        var version = ReportWriter.class.getPackage().getImplementationVersion();
        return version == null ? "0.0.0" : version;
    }

    /** What has not been done when the report is made counts as not done. */
    private List<FailedUnit> failed() {
        return reviewed.tasks().stream()
                .filter(task -> !isDone(task))
                .map(task -> new FailedUnit(
                        unit(task),
                        task.path("reason").asText(task.path("state").asText()),
                        task.path("attempt").asInt()))
                .toList();
    }

    private static String unit(JsonNode task) {
        int parts = task.path("parts").asInt();
        var directory = task.path("directory").asText();
        return parts > 1 ? directory + " (" + task.path("part").asInt() + " of " + parts + ")" : directory;
    }

    private static boolean isDone(JsonNode task) {
        return task.path("state").asText().equals("done");
    }

    private List<WorkerRow> workers() {
        Map<String, WorkerRow> rows = new TreeMap<>();
        for (var task : reviewed.tasks()) {
            var worker = task.path("worker").asText("");
            if (!worker.isEmpty()) {
                rows.merge(worker, row(worker, task), ReportWriter::sum);
            }
        }
        return List.copyOf(rows.values());
    }

    private static WorkerRow row(String worker, JsonNode task) {
        boolean isDone = isDone(task);
        boolean hasFailed = task.path("state").asText().equals("failed");
        return new WorkerRow(
                worker,
                isDone ? 1 : 0,
                hasFailed ? 1 : 0,
                isDone ? task.path("lines").asLong() : 0,
                task.path("findings").asLong(),
                busy(task));
    }

    private static WorkerRow sum(WorkerRow one, WorkerRow other) {
        return new WorkerRow(
                one.worker(),
                one.tasks() + other.tasks(),
                one.failed() + other.failed(),
                one.lines() + other.lines(),
                one.findings() + other.findings(),
                one.busy().plus(other.busy()));
    }

    private static Duration busy(JsonNode task) {
        var began = task.path("started_at");
        var ended = task.path("finished_at");
        return began.isTextual() && ended.isTextual()
                ? Duration.between(Instant.parse(began.asText()), Instant.parse(ended.asText()))
                : Duration.ZERO;
    }
}
