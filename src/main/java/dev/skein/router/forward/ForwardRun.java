package dev.skein.router.forward;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.event.Event;
import dev.skein.router.lane.Lane;
import dev.skein.router.lane.Parcel;
import dev.skein.router.lane.Receiver;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The outputs of one delivery on their way. Confined to the router's event loop. */
final class ForwardRun implements Receiver {
    private final Parcel.Manner manner;
    private final AtomicLong deadLetters;
    final Promise<Void> retained = Promise.promise();
    final Promise<Void> settled = Promise.promise();
    private int outside; // targets whose outbox has not taken all yet
    private int open; // events not settled

    ForwardRun(int hops, AtomicLong deadLetters, Plan plan) {
        this.manner = new Parcel.Manner(hops, true);
        this.deadLetters = deadLetters;
        this.outside = plan.byPlacement().size();
        this.open = plan.events();
    }

    Lane.Feed feed(List<Event> events) {
        return new Lane.Feed() {
            private int next;

            @Override
            public boolean pour(Lane lane) {
                while (next < events.size()) {
                    if (!lane.offer(new Parcel(events.get(next), manner, ForwardRun.this, next))) {
                        return false;
                    }
                    next++;
                }
                outside--;
                if (outside == 0) {
                    retained.complete();
                }
                return true;
            }
        };
    }

    @Override
    public void done(int index, Result result) {
        open--;
        if (open == 0) {
            settled.tryComplete();
        }
    }

    /** Only when the target is gone for good, alone or with its group. */
    @Override
    public void failed(int index, Problem problem) {
        deadLetters.incrementAndGet();
        done(index, new Result(List.of(), 0, List.of(), List.of()));
    }
}
