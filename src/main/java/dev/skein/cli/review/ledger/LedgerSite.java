package dev.skein.cli.review.ledger;

import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.git.exchange.Mirror;
import dev.skein.git.exchange.Mirror.Source;
import dev.skein.kernel.SteadyClock;
import dev.skein.kernel.Trees;
import dev.skein.review.ledger.claim.Board;
import dev.skein.review.ledger.claim.ClaimTerms;
import dev.skein.review.ledger.work.UnitFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** A copy of the repository for one command, in a directory of its own that goes with it. */
public final class LedgerSite implements AutoCloseable {
    final SteadyClock steady = SteadyClock.system();
    public final Mirror mirror;
    public final Board board;
    public final UnitFinder finder;
    private final Path directory;

    private LedgerSite(Path directory, Source source, ClaimTerms terms) {
        this.directory = directory;
        this.mirror = Mirror.open(directory.resolve("copy"), source);
        this.board = new Board(mirror, source, terms, InstantSource.system(), steady);
        this.finder = new UnitFinder(mirror);
    }

    public static LedgerSite open(Source source, ClaimTerms terms) {
        try {
            return new LedgerSite(Files.createTempDirectory("skein-ledger-"), source, terms);
        } catch (IOException e) {
            throw Failure.of(ExitCode.FAILED, "there is no place for a copy of the repository")
                    .because(e.toString());
        }
    }

    @Override
    public void close() {
        mirror.close();
        try {
            Trees.delete(directory);
        } catch (IOException stays) {
            // somebody still writes; it is below the system's temporary files
        }
    }
}
