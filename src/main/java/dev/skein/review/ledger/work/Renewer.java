package dev.skein.review.ledger.work;

import dev.skein.review.ledger.claim.Claim;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews one claim after another on a thread of its own, whatever the review does. */
final class Renewer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Renewer.class);
    private static final long LOOKS_OF_TTL = 12;
    private static final long MILLIS_MIN = 20;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "skein-ledger-renew");
        thread.setDaemon(true);
        return thread;
    });

    /** Until the answer is closed. */
    Watch watch(Claim claim, Duration ttl) {
        long millis = Math.max(MILLIS_MIN, ttl.toMillis() / LOOKS_OF_TTL);
        var task = timer.scheduleWithFixedDelay(() -> renew(claim), millis, millis, TimeUnit.MILLISECONDS);
        return () -> task.cancel(false);
    }

    private static void renew(Claim claim) {
        try {
            claim.renewWhenDue();
        } catch (RuntimeException e) { // or the timer would stop without a word
            log.warn("the claim of {} was not renewed", claim.task(), e);
        }
    }

    /** Ends without a failure. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
