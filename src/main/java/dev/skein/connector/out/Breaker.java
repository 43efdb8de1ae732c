package dev.skein.connector.out;

import dev.skein.connector.ConnectorConfig.Retry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When to try again. Immutable.
 *
 * <p>The wait doubles with each failure in a row, up to a cap, and lies by chance in its upper half. From
 * {@value #OPENS_AT} failures on the circuit is open: one attempt a cap, alone, until one succeeds.
 *
 * @param failures in a row
 * @param retryAt no attempt before; null after a success
 */
public record Breaker(int failures, @Nullable Instant retryAt) {
    static final int OPENS_AT = 5;
    private static final int DOUBLINGS_MAX = 20;

    /** Nothing has failed. */
    public static final Breaker CLOSED = new Breaker(0, null);

    /** @param chance 0 to 1 */
    public Breaker failed(Instant now, Retry retry, double chance) {
        int row = failures + 1;
        long most = row >= OPENS_AT
                ? retry.last().toMillis()
                : Math.min(retry.last().toMillis(), retry.first().toMillis() << Math.min(row - 1, DOUBLINGS_MAX));
        long wait = Math.max(1, most / 2 + Math.round(chance * most / 2));
        return new Breaker(row, now.plusMillis(wait));
    }

    /** How long nothing may be tried; zero when something may. */
    public Duration wait(Instant now) {
        return retryAt == null || !now.isBefore(retryAt) ? Duration.ZERO : Duration.between(now, retryAt);
    }

    /** Whether the last attempt succeeded, so that more than one may be under way. */
    public boolean isSound() {
        return failures == 0;
    }

    /** {@code closed}, {@code open}, or {@code half_open} while one attempt is allowed. */
    public String circuit(Instant now) {
        if (failures < OPENS_AT) {
            return "closed";
        }
        return wait(now).isZero() ? "half_open" : "open";
    }
}
