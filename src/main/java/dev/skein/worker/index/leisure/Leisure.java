package dev.skein.worker.index.leisure;

import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts off what nobody waits for until nothing has arrived for a while, or until it has waited long; then does one
 * thing after the other. Confined to one event loop.
 */
public final class Leisure {
    private static final Logger log = LoggerFactory.getLogger(Leisure.class);
    private static final Duration QUIET = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final Duration DEADLINE = Duration.ofMinutes(5); // the longest is to write a large shard

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
        return begun(work).onComplete(done -> {
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
            begin(first.getKey(), first.getValue().work);
            return;
        }
        timed = true;
        vertx.setTimer(QUIET.toMillis(), tick -> {
            timed = false;
            next();
        });
    }

    private void begin(Object key, Supplier<Future<?>> work) {
        Leisure.<Void>begun(() -> work.get().mapEmpty())
                .timeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(done -> {
                    if (done.cause() instanceof Problem refused) { // the shard may be another worker's by now
                        log.debug("{} was put off and is not done: {}", key, refused.code());
                    } else if (done.failed()) {
                        log.warn("{} was put off and has failed: {}", key, String.valueOf(done.cause()));
                    }
                    working = false;
                    next();
                });
    }

    /** What throws has failed. */
    private static <T> Future<T> begun(Supplier<? extends Future<T>> work) {
        return Future.<Void>succeededFuture().compose(go -> work.get());
    }
}
