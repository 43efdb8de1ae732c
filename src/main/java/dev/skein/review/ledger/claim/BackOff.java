package dev.skein.review.ledger.claim;

import dev.skein.kernel.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Waits between tries of the same, a little longer each time and never as long as others. Not thread-safe. */
final class BackOff {
    private static final int DOUBLED_MAX = 16;

    private final ClaimTerms terms;
    private final InstantSource steady;
    private final Instant until;
    private int tries;

    BackOff(ClaimTerms terms, InstantSource steady) {
        this.terms = terms;
        this.steady = steady;
        this.until = steady.instant().plus(terms.patience());
    }

    boolean hasTime() {
        return steady.instant().isBefore(until);
    }

    void pause() {
        pause(next());
    }

    /** How long the next pause is to be. */
    Duration next() {
        double due = terms.backOffFirst().toMillis() * Math.pow(2, Math.min(tries++, DOUBLED_MAX));
        double bounded = Math.min(due, terms.backOffMax().toMillis());
        return Duration.ofMillis(
                (long) (bounded * (0.5 + ThreadLocalRandom.current().nextDouble())));
    }

    /** @throws Problem TIMEOUT when the thread is interrupted, which it stays */
    static void pause(Duration span) {
        try {
            if (new CountDownLatch(1).await(span.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.timeout("waiting was given up");
        }
    }
}
