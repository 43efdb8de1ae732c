package dev.skein.cli.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.review.export.Known;
import dev.skein.cli.review.export.KnownOptions;
import dev.skein.cli.review.export.ReportFormat;
import dev.skein.cli.review.export.ReportWriter;
import dev.skein.cli.review.export.Reviewed;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes what a review found for other tools. */
@Command(
        name = "export",
        description = {
            "Write what a review found: for code scanning, people, reviewdog and build servers.",
            "One format may go to standard output. Exit 0 clean, 1 findings at or above --fail-on, 8 incomplete."
        },
        footer = {
            "skein review export --to report",
            "skein review export r-7 --format sarif > review.sarif",
            "skein review export r-7 --format sarif,md --to report --fail-on critical"
        })
public final class ReviewExportCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(arity = "0..1", paramLabel = "RUN", description = ReviewCommand.WORD)
    String run = "";

    @Option(
            names = "--format",
            split = ",",
            paramLabel = "FORMAT",
            description = "sarif, md, jsonl, rdjsonl, junit, with commas between; left out, all")
    List<String> formats = List.of();

    @Option(names = "--to", paramLabel = "DIR", description = "directory to write to; without it, standard output")
    @Nullable
    Path to;

    @Mixin
    Verdict verdict = new Verdict();

    @Mixin
    KnownOptions known = new KnownOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public ReviewExportCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var chosen = ReportFormat.of(formats);
        verdict.threshold();
        known.read();
        if (to == null && chosen.size() != 1) {
            throw Failure.usage("several files need a directory").advise("skein review export --to report");
        }
        var reviews = new ReviewApi(Api.of(connect, shell));
        var found = reviews.find(run);
        return to == null
                ? print(reviews, found, chosen)
                : write(shell, reviews, found, new Wanted(to, chosen, verdict, known.read()));
    }

    /** Where a report goes to and what it is. */
    record Wanted(Path directory, Set<ReportFormat> formats, Verdict verdict, Known known) {}

    /** Writes the report of a run and answers the exit code. */
    static int write(Shell shell, ReviewApi reviews, JsonNode run, Wanted wanted) {
        var writer = new ReportWriter(reviewed(reviews, run), wanted.verdict.threshold(), wanted.known);
        var written = writer.write(wanted.directory, wanted.formats);
        written.files().forEach(file -> shell.terminal().printLine(file.toString()));
        shell.terminal().say(wanted.verdict.line(run, written.outcome()));
        return written.outcome().exitCode;
    }

    private static Reviewed reviewed(ReviewApi reviews, JsonNode run) {
        var id = ReviewApi.id(run);
        var root = run.path("root").asText();
        return new Reviewed(
                run,
                reviews.tasks(id),
                cursor -> reviews.findings(id, "", cursor),
                isHere(reviews) && Path.of(root).isAbsolute() ? root : null);
    }

    private static boolean isHere(ReviewApi reviews) {
        try {
            return InetAddress.getByName(reviews.api().target().endpoint().getHost())
                    .isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private int print(ReviewApi reviews, JsonNode found, Set<ReportFormat> chosen) {
        try {
            var directory = Files.createTempDirectory("skein-review-");
            try {
                var writer = new ReportWriter(reviewed(reviews, found), verdict.threshold(), known.read());
                var written = writer.write(directory, chosen);
                var file = written.files().get(0);
                shell.terminal().print(Files.readString(file, StandardCharsets.UTF_8));
                Files.delete(file);
                return written.outcome().exitCode;
            } finally {
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            throw Failure.of(ExitCode.FAILED, "the report could not be written").because(e.toString());
        }
    }
}
