package dev.skein.router.lane;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.Events.Result;

/** Who sent events and hears, exactly once for each, what became of it. */
public interface Receiver {
    /** It arrived; {@code index} is the sender's own number of the event. */
    void done(int index, Result result);

    void failed(int index, Problem problem);

    /**
     * Whether it is content to wait as long as the lane gets on; else it wants an answer within the lane's patience.
     */
    default boolean waitsWhileMoving() {
        return false;
    }
}
