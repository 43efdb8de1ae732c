package dev.skein.review.ledger.work;

import dev.skein.git.Upstream;
import dev.skein.git.exchange.Mirror;
import dev.skein.git.exchange.Mirror.Source;
import dev.skein.kernel.SteadyClock;
import dev.skein.review.finding.Tally;
import dev.skein.review.ledger.Bootstrap.Wish;
import dev.skein.review.ledger.claim.Board;
import dev.skein.review.ledger.claim.ClaimTerms;
import dev.skein.review.ledger.work.Reviewer.By;
import dev.skein.review.ledger.work.Reviewer.Opinion;
import dev.skein.review.scope.Wanted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** One clone of a repository whose ledger is worked at. */
public final class TestSite implements AutoCloseable {
    public final Mirror mirror;
    public final Board board;
    public final UnitFinder finder;

    public TestSite(Path directory, String url, Duration lease) {
        this(directory, url, ClaimTerms.DEFAULTS.lasting(lease));
    }

    public TestSite(Path directory, String url, ClaimTerms terms) {
        var source = new Source(url, "main", Board.CLAIMS, null);
        mirror = Mirror.open(directory, source);
        board = new Board(mirror, source, terms, InstantSource.system(), SteadyClock.system());
        finder = new UnitFinder(mirror);
    }

    /** A repository with so many directories of one file. */
    public static void fill(Upstream upstream, int directories) throws Exception {
        for (int i = 0; i < directories; i++) {
            var file = upstream.work().resolve("src/d%03d/A%d.java".formatted(i, i));
            Files.createDirectories(file.getParent());
            Files.writeString(file, "class A%d {\n}\n".formatted(i));
        }
        upstream.commit("README.md", "# A project\n");
    }

    public LedgerInit.Done init() {
        return new LedgerInit(board, finder).make(Wanted.DEFAULTS, Wish.NOTHING_MORE);
    }

    public LedgerWorker worker(String name, int tasksMax, Reviewer reviewer) {
        var terms =
                new WorkTerms(name, tasksMax, Duration.ofSeconds(60), Duration.ofMillis(50), Duration.ofMillis(400));
        return worker(terms, reviewer);
    }

    public LedgerWorker worker(WorkTerms terms, Reviewer reviewer) {
        return new LedgerWorker(
                new LedgerWorker.Parts(board, finder, reviewer, WorkEvents.NONE, SteadyClock.system()), terms);
    }

    /** Finds nothing in all of it. */
    public static Opinion nothing(Reviewer.Order order) {
        long lines = order.unit().lines();
        return new Opinion(new By("none", "", "f"), "", lines, lines, Tally.NONE, List.of(), List.of(), List.of());
    }

    @Override
    public void close() {
        mirror.close();
    }
}
