package dev.skein.pipeline.vpl.lane;

import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.EventError;
import dev.skein.pipeline.event.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Events submitted together, what came of each so far, and how many parcels with them are still under way. */
public final class Batch {
    private final @Nullable Result[] results;
    private final Consumer<List<Outcome>> done;
    private final AtomicInteger parcels = new AtomicInteger();

    /** @param done called once, by whoever releases the last parcel */
    public Batch(int events, Consumer<List<Outcome>> done) {
        this.results = new Result[events];
        this.done = done;
    }

    /** How many events were submitted together. */
    public int size() {
        return results.length;
    }

    /** One more parcel is under way; to be called before any is, or while another still is. */
    public void retain() {
        parcels.incrementAndGet();
    }

    /** One parcel is done; with the last one the batch is. */
    public void release() {
        if (parcels.decrementAndGet() == 0) {
            done.accept(outcomes());
        }
    }

    /** Adds what came of event {@code origin}; from any lane. */
    void add(int origin, List<Event> outputs, List<EventError> errors) {
        if (outputs.isEmpty() && errors.isEmpty()) {
            return;
        }
        synchronized (this) {
            var result = results[origin];
            if (result == null) {
                results[origin] = new Result(new ArrayList<>(outputs), new ArrayList<>(errors));
            } else {
                result.outputs.addAll(outputs);
                result.errors.addAll(errors);
            }
        }
    }

    private synchronized List<Outcome> outcomes() {
        var outcomes = new ArrayList<Outcome>(results.length);
        for (var result : results) {
            outcomes.add(result == null ? Outcome.NOTHING : result.outcome());
        }
        return Collections.unmodifiableList(outcomes);
    }

    private record Result(ArrayList<Event> outputs, ArrayList<EventError> errors) {
        Outcome outcome() {
            return new Outcome(Collections.unmodifiableList(outputs), Collections.unmodifiableList(errors));
        }
    }
}
