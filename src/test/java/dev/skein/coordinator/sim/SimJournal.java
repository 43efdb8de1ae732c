package dev.skein.coordinator.sim;

import dev.skein.coordinator.ledger.Journal;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import io.vertx.core.Promise;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A store that may be slow or full, and that keeps what was committed when everything around it dies. */
final class SimJournal {
    private final Consumer<Runnable> later;
    private final BiConsumer<ClusterState, ClusterState> committed;
    private ClusterState durable = ClusterState.EMPTY;
    private int life;
    private boolean full;

    SimJournal(Consumer<Runnable> later, BiConsumer<ClusterState, ClusterState> committed) {
        this.later = later;
        this.committed = committed;
    }

    ClusterState durable() {
        return durable;
    }

    void full(boolean nowFull) {
        full = nowFull;
    }

    /**
     * What a new process writes to. Writes of earlier ones that are still under way are lost, as if those had died
     * before they reached the disk.
     */
    Journal open() {
        int mine = ++life;
        return (before, after, audits) -> {
            Promise<Void> promise = Promise.promise();
            later.accept(() -> {
                if (mine == life) {
                    finish(after, promise);
                }
            });
            return promise.future();
        };
    }

    private void finish(ClusterState after, Promise<Void> promise) {
        if (full) {
            promise.fail(new Problem(Kind.STORAGE_FULL, "full"));
            return;
        }
        committed.accept(durable, after);
        durable = after;
        promise.complete();
    }
}
