package dev.skein.worker.review;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.cluster.Membership;
import dev.skein.index.source.SourceText;
import dev.skein.kernel.Problem;
import dev.skein.review.Gap;
import dev.skein.review.Lines;
import dev.skein.review.SourceFile;
import dev.skein.review.run.ReviewParts;
import dev.skein.review.run.ReviewParts.Read;
import dev.skein.review.run.ReviewParts.TaskOrder;
import dev.skein.review.scope.ScopedFile;
import dev.skein.review.scope.SourceReader;
import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files of a task as they were when its run began: from this machine where they are here, else from the router. */
final class Sources {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** What the same attempt need not ask for again: another begins once somebody wants the task anew. */
    private static final Set<String> CHANGED = Set.of("file_gone", "file_changed");

    private final Bus bus;
    private final Membership membership;

    Sources(Bus bus, Membership membership) {
        this.bus = bus;
        this.membership = membership;
    }

    /** @param gaps files that are not as they were */
    record Found(List<SourceFile> files, List<Gap> gaps) {}

    /** In the order of the task's files, one after the other. Reads on the calling thread as far as it can. */
    Future<Found> of(TaskOrder order) {
        var found = new Found(new ArrayList<>(), new ArrayList<>());
        Future<?> last = Future.succeededFuture();
        for (var file : order.unit().files()) {
            var local = SourceReader.open(Path.of(order.root()), file);
            last = local.isPresent()
                    ? last.onSuccess(done -> found.files.add(local.get()))
                    : last.compose(done -> remote(order, file, found));
        }
        return last.map(found);
    }

    private Future<?> remote(TaskOrder order, ScopedFile file, Found found) {
        return read(order, file, new ByteArrayOutputStream())
                .onSuccess(bytes -> found.files.add(source(file, bytes)))
                .recover(cause -> {
                    var problem = Problem.in(cause);
                    if (problem == null || !CHANGED.contains(problem.code())) {
                        return Future.failedFuture(cause);
                    }
                    var all = new Lines(1, file.lines());
                    found.gaps.add(new Gap(file.path(), all, Gap.Reason.CHANGED, problem.sentence()));
                    return Future.succeededFuture(new byte[0]);
                });
    }

    private static SourceFile source(ScopedFile file, byte[] bytes) {
        var text = SourceText.of(bytes).text();
        return new SourceFile(file.path(), file.language(), text, file.hash(), file.lines());
    }

    private Future<byte[]> read(TaskOrder order, ScopedFile file, ByteArrayOutputStream read) {
        var ask = new Read(order.run(), order.root(), file.path(), file.hash(), read.size());
        return bus.askAt(router(order.node()), ReviewParts.READ, ask, DEADLINE).compose(stretch -> {
            read.writeBytes(stretch.content());
            if (!stretch.isLast() && read.size() < file.bytes()) {
                return read(order, file, read);
            }
            var bytes = read.toByteArray();
            return SourceReader.hash(bytes).equals(file.hash())
                    ? Future.succeededFuture(bytes)
                    : Future.failedFuture(Problem.conflict("file_changed", file.path() + " arrived with other bytes"));
        });
    }

    private NodeAddress router(String node) {
        return membership
                .life(node)
                .orElseThrow(
                        () -> Problem.busy("review_node_away", "node " + node + ", which has the files, is not there"));
    }
}
