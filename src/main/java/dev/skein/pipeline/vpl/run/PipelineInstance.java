package dev.skein.pipeline.vpl.run;

import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.Outcome;
import dev.skein.pipeline.vpl.lane.Batch;
import dev.skein.pipeline.vpl.lane.Lane;
import dev.skein.pipeline.vpl.lane.LaneGroup;
import dev.skein.pipeline.vpl.lane.Parcel;
import dev.skein.pipeline.vpl.lane.Plan;
import dev.skein.pipeline.vpl.sink.Sink;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running pipeline. All methods may be called by any thread and never block. */
public final class PipelineInstance {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineInstance.class);

    private final Plan plan;
    private final DeclaredTypes types;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Sink> sinks;
    private final PipelineHost host;

    private final LongAdder eventsIn = new LongAdder();
    private final LongAdder eventsOut = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder typeErrors = new LongAdder();

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicBoolean finished = new AtomicBoolean();
    private final AtomicLong open = new AtomicLong(1); // unanswered batches, and one while the instance is not closed
    private final Promise<Void> closed = Promise.promise();

    PipelineInstance(CompiledProgram program, PipelineHost host, List<Sink> sinks) {
        this.plan = program.plan();
        this.types = program.types();
        this.host = host;
        this.sinks = sinks;
        var limits = new LaneGroup.Limits(host.stepBudget(), host.handOverMax());
        var group = new LaneGroup(
                plan, program::newCode, sinks, limits, host.lanes(), host.clock(), stopped::get, eventsOut, errors);
        for (int i = 0; i < plan.lanes().size(); i++) {
            lanes.add(new Lane(i, lanes, group));
        }
    }

    /**
     * Processes one event after all that this thread submitted before.
     *
     * <p>What is submitted and not yet begun waits in memory: the caller keeps count of what is unanswered.
     *
     * @param done called once, on a lane, when all contexts are done with the event; must not block
     */
    public void submit(Event event, Consumer<Outcome> done) {
        submitAll(List.of(event), outcomes -> done.accept(outcomes.get(0)));
    }

    /**
     * As {@link #submit} for each in order, at much less cost per event.
     *
     * @param done gets one outcome per event, in the same order, when all are done
     */
    public void submitAll(List<Event> events, Consumer<List<Outcome>> done) {
        open.incrementAndGet();
        var batch = new Batch(events.size(), outcomes -> answer(outcomes, done));
        var parcels = new Parcel[lanes.size()];
        for (int i = 0; i < events.size(); i++) {
            address(types.fit(events.get(i), typeErrors), i, batch, parcels);
        }
        if (Arrays.stream(parcels).allMatch(Objects::isNull)) {
            parcels[0] = Parcel.submitted(batch); // the answer comes from a lane even when there is nothing to do
        }
        send(batch, parcels);
    }

    private void send(Batch batch, @Nullable Parcel[] parcels) {
        for (var parcel : parcels) {
            if (parcel != null) {
                batch.retain();
            }
        }
        for (int i = 0; i < parcels.length; i++) {
            var parcel = parcels[i];
            if (parcel != null) {
                lanes.get(i).submit(parcel);
            }
        }
    }

    private void address(Event event, int origin, Batch batch, @Nullable Parcel[] parcels) {
        for (var stop : plan.injected(event.type())) {
            var parcel = parcels[stop.lane()];
            if (parcel == null) {
                parcel = Parcel.submitted(batch);
                parcels[stop.lane()] = parcel;
            }
            parcel.add(event, origin, stop);
        }
    }

    private void answer(List<Outcome> outcomes, Consumer<List<Outcome>> done) {
        eventsIn.add(outcomes.size());
        try {
            done.accept(outcomes);
        } catch (RuntimeException e) {
            LOG.error("whoever submitted {} events failed to take the answer", outcomes.size(), e);
        }
        leave();
    }

    private void leave() {
        if (open.decrementAndGet() == 0 && finished.compareAndSet(false, true)) {
            sinks.forEach(Sink::close);
            closed.complete();
        }
    }

    public PipelineCounters counters() {
        long now = host.clock().millis();
        long waiting = 0;
        long oldest = now;
        for (var lane : lanes) {
            waiting += lane.waiting();
            oldest = Math.min(oldest, lane.oldestMillis(now));
        }
        return new PipelineCounters(
                eventsIn.sum(), eventsOut.sum(), errors.sum(), typeErrors.sum(), waiting, now - oldest);
    }

    /**
     * Stops for good: loops are interrupted, and all that is or will be submitted is answered with the error
     * {@code pipeline_stopped}.
     *
     * @return when all is answered and the sinks are closed; a sink that blocks holds this up
     */
    public Future<Void> close() {
        if (stopped.compareAndSet(false, true)) {
            lanes.forEach(Lane::wake);
            leave();
        }
        return closed.future();
    }
}
