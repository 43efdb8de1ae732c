package dev.skein.cli.review.ledger;

import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.review.Verdict;
import dev.skein.cli.show.Column;
import dev.skein.cli.show.Format;
import dev.skein.cli.show.Kind;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.cli.terminal.Clean;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Pause;
import dev.skein.cli.terminal.Spans;
import dev.skein.review.ledger.Ledger;
import dev.skein.review.ledger.claim.ClaimTerms;
import dev.skein.review.ledger.status.LedgerStatus;
import dev.skein.review.progress.StatusText;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How far it is. */
@Command(
        name = "status",
        description = {
            "Show how far the tasks of the ledger are, as the remote has them; it changes nothing.",
            "Watching ends with the last task: 0 clean, 1 findings at or above --fail-on, 8 incomplete."
        },
        footer = {"skein review ledger status", "skein review ledger status --watch --interval 5s"})
public final class LedgerStatusCommand implements Callable<Integer> {
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";
    private static final int FAULTS_MAX = 20;
    private static final StatusText.Hints HINTS = new StatusText.Hints(
            "skein review ledger init",
            "the files of .beads/skein on the branch",
            "skein review ledger init --again failed");
    private static final Kind KIND = new Kind(
            "ledgers",
            "ledger",
            List.of(
                    Column.of("LEDGER", "ledger", Column.Form.TEXT),
                    Column.of("TOTAL", "total", Column.Form.NUMBER),
                    Column.of("DONE", "completed", Column.Form.NUMBER),
                    Column.of("FAILED", "failed", Column.Form.NUMBER)));

    private final Shell shell;
    private final InstantSource clock = InstantSource.system();

    @Mixin
    HelpFlag help = new HelpFlag();

    @Mixin
    LedgerOptions ledger = new LedgerOptions();

    @Option(
            names = {"-w", "--watch"},
            description = "show it again and again until the last task ended")
    boolean watch;

    @Option(names = "--interval", paramLabel = "TIME", description = "pause while watching (default 10s)")
    String interval = "10s";

    @Mixin
    Verdict verdict = new Verdict();

    @Mixin
    ShowOptions show = new ShowOptions();

    public LedgerStatusCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var pause = Spans.parse("--interval", interval.matches("[0-9]+") ? interval + "s" : interval);
        var threshold = verdict.threshold();
        var source = ledger.source(ledger.origin(), ledger.settings(shell));
        try (var site = LedgerSite.open(source, ClaimTerms.DEFAULTS)) {
            var name = Clean.line(source.shown() + " " + source.branch());
            var seen = print(site, name);
            if (!watch) {
                return ExitCode.DONE.number;
            }
            while (!seen.hasEnded()) {
                Pause.of(pause);
                seen = print(site, name);
            }
            return seen.outcome(threshold).exitCode;
        }
    }

    private LedgerStatus print(LedgerSite site, String name) {
        var view = site.board.look();
        var seen = new LedgerStatus(view, clock.instant());
        var status = seen.status("ledger", name);
        if (show.quiet || !show.fields.isEmpty() || show.format.compareTo(Format.WIDE) > 0) {
            new Printer(shell, show, KIND, clock).print(List.of(LedgerJson.of(status, seen)));
            return seen;
        }
        boolean redraws = watch && shell.terminal().shape().draws();
        var text = StatusText.of(status, ZoneId.systemDefault(), HINTS);
        shell.terminal().print((redraws ? HOME_AND_CLEAR : "") + text);
        faults(shell, view.ledger());
        return seen;
    }

    /** Says which lines of a ledger are not as they should be. */
    public static void faults(Shell shell, Ledger ledger) {
        var faults = ledger.faults();
        faults.stream().limit(FAULTS_MAX).forEach(fault -> shell.terminal().say(Clean.line(fault.sentence())));
        if (faults.size() > FAULTS_MAX) {
            shell.terminal().say("... and " + (faults.size() - FAULTS_MAX) + " more lines with faults");
        }
    }
}
