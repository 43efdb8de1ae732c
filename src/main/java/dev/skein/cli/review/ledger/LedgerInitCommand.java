package dev.skein.cli.review.ledger;

import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.terminal.Clean;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.git.exchange.Origin;
import dev.skein.review.ledger.Bootstrap.Wish;
import dev.skein.review.ledger.claim.ClaimTerms;
import dev.skein.review.ledger.work.LedgerInit;
import dev.skein.review.scope.Skipped.Reason;
import dev.skein.review.scope.Wanted;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the tasks. */
@Command(
        name = "init",
        description = {
            "Make a task for each directory with files to review, as the branch has them, and push the ledger.",
            "Done again it adds what is new, closes what is gone and changes nothing else."
        },
        footer = {
            "skein review ledger init",
            "skein review ledger init --include '*.java' --again failed,changed",
            "skein review ledger init --deduplicate"
        })
public final class LedgerInitCommand implements Callable<Integer> {
    private static final Set<String> AGAIN = Set.of("failed", "changed");

    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Mixin
    LedgerOptions ledger = new LedgerOptions();

    @Option(names = "--include", paramLabel = "PATTERN", description = "only such files; may be given several times")
    List<String> include = List.of();

    @Option(names = "--exclude", paramLabel = "PATTERN", description = "not such files; may be given several times")
    List<String> exclude = List.of();

    @Option(names = "--max-depth", paramLabel = "N", description = "directories below the root (default 0: all)")
    int maxDepth;

    @Option(
            names = "--again",
            split = ",",
            paramLabel = "WHICH",
            description =
                    "do tasks once more: failed, those that failed, are stuck or were closed without a review; changed,"
                            + " those whose files changed")
    List<String> again = List.of();

    @Option(
            names = {"--deduplicate", "--dedup"},
            description = "only close tasks that are there twice")
    boolean deduplicate;

    public LedgerInitCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (maxDepth < 0) {
            throw Failure.usage("--max-depth must be 0 or more, got " + maxDepth);
        }
        again.stream().filter(word -> !AGAIN.contains(word)).findFirst().ifPresent(word -> {
            throw Failure.usage("--again takes failed and changed, got " + Clean.line(word));
        });
        var origin = ledger.origin();
        try (var site = LedgerSite.open(ledger.source(origin, ledger.settings(shell)), ClaimTerms.DEFAULTS)) {
            var init = new LedgerInit(site.board, site.finder);
            if (deduplicate) {
                shell.terminal().say(init.deduplicate() + " tasks were there twice and are closed");
                return ExitCode.DONE.number;
            }
            var wanted = maxDepth > 0 ? Wanted.DEFAULTS.to(maxDepth) : Wanted.DEFAULTS;
            var wish = new Wish(again.contains("changed"), again.contains("failed"), include, exclude);
            tell(origin, init.make(wanted, wish));
        }
        return ExitCode.DONE.number;
    }

    private void tell(Origin origin, LedgerInit.Done done) {
        var made = done.made();
        var counts = done.scope().counts();
        var terminal = shell.terminal();
        terminal.say("ledger of %s, branch %s".formatted(Clean.line(origin.shown()), Clean.line(origin.branch())));
        terminal.say("%d tasks found, %d created, %d again, %d closed because they are gone, %d because they were twice"
                .formatted(made.found(), made.created(), made.reopened(), made.vanished(), made.duplicates()));
        terminal.say("%d lines in %d files; %d entries skipped"
                .formatted(
                        counts.lines(),
                        counts.files(),
                        counts.skipped().values().stream()
                                .mapToInt(each -> each)
                                .sum()));
        if (counts.skipped(Reason.TOO_DEEP) > 0) {
            terminal.say(counts.skipped(Reason.TOO_DEEP) + " directories are deeper than --max-depth");
        }
        LedgerStatusCommand.faults(shell, made.ledger());
        if (!origin.commit().isEmpty() && !origin.commit().equals(done.head())) {
            terminal.say("this clone is at another commit than what is reviewed, %s"
                    .formatted(done.head().substring(0, 10)));
        }
    }
}
