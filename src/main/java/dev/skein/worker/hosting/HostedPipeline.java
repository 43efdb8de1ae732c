package dev.skein.worker.hosting;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.Events.Delivery;
import dev.skein.pipeline.Events.Forwarded;
import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.Hosting.Checkpoint;
import dev.skein.pipeline.Hosting.Deploy;
import dev.skein.pipeline.Hosting.Hosted;
import dev.skein.pipeline.Workers.PipelineMetrics;
import dev.skein.pipeline.Workers.Pressure;
import dev.skein.pipeline.Workers.Running;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.Outcome;
import dev.skein.pipeline.link.Forwarder;
import dev.skein.pipeline.link.Forwarder.Forwarding;
import dev.skein.pipeline.recent.RecentRing;
import dev.skein.pipeline.recent.RecentRing.Origin;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One running pipeline and the deliveries that wait for it. One delivery is at work at a time; the next begins when the
 * outputs of the one before are on their way, so a full target downstream holds up this pipeline and no other.
 * Thread-safe.
 */
final class HostedPipeline {
    private static final long WAIT_MILLIS_MAX = 100; // beyond it work counts as having to wait

    /** What all pipelines of a worker share. */
    record Shared(
            Executor lanes,
            InstantSource clock,
            Lease lease,
            Forwarder forwarder,
            RecentRing recent,
            String workerId,
            Inbox.Limits limits) {}

    private final String id;
    private final Deploy order;
    private final Engine.Instance instance;
    private final Shared shared;
    private final long sinceMillis;

    // all below guarded by this
    private final Inbox inbox;
    private final PressureMeter pressure = new PressureMeter();
    private Inbox.@Nullable Work current;
    private long handingOnSince = Long.MAX_VALUE; // while outputs of the current delivery find no room downstream
    private boolean closed;
    private boolean reads;
    private final Hold hold = new Hold();
    private Checkpoint inherited = Checkpoint.NOTHING;

    HostedPipeline(String id, Deploy order, Engine.Instance instance, Shared shared) {
        this.id = id;
        this.order = order;
        this.instance = instance;
        this.shared = shared;
        this.sinceMillis = shared.clock.millis();
        this.inbox = new Inbox(shared.limits);
    }

    String id() {
        return id;
    }

    Deploy order() {
        return order;
    }

    /** Completes when the pipeline is done with the delivery and its outputs are passed on. */
    Future<List<Result>> deliver(Delivery delivery) {
        Inbox.Work work;
        synchronized (this) {
            if (closed) {
                return Future.failedFuture(WorkerHost.unknown(id));
            }
            if (hold.isOn()) {
                return Future.failedFuture(Problem.busy("pipeline_unavailable", order.name() + " is about to move"));
            }
            try {
                work = inbox.add(delivery, shared.clock.millis());
            } catch (Problem full) {
                return Future.failedFuture(full);
            }
            if (current != null) {
                return work.done().future();
            }
            current = inbox.poll();
        }
        begin(work);
        return work.done().future();
    }

    /** Begins to read from connectors, unless it is stopped already. */
    synchronized void read() {
        if (!closed && !reads) {
            reads = true;
            instance.feed(events ->
                    deliver(new Delivery(id, order.epoch(), 0, true, events)).mapEmpty());
        }
    }

    private void begin(Inbox.Work work) {
        if (shared.lease.isHeld()) {
            instance.submitAll(work.delivery().events(), outcomes -> finished(work, outcomes));
        } else {
            end(work, Future.failedFuture(WorkerHost.fenced(shared.workerId)));
        }
    }

    private void finished(Inbox.Work work, List<Outcome> outcomes) {
        if (!shared.lease.isHeld()) { // it ran out meanwhile: another worker may be doing this again
            end(work, Future.failedFuture(WorkerHost.fenced(shared.workerId)));
            return;
        }
        var outputs = outcomes.stream().map(Outcome::outputs).toList();
        var forwarding = handOn(work, outputs);
        forwarding
                .retained()
                .onComplete(taken -> handedOn(work, forwarding, taken.map(sent -> results(work, outcomes, sent))));
    }

    private Forwarding handOn(Inbox.Work work, List<List<Event>> outputs) {
        var groupId = order.groupId();
        if (groupId == null) {
            return Forwarding.nothing(outputs.size());
        }
        var origin = new Origin(groupId, order.name(), shared.workerId);
        shared.recent.add(origin, outputs);
        synchronized (this) {
            handingOnSince = shared.clock.millis();
        }
        return shared.forwarder.forward(
                new Forwarder.Source(groupId, order.name(), work.delivery().hops()), outputs);
    }

