package dev.skein.coordinator.ledger;

import dev.skein.coordinator.state.ClusterState;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The committed state and the working state ahead of it.
 *
 * <p>A step is computed at once on the working state. While one commit is under way, later steps gather and become the
 * next one. When a commit fails, everything computed on top of it fails too and the working state falls back to the
 * committed one; nothing was shown, so nothing has to be undone. Confined to one event loop.
 */
public final class Ledger {
    /** Hears of every commit, before those who asked for it do. */
    @FunctionalInterface
    public interface Listener {
        void committed(ClusterState before, ClusterState after);
    }

    private final Journal journal;
    private final List<Listener> listeners = new ArrayList<>();
    private ClusterState committed;
    private ClusterState working;
    private Batch next = new Batch();
    private boolean writing;

    public Ledger(Journal journal, ClusterState committed) {
        this.journal = journal;
        this.committed = committed;
        this.working = committed;
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** What is true: read it, show it, act on it. */
    public ClusterState committed() {
        return committed;
    }

    /** What will be true unless a commit fails: compute on it. */
    public ClusterState working() {
        return working;
    }

    /**
     * Computes a transition now and commits it with whatever else waits.
     *
     * @param step pure; refuses by throwing a {@link Problem}
     * @return the step's result after the commit
     */
    public <T extends @Nullable Object> Future<T> step(Function<ClusterState, Stepped<T>> step) {
        try {
            var stepped = step.apply(working);
            working = stepped.state();
            var future = next.add(stepped);
            flush();
            return future;
        } catch (Problem refused) {
            return Future.failedFuture(refused);
        }
    }

    private void flush() {
        if (writing || next.isEmpty()) {
            return;
        }
        var batch = next;
        var target = working;
        next = new Batch();
        if (target == committed && batch.audits.isEmpty()) {
            batch.complete();
            return;
        }
        writing = true;
        journal.write(committed, target, batch.audits)
                .onSuccess(done -> succeeded(batch, target))
                .onFailure(cause -> failed(batch, cause));
    }

    private void succeeded(Batch batch, ClusterState target) {
        var before = committed;
        committed = target;
        writing = false;
        listeners.forEach(listener -> listener.committed(before, target));
        batch.complete();
        flush();
    }

    private void failed(Batch batch, Throwable cause) {
        var onTop = next;
        next = new Batch();
        working = committed;
        writing = false;
        batch.fail(cause);
        onTop.fail(cause);
        flush();
    }

    /** Steps that share a commit. */
    private static final class Batch {
        private final List<Audit> audits = new ArrayList<>();
        private final List<Runnable> completions = new ArrayList<>();
        private final List<Promise<?>> promises = new ArrayList<>();

        <T extends @Nullable Object> Future<T> add(Stepped<T> stepped) {
            Promise<T> promise = Promise.promise();
            audits.addAll(stepped.audits());
            completions.add(() -> promise.complete(stepped.result()));
            promises.add(promise);
            return promise.future();
        }

        boolean isEmpty() {
            return promises.isEmpty();
        }

        void complete() {
            completions.forEach(Runnable::run);
        }

        void fail(Throwable cause) {
            promises.forEach(promise -> promise.fail(cause));
        }
    }
}
