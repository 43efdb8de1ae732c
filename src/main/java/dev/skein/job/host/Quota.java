package dev.skein.job.host;

import dev.skein.job.JobRuns.Room;
import dev.skein.memory.Memory;
import dev.skein.memory.Pressure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many jobs a node takes in its life, which may be any number until it is to end. Thread-safe. */
final class Quota {
    private static final Logger log = LoggerFactory.getLogger(Quota.class);

    private final int max; // 0 for any
    private final Promise<Void> done = Promise.promise();
    private int taken; // guarded by this, as is the next
    private int failed;
    private boolean isOver;

    Quota(int max) {
        this.max = max;
    }

    synchronized void take() {
        taken++;
    }

    synchronized void ended(boolean isSuccess) {
        failed += isSuccess ? 0 : 1;
    }

    private synchronized int taken() {
        return taken;
    }

    synchronized boolean isUsedUp() {
        return isOver || (max > 0 && taken >= max);
    }

    /**
     * To be called now and then.
     *
     * @param isIdle whether the end of everything that was taken has been heard; asked only once the last was taken,
     *     since before that one more may begin meanwhile
     */
    synchronized void look(BooleanSupplier isIdle) {
        if (isUsedUp() && isIdle.getAsBoolean() && done.tryComplete() && taken > 0) {
            log.info("{} jobs were taken and have ended, {} of them without success", taken, failed);
        }
    }

    /** Completes when all that is to be taken was done; without a bound or an end never. */
    Future<Void> done() {
        return done.future();
    }

    /**
     * Takes nothing more.
     *
     * @return completes when all that was taken has ended, or with the time that it has for that
     */
    Future<Void> end(ScheduledExecutorService clockwork, Duration within, BooleanSupplier isIdle) {
        synchronized (this) {
            isOver = true;
        }
        look(isIdle);
        Promise<Void> over = Promise.promise();
        done().onSuccess(over::tryComplete);
        clockwork.schedule(
                () -> {
                    if (over.tryComplete()) {
                        log.info("{} jobs were taken; what has not ended within {} is left to others", taken(), within);
                    }
                },
                within.toMillis(),
                TimeUnit.MILLISECONDS);
        return over.future();
    }

    /** What there is room for, as long as so many are active. */
    synchronized Room room(int slots, int active, Memory memory) {
        int free = max == 0 || isUsedUp() ? slots : Math.min(slots, active + max - taken);
        return new Room(free, memory.reservations().capacity(), refusal(memory.pressure()));
    }

    private @Nullable String refusal(Pressure pressure) {
        if (isOver) {
            return "it is about to stop";
        }
        if (isUsedUp()) {
            return "it was given all %d jobs that it takes".formatted(max);
        }
        return pressure.compareTo(Pressure.HIGH) >= 0 ? "memory pressure is " + pressure.word() : null;
    }
}
