package dev.skein.bus;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets each other node have so many questions in progress at once, so that one that asks without end leaves room for
 * the rest. This node itself has no limit. Thread-safe; what it counts must end by itself, as by a deadline.
 */
public final class Turns {
    private final Bus bus;
    private final int eachMax;
    private final Map<NodeAddress, Integer> inProgress = new ConcurrentHashMap<>();

    /** @param eachMax questions of one life of a node */
    public Turns(Bus bus, int eachMax) {
        this.bus = bus;
        this.eachMax = eachMax;
    }

    /** As {@link Bus#serveHere}; one question too many fails with 429 {@code too_many_questions}. */
    public <Q extends Record, R extends Record> Future<?> serveHere(
            Endpoint<Q, R> endpoint, Function<Q, Future<R>> handler) {
        return bus.serveAsker(true, endpoint, (asker, question) -> take(asker, () -> handler.apply(question)))
                .completion();
    }

    /** Does what somebody asks for, when it is its turn. */
    public <R> Future<R> take(@Nullable NodeAddress asker, Supplier<Future<R>> work) {
        if (asker == null) {
            return work.get();
        }
        if (inProgress.merge(asker, 1, Integer::sum) > eachMax) {
            done(asker);
            return Future.failedFuture(new Problem(
                    Kind.LIMITED,
                    "too_many_questions",
                    "a node has at most %d questions in progress here".formatted(eachMax),
                    List.of()));
        }
        return Future.succeededFuture().compose(turn -> work.get()).onComplete(done -> done(asker));
    }

    private void done(NodeAddress asker) {
        inProgress.computeIfPresent(asker, (life, count) -> count == 1 ? null : count - 1);
    }
}
