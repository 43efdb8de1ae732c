package dev.skein.job.host;

import dev.skein.job.JobRuns.Room;
import dev.skein.memory.Memory;
import dev.skein.memory.Pressure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many jobs a node takes in its life, which may be any number. Thread-safe. */
final class Quota {
    private static final Logger log = LoggerFactory.getLogger(Quota.class);

    private final int max; // 0 for any
    private final Promise<Void> done = Promise.promise();
    private int taken; // guarded by this, as is the next
    private int failed;

    Quota(int max) {
        this.max = max;
    }

    synchronized void take() {
        taken++;
    }

    synchronized void ended(boolean isSuccess) {
        failed += isSuccess ? 0 : 1;
    }

    synchronized boolean isUsedUp() {
        return max > 0 && taken >= max;
    }

    /**
     * To be called now and then.
     *
     * @param isIdle whether the end of everything that was taken has been heard; asked only once the last was taken,
     *     since before that one more may begin meanwhile
     */
    synchronized void look(BooleanSupplier isIdle) {
        if (isUsedUp() && isIdle.getAsBoolean() && done.tryComplete()) {
            log.info("{} jobs were taken and have ended, {} of them without success", taken, failed);
        }
    }

    /** Completes when all that is to be taken was done; without a bound never. */
    Future<Void> done() {
        return done.future();
    }

    /** What there is room for, as long as so many are active. */
    synchronized Room room(int slots, int active, Memory memory) {
        int free = max == 0 || isUsedUp() ? slots : Math.min(slots, active + max - taken);
        return new Room(free, memory.reservations().capacity(), refusal(memory.pressure()));
    }

    private @Nullable String refusal(Pressure pressure) {
        if (isUsedUp()) {
            return "it was given all %d jobs that it takes".formatted(max);
        }
        return pressure.compareTo(Pressure.HIGH) >= 0 ? "memory pressure is " + pressure.word() : null;
    }
}
