package dev.skein.http.live;

import dev.skein.bus.Bus;
import dev.skein.http.live.state.Chronicle;
import dev.skein.http.live.state.View;
import dev.skein.kernel.Ids;
import dev.skein.pipeline.Alerts;
import dev.skein.pipeline.Observation;
import dev.skein.pipeline.Observation.Snapshot;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The one place on a node that asks the coordinator what there is to see: never more often than each tick, one question
 * at a time, and none at all while nobody watches. Thread-safe.
 */
final class Feed {
    private static final int STREAM_BYTES = 4;
    private static final int SNAPSHOT_BYTES_MAX = 512 * 1024;
    private static final int ENVELOPE_BYTES = 1024; // type, schema, stream, seq, at, coordinator
    private static final int DELTA_BYTES_MAX = 64 * 1024;
    private static final int VIEWS_MAX = 64; // a viewer is closed as slow long before it is this far behind

    private static final Alerts.ListAll OPEN = new Alerts.ListAll("", 1, 0);

    /** Somebody who watches. */
    interface Watcher {
        /** Something may be new, or enough time has gone by to say that nothing is. */
        void tick();

        /** The watching ends. */
        void close(short code, String reason);
    }

    private final Vertx vertx;
    private final Bus bus;
    private final LiveConfig config;
    private final InstantSource wall;
    private final InstantSource steady;
    private final Chronicle chronicle;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private @Nullable Future<Chronicle> asking;
    private @Nullable Instant askedAt;
    private @Nullable Instant silentSince;
    private @Nullable Long timer;
    private boolean hasData;

    Feed(Vertx vertx, Bus bus, LiveConfig config, Clocks clocks) {
        this.vertx = vertx;
        this.bus = bus;
        this.config = config;
        this.wall = clocks.wall();
        this.steady = clocks.steady();
        this.chronicle = new Chronicle(Ids.hex(STREAM_BYTES), VIEWS_MAX, DELTA_BYTES_MAX, wall.instant());
    }

    Set<Watcher> watchers() {
        return Set.copyOf(watchers);
    }

    Chronicle chronicle() {
        return chronicle;
    }

    /** Whether any coordinator has ever answered. */
    synchronized boolean hasData() {
        return hasData;
    }

    /** The view as it is now, at most one tick old; never fails, for a silent coordinator is something to see too. */
    synchronized Future<Chronicle> refresh() {
        if (asking != null) {
            return asking;
        }
        var now = steady.instant();
        if (askedAt != null && askedAt.plus(config.tick()).isAfter(now)) {
            return Future.succeededFuture(chronicle);
        }
        askedAt = now;
        Promise<Chronicle> answered = Promise.promise();
        asking = answered.future();
        bus.ask(Observation.SNAPSHOT, new Observation.Ask(), config.askDeadline())
                .onSuccess(this::heard)
                .recover(cause -> ownAlerts().onSuccess(this::silent).mapEmpty())
                .onComplete(done -> answered.complete(chronicle));
        return answered.future();
    }

    /** Ticks the watcher from now on. */
    synchronized void watch(Watcher watcher) {
        watchers.add(watcher);
        if (timer == null) {
            schedule();
        }
    }

    /** The next tick: when the coordinator may be asked again, which a fixed period would miss by a hair. */
    private synchronized void schedule() {
        long tick = config.tick().toMillis();
        long since = askedAt == null
                ? 0
                : Duration.between(askedAt, steady.instant()).toMillis();
        timer = watchers.isEmpty() ? null : vertx.setTimer(since < tick ? tick - since : tick, id -> tick());
    }

    synchronized void leave(Watcher watcher) {
        watchers.remove(watcher);
        if (watchers.isEmpty() && timer != null) {
            vertx.cancelTimer(timer);
            timer = null;
        }
    }

    private void tick() {
        if (isAsking()) {
            watchers.forEach(Watcher::tick); // time passes for them even if the coordinator is slow
        } else {
            refresh().onComplete(done -> watchers.forEach(Watcher::tick));
        }
        schedule();
    }

    private synchronized boolean isAsking() {
        return asking != null;
    }

    private synchronized void heard(Snapshot snapshot) {
        asking = null;
        silentSince = null;
        hasData = true;
        var view = View.of(snapshot, SNAPSHOT_BYTES_MAX - ENVELOPE_BYTES);
        chronicle.advance(View.withCoordinator(view, null), wall.instant());
    }

    /** What this node raises while nobody leads; never fails. */
    private Future<List<Alerts.Alert>> ownAlerts() {
        return bus.askAt(bus.here(), Alerts.HERE, OPEN, config.askDeadline())
                .map(Alerts.Listed::alerts)
                .otherwise(List.of());
    }

    private synchronized void silent(List<Alerts.Alert> own) {
        asking = null;
        silentSince = silentSince == null ? wall.instant() : silentSince;
        var view = View.withAlerts(chronicle.view(), own);
        chronicle.advance(View.withCoordinator(view, silentSince), wall.instant());
    }
}
