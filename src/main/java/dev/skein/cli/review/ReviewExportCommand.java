package dev.skein.cli.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.review.export.Known;
import dev.skein.cli.review.export.KnownOptions;
import dev.skein.cli.review.export.ReportFormat;
import dev.skein.cli.review.export.ReportOptions;
import dev.skein.cli.review.export.ReportWriter;
import dev.skein.cli.review.export.Reviewed;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    ReportOptions report = new ReportOptions();

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
        var chosen = report.chosen("skein review export --to report");
        verdict.threshold();
        known.read();
        var reviews = new ReviewApi(Api.of(connect, shell));
        var found = reviews.find(run);
        var to = report.directory();
        if (to != null) {
            return write(shell, reviews, found, new Wanted(to, chosen, verdict, known.read()));
        }
        var writer = new ReportWriter(reviewed(reviews, found), verdict.threshold(), known.read());
        return ReportOptions.print(shell, writer, chosen);
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
                reviews.skipped(id, run.path("skipped")),
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
}
