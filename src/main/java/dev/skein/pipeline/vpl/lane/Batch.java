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
    static final int COPIED_MAX = 64; // outputs up to which a list is copied rather than taken over

    private final @Nullable Outcome[] outcomes; // of one lane so far, or final
    private final @Nullable Result[] results; // where several parcels had something to add
    private final Consumer<List<Outcome>> done;
    private final AtomicInteger parcels = new AtomicInteger();

    /** @param done called once, by whoever releases the last parcel */
    public Batch(int events, Consumer<List<Outcome>> done) {
        this.outcomes = new Outcome[events];
        this.results = new Result[events];
        this.done = done;
    }

    /** How many events were submitted together. */
    public int size() {
        return outcomes.length;
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

    /**
     * Adds what came of event {@code origin}; from any lane.
     *
     * @param outputs copied, except that more than {@link #COPIED_MAX} are taken over
     */
    void add(int origin, List<Event> outputs, List<EventError> errors) {
        if (outputs.isEmpty() && errors.isEmpty()) {
            return;
        }
        synchronized (this) {
            var first = outcomes[origin];
            if (first == null) {
                var kept = outputs.size() > COPIED_MAX ? Collections.unmodifiableList(outputs) : List.copyOf(outputs);
                outcomes[origin] = new Outcome(kept, List.copyOf(errors));
                return;
            }
            var result = results[origin];
            if (result == null) {
                result = new Result(new ArrayList<>(first.outputs()), new ArrayList<>(first.errors()));
                results[origin] = result;
            }
            result.outputs.addAll(outputs);
            result.errors.addAll(errors);
        }
    }

    private synchronized List<Outcome> outcomes() {
        var all = new ArrayList<Outcome>(outcomes.length);
        for (int i = 0; i < outcomes.length; i++) {
            var first = outcomes[i];
            var result = results[i];
            all.add(result != null ? result.outcome() : first != null ? first : Outcome.NOTHING);
        }
        return Collections.unmodifiableList(all);
    }

    private record Result(ArrayList<Event> outputs, ArrayList<EventError> errors) {
        Outcome outcome() {
            return new Outcome(Collections.unmodifiableList(outputs), Collections.unmodifiableList(errors));
        }
    }
}
