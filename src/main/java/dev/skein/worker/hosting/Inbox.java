package dev.skein.worker.hosting;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.Events.Delivery;
import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.packing.Weight;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deliveries that wait for their pipeline, first in first out, bounded in events and bytes. Not thread-safe. */
final class Inbox {
    /**
     * How much may wait for one pipeline; a single delivery may be larger when nothing else waits.
     *
     * @param bytesMax by {@link Weight}
     */
    record Limits(int eventsMax, long bytesMax) {}

    /** One delivery and who waits for it. */
    record Work(Delivery delivery, long bytes, long sinceMillis, Promise<List<Result>> done) {}

    private final Limits limits;
    private final ArrayDeque<Work> waiting = new ArrayDeque<>();
    private int events;
    private long bytes;

    Inbox(Limits limits) {
        this.limits = limits;
    }

    /** Fails with 503 {@code pipeline_unavailable} when there is no room. */
    Work add(Delivery delivery, long nowMillis) {
        var work = new Work(delivery, Weight.of(delivery.events()), nowMillis, Promise.promise());
        boolean room = events + delivery.events().size() <= limits.eventsMax && bytes + work.bytes <= limits.bytesMax;
        if (!room && !waiting.isEmpty()) {
            throw Problem.busy("pipeline_unavailable", "the pipeline's inbox is full");
        }
        waiting.add(work);
        events += delivery.events().size();
        bytes += work.bytes;
        return work;
    }

    @Nullable
    Work poll() {
        var work = waiting.poll();
        if (work != null) {
            events -= work.delivery.events().size();
            bytes -= work.bytes;
        }
        return work;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** How long the oldest has been waiting, 0 when none is. */
    long oldestMillis(long nowMillis) {
        var oldest = waiting.peek();
        return oldest == null ? 0 : nowMillis - oldest.sinceMillis;
    }
}
