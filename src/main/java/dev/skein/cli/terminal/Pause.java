package dev.skein.cli.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for nothing but time. */
public final class Pause {
    private Pause() {}

    /** An interrupt ends the waiting and the command. */
    public static void of(Duration span) {
        try {
            if (new CountDownLatch(1).await(span.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(ExitCode.INTERRUPTED, "interrupted");
        }
    }
}