    private void handedOn(Inbox.Work work, Forwarding forwarding, AsyncResult<List<Result>> results) {
        if (results.failed()) {
            end(
                    work,
                    Future.failedFuture(Problem.timeout(
                            "the events were processed, but their outputs could not be sent on: " + results.cause())));
            return;
        }
        forwarding.settled().onComplete(settled -> work.done().tryComplete(results.result()));
        proceed();
    }

    private static List<Result> results(Inbox.Work work, List<Outcome> outcomes, List<List<Forwarded>> taken) {
        var results = new ArrayList<Result>(outcomes.size());
        for (int i = 0; i < outcomes.size(); i++) {
            var outputs = outcomes.get(i).outputs();
            var shown = work.delivery().countOnly() ? List.<Event>of() : outputs;
            results.add(new Result(shown, outputs.size(), outcomes.get(i).errors(), taken.get(i)));
        }
        return results;
    }

    private void end(Inbox.Work work, Future<List<Result>> failure) {
        work.done().tryFail(failure.cause());
        proceed();
    }

    private void proceed() {
        Inbox.Work next;
        synchronized (this) {
            handingOnSince = Long.MAX_VALUE;
            next = closed ? null : inbox.poll();
            current = next;
            if (next == null) {
                hold.atRest();
            }
        }
        if (next != null) {
            shared.lanes.execute(() -> begin(next)); // not from here: a long queue would be as deep a stack
        }
    }

    /**
     * To be called every {@link PressureMeter#SAMPLE_MILLIS}.
     *
     * @return whether the pressure has become HIGH just now
     */
    synchronized boolean sample() {
        long now = shared.clock.millis();
        var before = pressure.pressure();
        pressure.sample(inbox.oldestMillis(now) > WAIT_MILLIS_MAX || now - handingOnSince > WAIT_MILLIS_MAX);
        return before != Pressure.HIGH && pressure.pressure() == Pressure.HIGH;
    }

    synchronized boolean isIdle() {
        return current == null && inbox.isEmpty();
    }

    /** Takes nothing new; completes when what was taken is done. */
    Future<Void> hold(long heldFor) {
        instance.rest(true);
        synchronized (this) {
            return hold.begin(heldFor, isIdle());
        }
    }

    /** Completes when what it put out to connectors is delivered. */
    Future<Void> delivered() {
        return instance.delivered();
    }

    /** Goes on, if it was held for that copy. */
    synchronized boolean release(long heldFor) {
        boolean goesOn = hold.end(heldFor);
        instance.rest(hold.isOn());
        return goesOn;
    }

    /** What it has come to; to be asked of a copy at rest. */
    Checkpoint checkpoint() {
        var counters = counters();
        return new Checkpoint(counters.eventsIn(), counters.eventsOut(), counters.errors(), instance.state());
    }

    /** Goes on where another copy stopped, also in what it reads from outside if it waited for this. */
    synchronized void restore(Checkpoint checkpoint) {
        instance.restore(checkpoint.state());
        inherited = checkpoint;
        if (order.follows()) {
            read();
        }
    }

    /** With those of the copies whose place it took. */
    private synchronized Engine.Counters counters() {
        var own = instance.counters();
        return new Engine.Counters(
                inherited.eventsIn() + own.eventsIn(),
                inherited.eventsOut() + own.eventsOut(),
                inherited.errors() + own.errors());
    }

    /** By this copy alone. */
    long eventsProcessed() {
        return instance.counters().eventsIn();
    }

    /** Refuses what waits, interrupts what is at work. */
    Future<Void> close() {
        var refused = new ArrayList<Inbox.Work>();
        Inbox.Work interrupted;
        synchronized (this) {
            closed = true;
            hold.abandon(WorkerHost.unknown(id));
            interrupted = current;
            for (var work = inbox.poll(); work != null; work = inbox.poll()) {
                refused.add(work);
            }
        }
        refused.forEach(work -> work.done().tryFail(WorkerHost.unknown(id)));
        if (interrupted != null) {
            interrupted
                    .done()
                    .tryFail(Problem.timeout("the pipeline was stopped at work; the event may have been processed"));
        }
        return instance.close();
    }

    synchronized Running running() {
        return new Running(id, order.groupId(), order.name(), order.epoch(), hold.heldFor());
    }

    synchronized PipelineMetrics metrics() {
        var counters = counters();
        return new PipelineMetrics(
                order.name(),
                order.groupId(),
                counters.eventsIn(),
                counters.eventsOut(),
                counters.errors(),
                pressure.pressure(),
                instance.links());
    }

    Hosted hosted() {
        var counters = counters();
        return new Hosted(
                id,
                order.name(),
                order.groupId(),
                order.epoch(),
                "running",
                order.source(),
                (shared.clock.millis() - sinceMillis) / 1_000,
                counters.eventsIn(),
                counters.eventsOut());
    }
}
