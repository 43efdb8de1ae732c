package dev.skein.cli.review.ledger;

import dev.skein.cli.HelpFlag;
import dev.skein.cli.review.ledger.exchange.LedgerExportCommand;
import dev.skein.cli.review.ledger.exchange.LedgerImportCommand;
import dev.skein.cli.review.ledger.exchange.LedgerReportCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tasks of a review that live in the repository. */
@Command(
        name = "ledger",
        description = {
            "Review a git repository without a cluster, by workers of any clone.",
            "Its tasks are lines of .beads/issues.jsonl on the branch; workers claim them by refs of the remote and",
            "push what they found. No checkout is touched."
        },
        subcommands = {
            LedgerInitCommand.class,
            LedgerWorkCommand.class,
            LedgerStatusCommand.class,
            LedgerMergeCommand.class,
            LedgerReportCommand.class,
            LedgerExportCommand.class,
            LedgerImportCommand.class
        })
public final class LedgerCommand {
    @Mixin
    HelpFlag help = new HelpFlag();
}
