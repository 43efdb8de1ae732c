package dev.skein.store;

import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The truth. Thread-safe; never blocks the caller, whose Vert.x context the futures complete on.
 *
 * <p>A write fails with {@link Problem.Kind#STORAGE_FULL} when the disk cannot take it and with {@link
 * Problem.Kind#BUSY} when too many wait or the database cannot be reached; in both cases nothing was changed. It works
 * again by itself once the cause is gone. Only {@link #UNKNOWN} leaves open whether the change was made.
 */
public interface Store {
    /** The code of a failure that leaves open whether the change was made: the commit was sent and never answered. */
    String UNKNOWN = "commit_unknown";

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
        public static final Health GOOD = new Health(true, "");
    }

    /** A way to the database past everything that waits; for one thread, which it blocks. */
    interface Session extends AutoCloseable {
        /** One transaction of its own; fails with a {@link Problem} and connects again the next time. */
        <T extends @Nullable Object> T run(Work<T> work);

        @Override
        void close();
    }

    Dialect dialect();

    /**
     * Makes a transition. It shares a transaction with others that wait, fails alone when it throws, and its future
     * completes after the commit, in the order of submission.
     */
    <T extends @Nullable Object> Future<T> write(Work<T> transition);

    /** Reads what is committed. */
    <T extends @Nullable Object> Future<T> read(Work<T> query);

    /**
     * Opens a session at its first use.
     *
     * @param deadline longest wait for one answer of the database
     */
    Session session(Duration deadline);

    Health health();

    /** Finishes what was submitted, within a bound, and lets go of the files. */
    Future<Void> close();
}
