package dev.skein.router.repository;

import dev.skein.git.Source;
import dev.skein.git.Watch;
import dev.skein.index.workspace.Repositories.Copy;
import dev.skein.index.workspace.Repositories.Fault;
import dev.skein.index.workspace.Repositories.Progress;
import dev.skein.index.workspace.Repositories.State;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One copy, from its order to its end. Confined to the verticle's event loop, but for what the working thread says. */
final class Copying {
    private static final Progress NONE = new Progress("", 0, 0, 0);

    final String name;
    final Path directory;
    final Source source;
    private volatile State state;
    private volatile @Nullable Watch watch;
    private volatile boolean isCalledOff;

    @Nullable
    String commit;

    @Nullable
    Fault fault;

    boolean isSeen; // as the root of a workspace
    boolean isOffered; // to become one
    boolean isCleared; // its directory is deleted
    long keepMillis; // until when the directory of a failed one is kept
    Future<?> work = Future.succeededFuture(); // the last that was begun

    Copying(String name, Path directory, Source source, State state) {
        this.name = name;
        this.directory = directory;
        this.source = source;
        this.state = state;
    }

    State state() {
        return state;
    }

    void is(State next) {
        state = next;
        watch = null;
    }

    boolean isBusy() {
        var now = state;
        return now == State.WAITING || now == State.CLONING || now == State.REFRESHING;
    }

    /** Called by the thread that does it. */
    void begins(State next, Watch with) {
        watch = with;
        state = next;
        if (isCalledOff) {
            with.stop();
        }
    }

    /** Ends what goes on as soon as that is possible. */
    void callOff() {
        isCalledOff = true;
        var now = watch;
        if (now != null) {
            now.stop();
        }
    }

    /** It is used after all. */
    void goesOn() {
        isCalledOff = false;
    }

    boolean isCalledOff() {
        return isCalledOff;
    }

    void failed(Problem problem) {
        fault = new Fault(problem.code(), problem.sentence());
    }

    Copy view(String router) {
        var now = watch;
        return new Copy(
                name,
                router,
                directory.toString(),
                source.url(),
                source.ref(),
                state,
                isSeen || state == State.READY,
                commit,
                now == null ? NONE : progress(now.progress()),
                fault);
    }

    private static Progress progress(Watch.Progress now) {
        return new Progress(now.task(), now.done(), now.total(), now.bytes());
    }
}
