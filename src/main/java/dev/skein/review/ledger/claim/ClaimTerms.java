package dev.skein.review.ledger.claim;

import dev.skein.kernel.Check;
import java.time.Duration;

/**
 * How claims are made.
 *
 * @param ttl that a claim lasts without being renewed; it is renewed three times as often
 * @param attemptsMax of one task
 * @param backOffFirst before the second try of a push, on average; doubles with each
 * @param backOffMax before any
 * @param patience how long one change is tried
 */
public record ClaimTerms(Duration ttl, int attemptsMax, Duration backOffFirst, Duration backOffMax, Duration patience) {
    public static final Duration TTL_MAX = Duration.ofHours(24);
    public static final int ATTEMPTS_MAX = 100;

    public static final ClaimTerms DEFAULTS = new ClaimTerms(
            Duration.ofMinutes(5), 3, Duration.ofMillis(60), Duration.ofSeconds(5), Duration.ofMinutes(3));

    public ClaimTerms {
        Check.positive("lease", ttl);
        Check.between("max-attempts", attemptsMax, 1, ATTEMPTS_MAX);
        if (ttl.compareTo(TTL_MAX) > 0) {
            throw new IllegalArgumentException("lease must be at most " + TTL_MAX);
        }
    }

    public ClaimTerms lasting(Duration wanted) {
        return new ClaimTerms(wanted, attemptsMax, backOffFirst, backOffMax, patience);
    }

    public ClaimTerms attempts(int max) {
        return new ClaimTerms(ttl, max, backOffFirst, backOffMax, patience);
    }

    public ClaimTerms patient(Duration span) {
        return new ClaimTerms(ttl, attemptsMax, backOffFirst, backOffMax, span);
    }
}
