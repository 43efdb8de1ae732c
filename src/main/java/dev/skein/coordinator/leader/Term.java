package dev.skein.coordinator.leader;

import dev.skein.kernel.Problem;
import dev.skein.store.Store;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One time of leading. Thread-safe.
 *
 * @param epoch its number, higher than any before
 * @param store refuses every write once the epoch is over
 * @param holds whether it still lasts, as far as the leader may believe
 */
public record Term(long epoch, Store store, BooleanSupplier holds) {
    /** The term of a coordinator that nobody can depose. */
    public static Term sole(long epoch, Store store) {
        return new Term(epoch, store, () -> true);
    }

    /** Why nothing may be answered any more; null while the term lasts. */
    public @Nullable Problem refusal() {
        return holds.getAsBoolean() ? null : Problem.busy("no_leader", "this coordinator does not lead any more");
    }
}
