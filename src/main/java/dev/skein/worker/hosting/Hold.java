package dev.skein.worker.hosting;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Whether a copy waits for another to take its place. The later order counts: what was held for one copy can be held
 * for the next, and only a release for that same one ends it. Not thread-safe.
 */
final class Hold {
    private long heldFor;
    private Promise<Void> rest = Promise.promise();

    boolean isOn() {
        return heldFor != 0;
    }

    /** The epoch of the copy that is to follow, 0 when it does not wait for any. */
    long heldFor() {
        return heldFor;
    }

    /** Completes with {@link #atRest}, at once when it is that already. */
    Future<Void> begin(long next, boolean atRest) {
        heldFor = next;
        if (rest.future().isComplete()) {
            rest = Promise.promise();
        }
        var mine = rest.future();
        if (atRest) {
            atRest();
        }
        return mine;
    }

    /** What had begun is done. */
    void atRest() {
        if (isOn()) {
            rest.tryComplete();
        }
    }

    boolean end(long next) {
        if (heldFor != next) {
            return false;
        }
        heldFor = 0;
        return true;
    }

    void abandon(Throwable cause) {
        rest.tryFail(cause);
    }
}
