package dev.skein.cli.review.ledger;

import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.terminal.Clean;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.review.ledger.LedgerFile;
import dev.skein.review.ledger.LedgerMerge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What git calls to merge two ledgers. */
@Command(
        name = "merge",
        description = {
            "Merge two versions of a ledger record by record, as a merge driver of git; the result replaces OURS.",
            "No record, field or line is lost, so it never leaves a conflict."
        },
        footer = {"skein review ledger merge base.jsonl ours.jsonl theirs.jsonl"})
public final class LedgerMergeCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(index = "0", paramLabel = "BASE", description = "what both come from")
    Path base = Path.of("");

    @Parameters(index = "1", paramLabel = "OURS", description = "one side, and the place of the result")
    Path ours = Path.of("");

    @Parameters(index = "2", paramLabel = "THEIRS", description = "the other side")
    Path theirs = Path.of("");

    public LedgerMergeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        for (var file : List.of(base, ours, theirs)) {
            if (!Files.exists(file)) { // none is not an empty one: its records would count as taken away
                throw Failure.of(ExitCode.NOT_FOUND, "there is no file " + Clean.line(file.toString()));
            }
        }
        try {
            var merged = LedgerMerge.merge(LedgerFile.read(base), LedgerFile.read(ours), LedgerFile.read(theirs));
            LedgerFile.write(ours, merged);
            merged.faults().forEach(fault -> shell.terminal().say(Clean.line(fault.sentence())));
            return ExitCode.DONE.number;
        } catch (IOException e) {
            throw Failure.of(ExitCode.FAILED, "the ledgers cannot be merged").because(e.toString());
        }
    }
}
