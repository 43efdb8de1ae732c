package dev.skein.job.mcp.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;

/**
 * When a server that was lost may be started again: soon after the first time, later after each further one, and not
 * for a while once it was lost several times without answering a single call. Confined to its pool.
 */
final class BackOff {
    static final int BREAKS_AT = 5;
    static final Duration BROKEN_FOR = Duration.ofSeconds(30);
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LAST = Duration.ofSeconds(5);

    private final DoubleSupplier chance;
    private int losses;
    private Instant notBefore = Instant.MIN;

    /** Back-off with jitter from {@code chance}, which answers values from 0 to 1. */
    BackOff(DoubleSupplier chance) {
        this.chance = chance;
    }

    void lost(Instant now) {
        losses++;
        notBefore = now.plus(losses >= BREAKS_AT ? BROKEN_FOR : pause());
    }

    private Duration pause() {
        long doubled = FIRST.toMillis() << Math.min(losses - 1, BREAKS_AT);
        long most = Math.min(doubled, LAST.toMillis());
        return Duration.ofMillis((long) (most * (1 + chance.getAsDouble()) / 2));
    }

    void worked() {
        losses = 0;
        notBefore = Instant.MIN;
    }

    boolean hasLost() {
        return losses > 0;
    }

    /** Zero when a start is allowed. */
    Duration wait(Instant now) {
        return now.isBefore(notBefore) ? Duration.between(now, notBefore) : Duration.ZERO;
    }

    boolean isBroken(Instant now) {
        return losses >= BREAKS_AT && now.isBefore(notBefore);
    }
}
