package dev.skein.router.lane;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.Events.Result;
import io.vertx.core.AsyncResult;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Events for one placement, in order. Not thread-safe: one lane lives on one event loop, and its carrier answers there.
 *
 * <p>A lane is either of two kinds. A patient one is for senders who wait: what is refused is tried once more, at the
 * place the placement is at by then, and everything is answered within the patience. A faithful one is for what must
 * arrive: it has one delivery in flight and repeats it until it is taken, even when it may have been taken already.
 */
public final class Lane {
    private static final long BUSY_MILLIS = 20;
    private static final long BACKOFF_MILLIS = 50;
    private static final long BACKOFF_MILLIS_MAX = 2_000;
    private static final int DOUBLINGS_MAX = 6;

    private enum State {
        OPEN,
        /** Something came back: wait until nothing is in flight, so that order is kept when it is sent again. */
        HALTED,
        PAUSED
    }

    /** Runs something later, on the lane's own thread. */
    public interface Timers {
        void after(long millis, Runnable step);
    }

    /** A sender with more events than an outbox holds. */
    @FunctionalInterface
    public interface Feed {
        /** Offers events while there is room; true when it has no more. */
        boolean pour(Lane lane);
    }

    /** A delivery under way. Two are never equal, which spares hashing what they carry. */
    private static final class Flight {
        final List<Parcel> parcels;
        final long bytes;
        final long sentMillis;

        Flight(List<Parcel> parcels, long bytes, long sentMillis) {
            this.parcels = parcels;
            this.bytes = bytes;
            this.sentMillis = sentMillis;
        }
    }

    private final LaneLimits limits;
    private final boolean faithful;
    private final Carrier carrier;
    private final InstantSource clock;
    private final Timers timers;
    private final Outbox outbox;
    private final Credits credits;
    private final Pace pace;
    private final Set<Flight> flights = new LinkedHashSet<>();
    private final List<Parcel> returned = new ArrayList<>();
    private final ArrayDeque<Feed> feeds = new ArrayDeque<>();
    private State state = State.OPEN;
    private boolean onlyBusy = true;
    private int setbacks;
    private long progressMillis;
    private boolean pumping;
    private @Nullable Problem closed;

    private Lane(LaneLimits limits, boolean faithful, Carrier carrier, InstantSource clock, Timers timers) {
        this.limits = limits;
        this.faithful = faithful;
        this.carrier = carrier;
        this.clock = clock;
        this.timers = timers;
        this.outbox = new Outbox(limits.outboxEventsMax(), limits.outboxBytesMax());
        this.credits = new Credits(limits.creditDeliveriesMax(), limits.creditEventsMax(), limits.creditBytesMax());
        this.pace = new Pace(limits.batchEventsMax());
    }

    /** A lane for senders who wait for their answer. */
    public static Lane patient(LaneLimits limits, Carrier carrier, InstantSource clock, Timers timers) {
        return new Lane(limits, false, carrier, clock, timers);
    }

    /** A lane for what must arrive. */
    public static Lane faithful(LaneLimits limits, Carrier carrier, InstantSource clock, Timers timers) {
        return new Lane(limits.oneAtATime(), true, carrier, clock, timers);
    }

    /** Lets an event in; false when there is no room, and nothing happened. */
    public boolean offer(Parcel parcel) {
        if (closed != null) {
            parcel.failed(closed);
            return true;
        }
        long now = clock.millis();
        if (outbox.events() == 0 && flights.isEmpty()) {
            progressMillis = now;
        }
        boolean in = outbox.offer(parcel, now);
        if (in) {
            pump();
        }
        return in;
    }

    /** Lets a sender's events in, now or as room comes; senders take turns. */
    public void feed(Feed feed) {
        feeds.add(feed);
        pump();
    }

    private void pump() {
        if (pumping) {
            return; // an answer came while sending; the loop below goes round again
        }
        pumping = true;
        boolean moved = true;
        while (moved) {
            moved = send() | letIn();
        }
        pumping = false;
    }

    private boolean send() {
        boolean sent = false;
        while (state == State.OPEN && (flights.isEmpty() || !mustWaitForAnswers())) {
            var batch = new Outbox.BatchLimits(pace.events(), limits.batchBytesMax(), carrier.isOneByOne());
            var parcels = outbox.next(batch, credits);
            if (parcels.isEmpty()) {
                return sent;
            }
            fly(parcels);
            sent = true;
        }
        return sent;
    }

    /** Nothing overtakes what is on its way to the copy before this one. */
    private boolean mustWaitForAnswers() {
        return carrier.isOneByOne() || carrier.hasMoved();
    }

    private boolean letIn() {
        boolean moved = false;
        for (int turns = feeds.size(); turns > 0 && !outbox.isFull(); turns--) {
            int before = outbox.events();
            var feed = feeds.remove();
            if (!feed.pour(this)) {
                feeds.add(feed);
            }
            moved |= outbox.events() != before;
        }
        return moved;
    }

    private void fly(List<Parcel> parcels) {
        long bytes = parcels.stream().mapToLong(Parcel::bytes).sum();
        var flight = new Flight(parcels, bytes, clock.millis());
        flights.add(flight);
        credits.take(parcels.size(), bytes);
        carrier.carry(
                        parcels.stream().map(Parcel::event).toList(),
                        parcels.get(0).manner())
                .onComplete(answer -> landed(flight, answer));
    }

