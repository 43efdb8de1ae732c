package dev.skein.cli.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.child.Alone;
import dev.skein.cli.noun.ConfirmOptions;
import dev.skein.cli.review.export.KnownOptions;
import dev.skein.cli.review.export.ReportFormat;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Pause;
import dev.skein.kernel.SteadyClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Begins one. */
@Command(
        name = "start",
        description = {
            "Review a directory of the node that is asked, a workspace wherever it is, or a repository.",
            "Where no endpoint is named and none answers, and with --embedded, it starts a node of its own with two",
            "worker processes, waits for the end and writes the report. Waiting ends with 0 for clean, 1 for findings",
            "at or above --fail-on and 8 for incomplete, whatever was found."
        },
        footer = {
            "skein review start .",
            "skein review start --git https://git.example.org/team/app.git --ref main --wait",
            "skein review start --workspace app",
            "skein review start /srv/app --engine ollama --persona security-hawk --priority 'src/auth/**=0'",
            "skein review start . --include '*.java' --wait --report report --format sarif,md --fail-on critical"
        })
public final class ReviewStartCommand implements Callable<Integer> {
    private static final Duration SURVEY = Duration.ofMinutes(6);
    private static final String REPORT = "skein-review";
    private static final String COPYING = "review_copying";
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final int TIMES_MAX = 360; // the node waits 10 s each time

    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Mixin
    WantedPlace place = new WantedPlace();

    @Mixin
    WantedReview wanted = new WantedReview();

    @Option(
            names = {"--wait", "--watch", "-w"},
            description = "wait for the end")
    boolean wait;

    @Option(names = "--report", paramLabel = "DIR", description = "directory for the report; waits for the end")
    @Nullable
    Path report;

    @Option(
            names = "--format",
            split = ",",
            paramLabel = "FORMAT",
            description = "of the report: sarif, md, jsonl, rdjsonl, junit (default: all)")
    List<String> formats = List.of();

    @Option(names = "--embedded", description = "start a node of its own whatever cluster is configured")
    boolean embedded;

    @Mixin
    Verdict verdict = new Verdict();

    @Mixin
    KnownOptions known = new KnownOptions();

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public ReviewStartCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        place.check();
        wanted.check();
        verdict.threshold();
        known.read();
        ReportFormat.of(formats);
        var api = Api.of(connect, shell);
        if (embedded || Alone.is(api)) {
            return alone();
        }
        ConfirmOptions.inContext(shell, api, confirm, "review " + place.words());
        var reviews = new ReviewApi(api.patient(SURVEY));
        return wait || report != null || known.needsReport() ? untilEnd(reviews, report) : begun(reviews);
    }

    private int begun(ReviewApi reviews) {
        print(begin(reviews));
        return ExitCode.DONE.number;
    }

    private JsonNode begin(ReviewApi reviews) {
        var begun = copied(reviews, wanted.body(place, reviews));
        var run = begun.path("run");
        shell.terminal()
                .say("review %s: %d tasks, %d of them new; %d lines in %d files"
                        .formatted(
                                ReviewApi.id(run),
                                begun.path("found").asInt(),
                                begun.path("created").asInt(),
                                run.path("lines").asLong(),
                                run.path("files").asInt()));
        return run;
    }

    /** What is to be copied first is asked for until it is there; the node bounds how long that takes. */
    private JsonNode copied(ReviewApi reviews, JsonNode body) {
        for (int times = 0; ; times++) {
            try {
                return reviews.api().post(ReviewApi.PATH, body);
            } catch (Failure failure) {
                var answer = failure.answer();
                if (answer == null || !answer.path("code").asText().equals(COPYING) || times >= TIMES_MAX) {
                    throw failure;
                }
                shell.terminal().say(answer.path("error").asText());
                Pause.of(AGAIN);
            }
        }
    }

    private int untilEnd(ReviewApi reviews, @Nullable Path directory) {
        var ended = new Following(shell, reviews).await(begin(reviews));
        if (directory == null && !known.needsReport()) {
            print(ended);
            shell.terminal().say(verdict.line(ended));
            return verdict.of(ended).exitCode;
        }
        var report = new ReviewExportCommand.Wanted(
                directory == null ? Path.of(REPORT) : directory, ReportFormat.of(formats), verdict, known.read());
        return ReviewExportCommand.write(shell, reviews, ended, report);
    }

    private void print(JsonNode run) {
        new Printer(shell, show, ReviewCommand.RUN, SteadyClock.system()).printDone(List.of(run));
    }

    private int alone() {
        var directory = report == null ? Path.of(REPORT) : report;
        var settings = new TreeMap<>(place.settings());
        if (wanted.engine != null) {
            settings.put(Alone.SETTINGS + "ENGINE", wanted.engine);
        }
        return Alone.with(shell, SURVEY, settings, api -> untilEnd(new ReviewApi(api), directory));
    }
}
