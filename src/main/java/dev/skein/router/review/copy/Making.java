package dev.skein.router.review.copy;

import dev.skein.git.Watch;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A copy that is being made. Confined to the event loop, but for what the working thread says. */
final class Making {
    final Path partial;
    private volatile @Nullable Watch watch;
    private volatile boolean isCalledOff;
    Future<Copied> work = Promise.<Copied>promise().future();
    boolean isPut; // among the whole ones, new or not
    int waiting;
    long endMillis; // when it ended

    Making(Path partial) {
        this.partial = partial;
    }

    /** Called by the thread that does it. */
    Watch begins(Watch with) {
        watch = with;
        if (isCalledOff) {
            with.stop();
        }
        return with;
    }

    void callOff() {
        isCalledOff = true;
        var now = watch;
        if (now != null) {
            now.stop();
        }
    }

    /** How far it is, in a few words. */
    String progress() {
        var now = watch;
        if (now == null || now.progress().task().isEmpty()) {
            return "it has not begun yet";
        }
        var at = now.progress();
        return at.total() > 0 ? "%s: %d of %d".formatted(at.task(), at.done(), at.total()) : at.task();
    }
}
