package dev.skein.pipeline.vpl.lane;

import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.EventError;
import dev.skein.pipeline.vpl.value.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Events of one batch on their way into one lane. Owned by one thread at a time. */
public final class Parcel {
    private static final int CAPACITY = 8;

    private final Batch batch;
    private final List<Event> events;
    private final List<Plan.Stop> stops;
    private int[] origins;
    private int level = Integer.MAX_VALUE;
    private int next;
    private long sinceMillis;
    private final boolean handedOver;

    private Parcel(Batch batch, boolean handedOver, int capacity) {
        this.batch = batch;
        this.events = new ArrayList<>(capacity);
        this.stops = new ArrayList<>(capacity);
        this.origins = new int[capacity];
        this.handedOver = handedOver;
    }

    /** A parcel from outside. */
    public static Parcel submitted(Batch batch) {
        return new Parcel(batch, false, Math.max(batch.size(), 1));
    }

    /** A parcel from another lane; all its events have one level. */
    static Parcel handedOver(Batch batch) {
        return new Parcel(batch, true, CAPACITY);
    }

    /** @param origin which event of the batch led to this one */
    public void add(Event event, int origin, Plan.Stop stop) {
        if (events.size() == origins.length) {
            origins = Arrays.copyOf(origins, origins.length * 2);
        }
        origins[events.size()] = origin;
        events.add(event);
        stops.add(stop);
        level = Math.min(level, stop.level());
    }

    boolean isHandedOver() {
        return handedOver;
    }

    Batch batch() {
        return batch;
    }

    /** How many events are still to be processed. */
    int size() {
        return events.size() - next;
    }

    /** Lowest level of its events, {@link Integer#MAX_VALUE} when it has none. */
    int level() {
        return level;
    }

    long sinceMillis() {
        return sinceMillis;
    }

    void arrived(long millis) {
        sinceMillis = millis;
    }

    void processNext(StreamRunner runner) {
        int at = next++;
        runner.process(new StreamRunner.Work(batch, origins[at]), events.get(at), stops.get(at));
    }

    /** Ends the parcel; what was not processed is answered with an error. */
    void finish() {
        for (; next < events.size(); next++) {
            var error = new EventError(Fault.STOPPED, "the pipeline was stopped", null, 0);
            batch.add(origins[next], List.of(), List.of(error));
        }
        batch.release();
    }
}
