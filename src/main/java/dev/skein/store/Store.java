package dev.skein.store;

import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The truth. Thread-safe; never blocks the caller, whose Vert.x context the futures complete on.
 *
 * <p>A write fails with {@link Problem.Kind#STORAGE_FULL} when the disk cannot take it and with {@link
 * Problem.Kind#BUSY} when too many wait; in both cases nothing was changed. It works again by itself once the cause is
 * gone.
 */
public interface Store {
    /** One transition or query. Runs on a thread of the store; it must not wait for anything but its statements. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T run(Transaction transaction) throws SQLException;
    }

    /**
     * Whether the last write was taken.
     *
     * @param reason why it was not, else empty
     */
    record Health(boolean writable, String reason) {
        static final Health GOOD = new Health(true, "");
    }

    /**
     * Makes a transition. It shares a transaction with others that wait, fails alone when it throws, and its future
     * completes after the commit, in the order of submission.
     */
    <T extends @Nullable Object> Future<T> write(Work<T> transition);

    /** Reads what is committed. */
    <T extends @Nullable Object> Future<T> read(Work<T> query);

    Health health();

    /** Finishes what was submitted, within a bound, and lets go of the files. */
    Future<Void> close();
}
