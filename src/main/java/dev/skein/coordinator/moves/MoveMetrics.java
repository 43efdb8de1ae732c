package dev.skein.coordinator.moves;

import dev.skein.coordinator.state.Migration;
import java.time.Instant;

/** Hears of what is worth counting. */
@FunctionalInterface
public interface MoveMetrics {
    /** For who does not count. */
    MoveMetrics NONE = (migration, now) -> {};

    /** It has completed or failed. */
    void finished(Migration migration, Instant now);
}
