package dev.skein.store.commit;

import dev.skein.store.Store.Work;
import dev.skein.store.Transaction;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** One submitted piece of work, what came of it, and who waits for it. */
final class Pending<T extends @Nullable Object> {
    private final Work<T> work;
    private final Promise<T> promise = Promise.promise();
    private final @Nullable Context context = Vertx.currentContext(); // of the submitter
    private @Nullable T result; // confined to the store's thread
    private @Nullable Throwable failure; // confined to the store's thread

    Pending(Work<T> work) {
        this.work = work;
    }

    Future<T> future() {
        return promise.future();
    }

    void run(Transaction transaction) throws SQLException {
        result = work.run(transaction);
    }

    /** Its own failure; a later one does not replace it. */
    void failed(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    boolean hasFailed() {
        return failure != null;
    }

    /** Tells the submitter, on its own context. */
    void settle() {
        if (context == null) {
            complete();
            return;
        }
        try {
            context.runOnContext(ignored -> complete());
        } catch (RejectedExecutionException closed) {
            complete(); // its event loop is gone, so nothing is confined to it any more
        }
    }

    @SuppressWarnings("NullAway") // the result is null only when T allows it
    private void complete() {
        if (failure == null) {
            promise.tryComplete(result);
        } else {
            promise.tryFail(failure);
        }
    }
}
