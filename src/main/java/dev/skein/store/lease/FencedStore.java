package dev.skein.store.lease;

import dev.skein.kernel.Problem;
import dev.skein.store.Dialect;
import dev.skein.store.Store;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The store as one leader may use it in one epoch: every write asks in its own transaction whether the epoch lasts.
 * Thread-safe.
 */
public final class FencedStore implements Store {
    private final Store store;
    private final long epoch;
    private final BooleanSupplier holds;
    private final Consumer<String> doubted;
    private volatile boolean isDoubted;

    /**
     * A view of the store for one epoch.
     *
     * @param holds whether the leader may still believe that it leads; asked before anything is sent
     * @param doubted told why it must not believe so any more, or why its memory may differ from the store; on any
     *     thread
     */
    public FencedStore(Store store, long epoch, BooleanSupplier holds, Consumer<String> doubted) {
        this.store = store;
        this.epoch = epoch;
        this.holds = holds;
        this.doubted = doubted;
    }

    @Override
    public Dialect dialect() {
        return store.dialect();
    }

    /** Fails with {@code no_leader} when the epoch is over; then nothing was changed. */
    @Override
    public <T extends @Nullable Object> Future<T> write(Work<T> transition) {
        if (isDoubted || !holds.getAsBoolean()) {
            return Future.failedFuture(over());
        }
        return store.write(fenced(transition)).onFailure(this::failed);
    }

    private <T extends @Nullable Object> Work<T> fenced(Work<T> transition) {
        return tx -> {
            if (!Lease.lasts(tx, store.dialect(), epoch)) {
                doubt("a later epoch has begun");
                throw over();
            }
            return transition.run(tx);
        };
    }

    private void failed(Throwable cause) {
        var problem = Problem.in(cause);
        if (problem != null && problem.code().equals(UNKNOWN)) {
            doubt("the outcome of a commit is unknown");
        }
    }

    /** From here on nothing is written: it would be computed on what may not be so. */
    private void doubt(String why) {
        isDoubted = true;
        doubted.accept(why);
    }

    private Problem over() {
        return Problem.busy("no_leader", "epoch " + epoch + " of this coordinator is over: nothing was changed");
    }

    @Override
    public <T extends @Nullable Object> Future<T> read(Work<T> query) {
        return store.read(query);
    }

    @Override
    public Session session(Duration deadline) {
        return store.session(deadline);
    }

    @Override
    public Health health() {
        return store.health();
    }

    /** Does nothing: the store outlives the epoch. */
    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
