package dev.skein.router.review;

import dev.skein.bus.Bus;
import dev.skein.kernel.Problem;
import dev.skein.review.run.ReviewParts;
import dev.skein.review.run.ReviewParts.Read;
import dev.skein.review.run.ReviewParts.Stretch;
import dev.skein.review.run.Reviews;
import dev.skein.review.scope.SourceReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files of runs of this node, a stretch at a time. Confined to an event loop but for what it reads. */
final class SentFiles {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int ROOTS_MAX = 1_000;

    private final Vertx vertx;
    private final Bus bus;
    private final Map<String, String> roots = new LinkedHashMap<>(); // by run

    SentFiles(Vertx vertx, Bus bus) {
        this.vertx = vertx;
        this.bus = bus;
    }

    Future<Stretch> read(Read ask) {
        return root(ask.run()).compose(root -> {
            if (!root.equals(ask.root())) {
                return Future.failedFuture(RootFiles.gone(ask.path()));
            }
            return vertx.executeBlocking(() -> stretch(Path.of(root), ask), false);
        });
    }

    /** Of a run of this node; what a run's root is never changes. */
    private Future<String> root(String run) {
        var known = roots.get(run);
        if (known != null) {
            return Future.succeededFuture(known);
        }
        return bus.ask(Reviews.GET, new Reviews.Get(run), DEADLINE).map(view -> {
            if (!view.node().equals(bus.here().node())) {
                throw Problem.notFound("file_gone", "the directory of this review is on " + view.node());
            }
            if (roots.size() >= ROOTS_MAX) {
                roots.remove(roots.keySet().iterator().next());
            }
            roots.put(run, view.root());
            return view.root();
        });
    }

    private static Stretch stretch(Path root, Read ask) {
        var bytes = RootFiles.read(root, ask.path());
        if (!SourceReader.hash(bytes).equals(ask.hash())) {
            throw Problem.conflict("file_changed", ask.path() + " is not as it was when the review began");
        }
        int from = (int) Math.max(0, Math.min(ask.offset(), bytes.length));
        int to = Math.min(bytes.length, from + ReviewParts.BYTES_MAX);
        return new Stretch(Arrays.copyOfRange(bytes, from, to), to == bytes.length);
    }
}
