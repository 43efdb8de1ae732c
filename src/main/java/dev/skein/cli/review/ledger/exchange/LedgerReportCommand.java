package dev.skein.cli.review.ledger.exchange;

import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.review.Verdict;
import dev.skein.cli.review.export.KnownOptions;
import dev.skein.cli.review.export.ReportOptions;
import dev.skein.cli.review.export.ReportWriter;
import dev.skein.cli.review.ledger.LedgerOptions;
import dev.skein.cli.review.ledger.LedgerSite;
import dev.skein.cli.review.ledger.LedgerStatusCommand;
import dev.skein.cli.terminal.Clean;
import dev.skein.review.ledger.claim.ClaimTerms;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes what a ledger's tasks found for other tools. */
@Command(
        name = "report",
        description = {
            "Write what the tasks of the ledger found, as the remote has it: the files of skein review export.",
            "One format may go to standard output. Exit 0 clean, 1 findings at or above --fail-on, 8 incomplete."
        },
        footer = {
            "skein review ledger report --to report",
            "skein review ledger report --format sarif > review.sarif",
            "skein review ledger report --to report --baseline main/findings.jsonl"
        })
public final class LedgerReportCommand implements Callable<Integer> {
    private static final int NAME_MAX = 12; // of the commit

    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Mixin
    LedgerOptions ledger = new LedgerOptions();

    @Mixin
    ReportOptions report = new ReportOptions();

    @Mixin
    Verdict verdict = new Verdict();

    @Mixin
    KnownOptions known = new KnownOptions();

    public LedgerReportCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var chosen = report.chosen("skein review ledger report --to report");
        var threshold = verdict.threshold();
        var before = known.read();
        var source = ledger.source(ledger.origin(), ledger.settings(shell));
        try (var site = LedgerSite.open(source, ClaimTerms.DEFAULTS)) {
            var view = site.board.look();
            LedgerStatusCommand.faults(shell, view.ledger());
            var name = "ledger-"
                    + view.head().substring(0, Math.min(NAME_MAX, view.head().length()));
            var writer = new ReportWriter(LedgerReviewed.of(site, view, name), threshold, before);
            var drift = Drift.of(site.finder, view);
            if (drift.isAny()) {
                shell.terminal().say(drift.sentence());
            }
            var to = report.directory();
            if (to == null) {
                return ReportOptions.print(shell, writer, chosen);
            }
            var written = writer.write(to, chosen);
            written.files().forEach(file -> shell.terminal().printLine(file.toString()));
            var outcome = written.outcome();
            var which = "ledger of %s, branch %s".formatted(source.shown(), source.branch());
            shell.terminal().say(Clean.line(which) + ": " + outcome.name().toLowerCase(Locale.ROOT));
            return outcome.exitCode;
        }
    }
}
