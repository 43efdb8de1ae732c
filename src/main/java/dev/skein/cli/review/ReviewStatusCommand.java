package dev.skein.cli.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.show.Format;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.cli.terminal.Pause;
import dev.skein.cli.terminal.Spans;
import dev.skein.kernel.SteadyClock;
import dev.skein.review.progress.StatusText;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How far one is. */
@Command(
        name = "status",
        description = {
            "Show how far a review is: tasks in progress, next and failed, workers, and when it will end.",
            "Watching ends with the review: 0 clean, 1 findings at or above --fail-on, 8 incomplete."
        },
        footer = {"skein review status", "skein review status r-7 --watch --interval 5s", "skein review status -o json"
        })
public final class ReviewStatusCommand implements Callable<Integer> {
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";
    private static final int TRIES_MAX = 60;

    private final Shell shell;
    private final InstantSource clock = InstantSource.system();

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(arity = "0..1", paramLabel = "RUN", description = ReviewCommand.WORD)
    String run = "";

    @Option(
            names = {"-w", "--watch"},
            description = "show it again and again until the review ends")
    boolean watch;

    @Option(names = "--interval", paramLabel = "TIME", description = "pause while watching (default 10s)")
    String interval = "10s";

    @Mixin
    Verdict verdict = new Verdict();

    @Mixin
    ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public ReviewStatusCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var pause = pause();
        verdict.threshold();
        var reviews = new ReviewApi(Api.of(connect, shell));
        var id = reviews.idOf(run);
        var seen = print(reviews, id);
        if (!watch) {
            if (isForPeople() && ReviewApi.hasEnded(seen)) { // all tasks may be done and lines be missing
                shell.terminal().say(verdict.line(seen));
            }
            return 0;
        }
        while (!ReviewApi.hasEnded(seen)) {
            Pause.of(pause);
            seen = Following.patiently(() -> print(reviews, id), TRIES_MAX);
        }
        shell.terminal().say(verdict.line(seen));
        return verdict.of(seen).exitCode;
    }

    /** A bare number counts seconds. */
    private Duration pause() {
        return Spans.parse("--interval", interval.matches("[0-9]+") ? interval + "s" : interval);
    }

    private boolean isForPeople() {
        return !show.quiet && show.fields.isEmpty() && show.format.compareTo(Format.WIDE) <= 0;
    }

    private JsonNode print(ReviewApi reviews, String id) {
        var seen = reviews.get(id);
        var tasks = reviews.tasks(id);
        var page = new StatusPage(seen, tasks, clock.instant());
        if (!isForPeople()) {
            var whole = (ObjectNode) seen.deepCopy();
            page.lists().forEach(whole::set);
            new Printer(shell, show, ReviewCommand.RUN, SteadyClock.system()).print(List.of(whole));
            return seen;
        }
        boolean redraws = watch && shell.terminal().shape().draws();
        shell.terminal().print((redraws ? HOME_AND_CLEAR : "") + StatusText.of(page.status(), ZoneId.systemDefault()));
        return seen;
    }
}
