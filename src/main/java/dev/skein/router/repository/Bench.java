package dev.skein.router.repository;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Where work is done that blocks, and how long anybody waits for it. */
public final class Bench implements AutoCloseable {
    private static final int AT_ONCE = 2; // copies being made; others wait
    private static final int WARN_HOURS = 12; // git.deadline is what bounds them
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final InstantSource steady;
    private final WorkerExecutor pool;

    public Bench(Vertx vertx, InstantSource steady) {
        this.vertx = vertx;
        this.steady = steady;
        this.pool = vertx.createSharedWorkerExecutor("skein-git", AT_ONCE, WARN_HOURS, TimeUnit.HOURS);
    }

    public long millis() {
        return steady.millis();
    }

    /** Reads a little of the disk. */
    public <T> Future<T> look(Callable<T> work) {
        return vertx.executeBlocking(work, false);
    }

    /** Copies, when it is its turn. */
    public <T> Future<T> copy(Callable<T> work) {
        return pool.executeBlocking(work, false);
    }

    /**
     * The result of work if it ends soon, and what is so far otherwise.
     *
     * @param told called after a failure that somebody is told of
     */
    <T> Future<T> soon(Future<T> work, Supplier<T> otherwise, Runnable told) {
        Promise<T> first = Promise.promise();
        long timer = vertx.setTimer(PATIENCE.toMillis(), late -> first.tryComplete(otherwise.get()));
        work.onComplete(done -> {
            vertx.cancelTimer(timer);
            if (done.succeeded()) {
                first.tryComplete(done.result());
            } else if (first.tryFail(done.cause())) {
                told.run();
            }
        });
        return first.future();
    }

    @Override
    public void close() {
        pool.close();
    }
}
