package dev.skein.index.workspace;

import dev.skein.bus.Bus;
import dev.skein.index.workspace.Workspaces.Atlas;
import dev.skein.index.workspace.Workspaces.Since;
import dev.skein.index.workspace.Workspaces.View;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the leader's atlas, as new as the last answer. Asks again when it is hinted and whenever it is told to
 * look. Confined to one event loop, but for reading.
 */
public final class AtlasFollower {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final Bus bus;
    private final Consumer<List<View>> listener;
    private volatile List<View> views = List.of();
    private String version = "";
    private boolean asking;
    private @Nullable Promise<Void> next; // of those who came while asking

    /** @param listener hears of every change, before others can read it */
    public AtlasFollower(Bus bus, Consumer<List<View>> listener) {
        this.bus = bus;
        this.listener = listener;
    }

    public Future<?> start() {
        look();
        return bus.subscribe(Workspaces.CHANGED, changed -> look()).completion();
    }

    /** Completes with the answer to a question that was asked after this call, or with none; never fails. */
    public Future<?> look() {
        if (asking) {
            next = next == null ? Promise.promise() : next;
            return next.future();
        }
        asking = true;
        return bus.ask(Workspaces.ATLAS, new Since(version), DEADLINE)
                .onSuccess(this::take)
                .onComplete(done -> answered())
                .otherwiseEmpty();
    }

    private void answered() {
        asking = false;
        var waiting = next;
        next = null;
        if (waiting != null) {
            look().onComplete(done -> waiting.complete());
        }
    }

    private void take(Atlas atlas) {
        if (atlas.workspaces() != null) {
            version = atlas.version();
            listener.accept(atlas.workspaces());
            views = atlas.workspaces();
        }
    }

    /** One by its id. */
    public Optional<View> of(String id) {
        return views.stream().filter(view -> view.id().equals(id)).findFirst();
    }

    public Optional<View> find(String name) {
        return views.stream().filter(view -> view.name().equals(name)).findFirst();
    }
}
