package dev.skein.worker.index.leisure;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Puts off what nobody waits for until nothing has arrived for a while, or until it has waited long; then does one
 * thing after the other. Confined to one event loop.
 */
public final class Leisure {
    private static final Duration QUIET = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final InstantSource clock;
    private final Map<Object, Task> waiting = new LinkedHashMap<>();
    private Instant arrived = Instant.EPOCH; // what arrived last
    private int arriving;
    private boolean working;
    private boolean timed;

    private record Task(Instant since, Supplier<Future<?>> work) {}

    /** @param clock steady */
    public Leisure(Vertx vertx, InstantSource clock) {
        this.vertx = vertx;
        this.clock = clock;
    }

    /** Does what somebody waits for; until it is done and for a while after there is no leisure. */
    public <T> Future<T> busy(Supplier<Future<T>> work) {
        arriving++;
        return work.get().onComplete(done -> {
            arriving--;
            arrived = clock.instant();
        });
    }

    /** Whether nothing has arrived for a while. */
    public boolean isQuiet() {
        return arriving == 0 && !arrived.plus(QUIET).isAfter(clock.instant());
    }

    /**
     * Does something when there is time.
     *
     * @param key of what is to be done; while it waits, more of the same is left out
     */
    public void later(Object key, Supplier<Future<?>> work) {
        waiting.putIfAbsent(key, new Task(clock.instant(), work));
        next();
    }

    private void next() {
        if (working || timed || waiting.isEmpty()) {
            return;
        }
        var first = waiting.entrySet().iterator().next();
        var now = clock.instant();
        if (isQuiet() || !first.getValue().since.plus(LONGEST).isAfter(now)) {
            waiting.remove(first.getKey());
            working = true;
            first.getValue().work.get().onComplete(done -> {
                working = false;
                next();
            });
            return;
        }
        timed = true;
        vertx.setTimer(QUIET.toMillis(), tick -> {
            timed = false;
            next();
        });
    }
}
