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
import dev.skein.cli.review.export.ReportWriter;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Pause;
import dev.skein.kernel.SteadyClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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
    /** Refusals that end by themselves: its files are being copied, or are looked at for somebody else. */
    private static final Set<String> PASSING = Set.of("review_copying", "review_running");

    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration PASSING_WITHIN = Duration.ofHours(1);

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
        var directory = report == null && known.needsReport() ? Path.of(REPORT) : report;
        requireRoom(directory);
        if (wait || directory != null) {
            return untilEnd(new Following(shell, reviews, false), advised(begin(reviews)), directory);
        }
        print(advised(begin(reviews)));
        return ExitCode.DONE.number;
    }

    private JsonNode advised(JsonNode run) {
        if (isIncomplete(run)) {
            shell.terminal()
                    .say("review %1$s ended incomplete before; skein review retry %1$s begins anew what was not done"
                            .formatted(ReviewApi.id(run)));
        }
        return run;
    }

    private static boolean isIncomplete(JsonNode run) {
        return run.path("state").asText().equals("incomplete");
    }

    private JsonNode begin(ReviewApi reviews) {
        var begun = asked(reviews, wanted.body(place, reviews));
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

    /** Asks again while something passes; the node bounds how long that takes. */
    private JsonNode asked(ReviewApi reviews, JsonNode body) {
        var clock = SteadyClock.system();
        var until = clock.instant().plus(PASSING_WITHIN);
        for (var said = ""; ; Pause.of(AGAIN)) {
            try {
                return reviews.api().post(ReviewApi.PATH, body);
            } catch (Failure failure) {
                var answer = failure.answer();
                if (answer == null
                        || !PASSING.contains(answer.path("code").asText())
                        || clock.instant().isAfter(until)) {
                    throw failure;
                }
                var error = answer.path("error").asText();
                if (!error.equals(said)) {
                    shell.terminal().say(error);
                    said = error;
                }
            }
        }
    }

    /** Before the review rather than hours later. */
    private static void requireRoom(@Nullable Path directory) {
        if (directory != null) {
            ReportWriter.requireRoom(directory);
        }
    }

    private int untilEnd(Following following, JsonNode begun, @Nullable Path directory) {
        var ended = following.await(begun);
        if (directory == null) {
            print(ended);
            shell.terminal().say(verdict.line(ended));
            return verdict.of(ended).exitCode;
        }
        var wantedReport = new ReviewExportCommand.Wanted(directory, ReportFormat.of(formats), verdict, known.read());
        return ReviewExportCommand.write(shell, following.reviews(), ended, wantedReport);
    }

    private void print(JsonNode run) {
        new Printer(shell, show, ReviewCommand.RUN, SteadyClock.system()).printDone(List.of(run));
    }

    private int alone() {
        var directory = report == null ? Path.of(REPORT) : report;
        requireRoom(directory);
        var settings = new TreeMap<>(place.settings());
        if (wanted.engine != null) {
            settings.put(Alone.SETTINGS + "ENGINE", wanted.engine);
        }
        return Alone.with(shell, SURVEY, settings, api -> {
            var reviews = new ReviewApi(api);
            return untilEnd(new Following(shell, reviews, true), retried(reviews, begin(reviews)), directory);
        });
    }

    /** Nobody else can have what failed before begun anew, since the node is there for this command only. */
    private JsonNode retried(ReviewApi reviews, JsonNode run) {
        if (!isIncomplete(run)) {
            return run;
        }
        var id = ReviewApi.id(run);
        int again = reviews.retry(id, List.of());
        if (again > 0) { // what no engine can look at stays as it is
            shell.terminal().say("%d tasks that were not done before begin anew".formatted(again));
        }
        return reviews.get(id);
    }
}
