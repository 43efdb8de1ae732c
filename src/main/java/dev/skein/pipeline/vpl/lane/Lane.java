package dev.skein.pipeline.vpl.lane;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the streams of one context, one event after the other, on whatever thread the executor gives it.
 *
 * <p>A lane that finds another one full keeps the rest and goes on only with events of higher levels than what waits;
 * when there is none it gives its thread back and is started again once there is room. So a slow lane slows those
 * that feed it and no other, and no circle of full lanes can stand still: what waits at the highest level waits for a
 * lane that may go on.
 */
public final class Lane {
    private static final int TURNS = 16; // parcels before other lanes get a chance on this thread

    private final List<Lane> lanes;
    private final LaneGroup group;
    private final Inbox inbox;
    private final Outbox outbox;
    private final StreamRunner runner;

    /** @param lanes all of the instance by index, complete before the first event comes */
    public Lane(int index, List<Lane> lanes, LaneGroup group) {
        this.lanes = lanes;
        this.group = group;
        this.inbox = new Inbox(group.plan().levels(), group.limits().handOverMax());
        this.outbox = new Outbox(this);
        this.runner = new StreamRunner(index, group, outbox);
    }

    Lane lane(int index) {
        return lanes.get(index);
    }

    /** Takes a parcel from outside; any thread, never blocks. */
    public void submit(Parcel parcel) {
        parcel.arrived(group.clock().millis());
        start(inbox.submit(parcel));
    }

    /** Takes a parcel from another lane unless full. */
    boolean accept(Parcel parcel, Lane from) {
        if (!inbox.offer(parcel, from)) {
            return false;
        }
        wake();
        return true;
    }

    /** Makes the lane look around. */
    public void wake() {
        start(inbox.signal());
    }

    private void start(boolean resting) {
        if (!resting) {
            return;
        }
        try {
            group.executor().execute(this::run);
        } catch (RejectedExecutionException e) {
            run(); // the host is going down; whoever waits for an answer still gets one
        }
    }

    private void run() {
        for (int turn = 0; turn < TURNS; turn++) {
            inbox.forgetSignal();
            var parcel = next();
            if (parcel != null) {
                inbox.takeWaiting().forEach(Lane::wake);
                work(parcel);
            } else if (inbox.rest()) {
                return;
            }
        }
        start(true);
    }

    private @Nullable Parcel next() {
        if (stopped()) {
            outbox.refuseAll();
        } else {
            outbox.flush();
        }
        return inbox.take(outbox.blockedLevel());
    }

    private boolean stopped() {
        return group.stopped().getAsBoolean();
    }

    private void work(Parcel parcel) {
        while (parcel.size() > 0 && !stopped()) {
            if (outbox.blockedLevel() > parcel.level()) {
                outbox.sealAll();
                inbox.putBack(parcel);
                return;
            }
            parcel.processNext(runner);
        }
        outbox.sealAll();
        parcel.finish();
    }

    /** Events that wait here. */
    public long waiting() {
        return inbox.events();
    }

    /** When the oldest event from outside arrived, by the group's clock; {@code none} when there is none. */
    public long oldestMillis(long none) {
        return inbox.oldestMillis(none);
    }
}
