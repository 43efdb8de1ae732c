package dev.skein.cli.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.child.FreePorts;
import dev.skein.cli.child.LoneNode;
import dev.skein.cli.noun.ConfirmOptions;
import dev.skein.cli.review.export.KnownOptions;
import dev.skein.cli.review.export.ReportFormat;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.kernel.SteadyClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Begins one. */
@Command(
        name = "start",
        description = {
            "Review a directory of the node that is asked.",
            "Where no endpoint is named and none answers, and with --embedded, it starts a node of its own with two",
            "worker processes, waits for the end and writes the report. Waiting ends with 0 for clean, 1 for findings",
            "at or above --fail-on and 8 for incomplete, whatever was found."
        },
        footer = {
            "skein review start .",
            "skein review start /srv/app --engine ollama --persona security-hawk --priority 'src/auth/**=0'",
            "skein review start . --include '*.java' --wait --report report --format sarif,md --fail-on critical"
        })
public final class ReviewStartCommand implements Callable<Integer> {
    private static final Duration SURVEY = Duration.ofMinutes(6);
    private static final String REPORT = "skein-review";
    private static final String SETTINGS = "SKEIN_REVIEW_";
    private static final int WORKERS = 2;

    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(index = "0", paramLabel = "ROOT", description = "directory; a relative one is taken from here")
    String root = "";

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
        wanted.check();
        verdict.threshold();
        known.read();
        ReportFormat.of(formats);
        var api = Api.of(connect, shell);
        if (embedded || isAlone(api)) {
            return alone();
        }
        ConfirmOptions.inContext(shell, api, confirm, "review " + root);
        var reviews = new ReviewApi(api.patient(SURVEY));
        return wait || report != null || known.needsReport() ? untilEnd(reviews, report) : begun(reviews);
    }

    private static boolean isAlone(Api api) {
        if (!api.target().isDefault()) {
            return false;
        }
        try {
            api.get("//health");
            return false;
        } catch (Failure failure) {
            return failure.exit() == ExitCode.UNAVAILABLE && failure.answer() == null;
        }
    }

    private int begun(ReviewApi reviews) {
        print(begin(reviews));
        return ExitCode.DONE.number;
    }

    private JsonNode begin(ReviewApi reviews) {
        var absolute = Path.of("").toAbsolutePath().resolve(root).normalize().toString();
        var begun = reviews.api().post(ReviewApi.PATH, wanted.body(absolute, reviews));
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
        shell.terminal().say("starting a node of its own with " + WORKERS + " worker processes");
        try (var node =
                LoneNode.start(cache(shell.environment()), new FreePorts(shell.terminal()), WORKERS, settings())) {
            var api = Api.at(node.target(), shell, SURVEY);
            node.awaitReady(() -> isReady(api));
            return untilEnd(new ReviewApi(api), directory);
        }
    }

    /** What the environment says about reviews holds for a node of its own, too. */
    private Map<String, String> settings() {
        var settings = new TreeMap<String, String>();
        shell.environment().forEach((name, value) -> {
            if (name.startsWith(SETTINGS)) {
                settings.put(name, value);
            }
        });
        if (wanted.engine != null) {
            settings.put(SETTINGS + "ENGINE", wanted.engine);
        }
        return settings;
    }

    private static boolean isReady(Api api) {
        try {
            api.get("//ready");
            return api.all("/workers", "workers").stream()
                            .filter(worker -> worker.path("status").asText().equals("ready"))
                            .count()
                    >= WORKERS;
        } catch (Failure notYet) {
            return false;
        }
    }

    private static Path cache(Map<String, String> environment) {
        var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        var base = environment.getOrDefault("XDG_CACHE_HOME", "");
        return (base.isEmpty() ? Path.of(home, ".cache") : Path.of(base)).resolve("skein/review");
    }
}
