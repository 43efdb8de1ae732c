package dev.skein.router.review;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.cluster.Membership;
import dev.skein.index.source.SourceText;
import dev.skein.kernel.Problem;
import dev.skein.review.run.ReviewDetails;
import dev.skein.review.run.ReviewDetails.Excerpt;
import dev.skein.review.run.ReviewDetails.ExcerptAsk;
import dev.skein.review.run.ReviewDetails.FileAsk;
import dev.skein.review.run.ReviewDetails.FileFound;
import dev.skein.review.scope.SourceReader;
import dev.skein.review.text.TextLines;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;

/** Some lines of files that a run reviews, from the node that has them. Thread-safe. */
final class Excerpts {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Bus bus;
    private final Membership membership;

    Excerpts(Vertx vertx, Bus bus, Membership membership) {
        this.vertx = vertx;
        this.bus = bus;
        this.membership = membership;
    }

    /** The leader knows which files are reviewed; whoever asks does not have to be believed. */
    Future<Excerpt> excerpt(ExcerptAsk ask) {
        return bus.ask(ReviewDetails.FILE, new FileAsk(ask.run(), ask.path()), DEADLINE)
                .compose(file -> file.node().equals(bus.here().node())
                        ? vertx.executeBlocking(() -> read(file, ask), false)
                        : bus.askAt(router(file.node()), ReviewDetails.EXCERPT, ask, DEADLINE));
    }

    private NodeAddress router(String node) {
        return membership
                .life(node)
                .orElseThrow(
                        () -> Problem.busy("review_node_away", "node " + node + ", which has the files, is not there"));
    }

    private static Excerpt read(FileFound file, ExcerptAsk ask) {
        var bytes = RootFiles.read(Path.of(file.root()), ask.path());
        boolean hasChanged = !SourceReader.hash(bytes).equals(file.hash());
        var decoded = SourceText.of(bytes);
        if (decoded.fault() != SourceText.Fault.NONE) {
            throw Problem.notFound("file_gone", ask.path() + " is no text any more");
        }
        return lines(new TextLines(decoded.text()), ask, hasChanged);
    }

    private static Excerpt lines(TextLines text, ExcerptAsk ask, boolean hasChanged) {
        int total = text.count();
        int around = Math.max(0, Math.min(ask.around(), ReviewDetails.AROUND_MAX));
        long last = Math.min(total, (long) Math.max(ask.first(), ask.last()) + around);
        int first = (int) Math.max(1, Math.min(last, (long) ask.first() - around));
        boolean isCut = last - first >= ReviewDetails.LINES_MAX;
        var lines = new ArrayList<String>();
        for (int i = first; i <= last && lines.size() < ReviewDetails.LINES_MAX; i++) {
            var line = text.line(i);
            boolean isLong = line.length() > ReviewDetails.LINE_MAX;
            isCut |= isLong;
            lines.add(isLong ? line.substring(0, ReviewDetails.LINE_MAX) : line);
        }
        return new Excerpt(first, lines, total, hasChanged, isCut);
    }
}