    private void landed(Flight flight, AsyncResult<List<Result>> answer) {
        if (!flights.remove(flight)) {
            return; // it was given up
        }
        credits.giveBack(flight.parcels.size(), flight.bytes);
        if (answer.succeeded() && answer.result().size() == flight.parcels.size()) {
            arrived(flight, answer.result());
        } else {
            cameBack(flight, problem(answer));
        }
        progressMillis = clock.millis();
        resumeIfDrained();
        pump();
    }

    private static Problem problem(AsyncResult<?> answer) {
        var problem = Problem.in(answer.cause());
        return problem != null
                ? problem
                : Problem.timeout("no usable answer came (" + answer.cause() + "); the event may have been processed");
    }

    private void arrived(Flight flight, List<Result> results) {
        setbacks = 0;
        long millis = clock.millis() - Math.max(flight.sentMillis, progressMillis);
        pace.answered(
                results.size(),
                millis,
                results.stream().mapToLong(Result::outputCount).sum());
        for (int i = 0; i < results.size(); i++) {
            flight.parcels.get(i).done(results.get(i));
        }
    }

    private void cameBack(Flight flight, Problem problem) {
        switch (problem.kind()) {
            case BUSY -> returned(flight);
            case NOT_FOUND, CONFLICT, UNREACHABLE -> {
                onlyBusy = false;
                returnedAfter(flight, problem);
            }
            default -> {
                if (faithful) {
                    onlyBusy = false;
                    returned(flight);
                } else {
                    flight.parcels.forEach(parcel -> parcel.failed(problem));
                }
            }
        }
    }

    private void returnedAfter(Flight flight, Problem problem) {
        var again = new ArrayList<Parcel>();
        for (var parcel : flight.parcels) {
            if (faithful || parcel.mayBeRetried()) {
                again.add(parcel);
            } else {
                parcel.failed(refused(problem));
            }
        }
        returned(new Flight(again, 0, 0));
    }

    private void returned(Flight flight) {
        flight.parcels.stream().filter(parcel -> !parcel.isSettled()).forEach(returned::add);
        state = state == State.PAUSED ? State.PAUSED : State.HALTED;
    }

    private static Problem refused(Problem problem) {
        return problem.code().equals("pipeline_unavailable")
                ? Problem.busy("pipeline_unavailable", problem.sentence())
                : Problem.unreachable(problem.sentence());
    }

    private void resumeIfDrained() {
        if (state != State.HALTED || !flights.isEmpty()) {
            return;
        }
        state = State.PAUSED;
        outbox.putBack(returned);
        returned.clear();
        if (onlyBusy) {
            timers.after(BUSY_MILLIS << Math.min(setbacks++, DOUBLINGS_MAX / 2), this::reopen);
            return;
        }
        onlyBusy = true;
        long wait = faithful ? backoff() : 0;
        carrier.renew().onComplete(renewed -> {
            if (wait == 0) {
                reopen();
            } else {
                timers.after(wait, this::reopen);
            }
        });
    }

    private long backoff() {
        long most = Math.min(BACKOFF_MILLIS << Math.min(setbacks++, DOUBLINGS_MAX), BACKOFF_MILLIS_MAX);
        return most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
    }

    private void reopen() {
        state = State.OPEN;
        pump();
    }

    /**
     * The placement is somewhere else now, or its worker is gone: no answer will come. What was in flight is sent
     * again by a faithful lane; else its senders hear that it may have been processed.
     */
    public void giveUpFlights(String why) {
        var lost = List.copyOf(flights);
        flights.clear();
        for (var flight : lost) {
            credits.giveBack(flight.parcels.size(), flight.bytes);
            cameBack(flight, Problem.timeout(why + "; the event may have been processed"));
        }
        resumeIfDrained();
        pump();
    }

    /** Answers those who have waited too long; to be called several times per second. */
    public void tick() {
        if (faithful) {
            return;
        }
        long now = clock.millis();
        for (var parcel : outbox.remove(parcel -> isLate(parcel, now))) {
            parcel.failed(Problem.busy(
                    "pipeline_unavailable", "the pipeline took nothing for too long; the event was not accepted"));
        }
        for (var flight : List.copyOf(flights)) {
            flight.parcels.stream()
                    .filter(parcel -> isLate(parcel, now))
                    .forEach(parcel -> parcel.failed(new Problem(
                            Kind.TIMEOUT, "no answer from the worker in time; the event may have been processed")));
        }
        pump();
    }

    private boolean isLate(Parcel parcel, long now) {
        long from = parcel.receiver().waitsWhileMoving() ? Math.max(parcel.since(), progressMillis) : parcel.since();
        return now - from > limits.patienceMillis();
    }

    /** Fails everything and whatever comes later, for a placement that is no more. */
    public void close(Problem why) {
        closed = why;
        giveUpFlights(why.sentence());
        outbox.remove(parcel -> true).forEach(parcel -> parcel.failed(why));
        pump();
    }

    /** Whether nothing waits and nothing is in flight. */
    public boolean isIdle() {
        return outbox.events() == 0 && flights.isEmpty() && feeds.isEmpty() && returned.isEmpty();
    }

    int deliveriesInFlight() {
        return credits.deliveries();
    }

    int eventsWaiting() {
        return outbox.events();
    }
}
