package dev.skein.cli.review.ledger.exchange;

import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.review.ReviewApi;
import dev.skein.cli.review.ledger.LedgerOptions;
import dev.skein.cli.review.ledger.LedgerSite;
import dev.skein.cli.terminal.Clean;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.review.ledger.claim.Change;
import dev.skein.review.ledger.claim.ClaimTerms;
import dev.skein.review.ledger.exchange.Outgoing;
import dev.skein.review.ledger.exchange.Outgoing.Made;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A run of the cluster becomes tasks of a ledger. */
@Command(
        name = "export",
        description = {
            "Write the tasks of a review of the cluster, with what they found, into the ledger of a repository.",
            "It is one commit; workers of the ledger can go on with what is open. Done again it changes nothing."
        },
        footer = {"skein review ledger export", "skein review ledger export run-7 --repo ~/src/app"})
public final class LedgerExportCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "id, name, or the beginning of an id; left out, the newest")
    String run = "";

    @Mixin
    LedgerOptions ledger = new LedgerOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public LedgerExportCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var source = ledger.source(ledger.origin(), ledger.settings(shell));
        var reviews = new ReviewApi(Api.of(connect, shell));
        var told = ClusterRun.of(reviews, reviews.find(run));
        try (var site = LedgerSite.open(source, ClaimTerms.DEFAULTS)) {
            var made = new AtomicReference<Made>();
            var target = new ExportTarget(site, told);
            site.board.change(view -> {
                var tasks = target.tasks(view);
                made.set(Outgoing.of(view, told.run(), tasks, site.board.wall().instant()));
                return change(Objects.requireNonNull(made.get()));
            });
            tell(told, Objects.requireNonNull(made.get()), source.shown() + ", branch " + source.branch());
            if (target.left() > 0) {
                shell.terminal().say(target.left() + " tasks are left out: the branch has nothing to review there");
            }
        }
        return ExitCode.DONE.number;
    }

    private static Optional<Change> change(Made made) {
        return made.isChange() ? Optional.of(made.change()) : Optional.empty();
    }

    private void tell(ClusterRun told, Made made, String where) {
        shell.terminal()
                .say("review %s: %d tasks; %d lines created, %d done, %d failed, %d with another priority; %s"
                        .formatted(
                                Clean.line(told.run().id()),
                                told.tasks().size(),
                                made.created(),
                                made.completed(),
                                made.failed(),
                                made.ranked(),
                                made.isChange() ? "pushed to " + Clean.line(where) : "nothing to change"));
    }
}
