package dev.skein.router.lane;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.packing.Weight;

/** One event on its way to a placement. Confined to the lane it is in. */
public final class Parcel {
    private final Event event;
    private final int bytes;
    private final Manner manner;
    private final Receiver receiver;
    private final int index;
    private long since;
    private long order;
    private boolean retried;
    private boolean settled;

    /**
     * What all events of one delivery have in common.
     *
     * @param hops how many routes they have taken
     * @param countOnly whether outputs are not wanted
     */
    public record Manner(int hops, boolean countOnly) {
        public static final Manner PLAIN = new Manner(0, false);
    }

    /** @param index by which the receiver knows the event */
    public Parcel(Event event, Manner manner, Receiver receiver, int index) {
        this.event = event;
        this.bytes = Weight.of(event);
        this.manner = manner;
        this.receiver = receiver;
        this.index = index;
    }

    Event event() {
        return event;
    }

    int bytes() {
        return bytes;
    }

    Manner manner() {
        return manner;
    }

    Receiver receiver() {
        return receiver;
    }

    long order() {
        return order;
    }

    long since() {
        return since;
    }

    boolean isSettled() {
        return settled;
    }

    void entered(long asNumber, long nowMillis) {
        order = asNumber;
        since = nowMillis;
    }

    /** Whether this is its first time back; from now on it is not. */
    boolean mayBeRetried() {
        boolean first = !retried;
        retried = true;
        return first;
    }

    void done(Result result) {
        if (!settled) {
            settled = true;
            receiver.done(index, result);
        }
    }

    void failed(Problem problem) {
        if (!settled) {
            settled = true;
            receiver.failed(index, problem);
        }
    }
}
