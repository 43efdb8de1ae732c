package dev.skein.review.ledger.work;

import dev.skein.review.ledger.Task;
import dev.skein.review.ledger.claim.ClaimNote;
import dev.skein.review.ledger.work.Reviewer.Opinion;
import java.time.Duration;

/** Told what a worker does, by the thread that does it. */
public interface WorkEvents {
    WorkEvents NONE = new WorkEvents() {};

    default void claimed(Task task, ClaimNote claim) {}

    default void completed(Task task, Opinion opinion) {}

    /** @param isLast whether nobody will try again */
    default void failed(Task task, String why, boolean isLast) {}

    /** There is nothing to review any more; it is closed. */
    default void gone(Task task) {}

    /** Somebody else has it; what was found is thrown away. */
    default void lost(Task task, String why) {}

    default void released(Task task) {}

    /** The remote cannot be reached; told once until it can. */
    default void outage(String why, Duration patience) {}

    /** Others have all there is. */
    default void waiting() {}
}
