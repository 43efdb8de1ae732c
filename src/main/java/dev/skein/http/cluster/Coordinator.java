package dev.skein.http.cluster;

import dev.skein.bus.Bus;
import dev.skein.bus.Endpoint;
import dev.skein.bus.NodeAddress;
import dev.skein.http.exchange.Answer;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.Observation;
import dev.skein.pipeline.Observation.Leads;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks the leading coordinator, wherever it is. Whoever waits for a leader that is gone is told at once rather than at
 * the end of its time. Thread-safe.
 */
public final class Coordinator {
    /** Reads are answered from memory, at once. */
    public static final Duration READ = Duration.ofSeconds(2);

    public static final Duration CHANGE = Duration.ofSeconds(10);

    /** Deploying waits for workers, each of which may take 10 s. */
    public static final Duration LONG_CHANGE = Duration.ofSeconds(60);

    private static final String NOBODY = "not_ready"; // the code of a question that nobody serves
    private static final String SILENT = "worker_timeout"; // the code of a question without an answer
    private static final Leads UNKNOWN = new Leads("", 0);
    private static final Duration ON_THE_WAY = Duration.ofSeconds(1); // longest from a term's beginning to its news

    private static final String NO_LEADER = "no_leader";

    /** The store is asked, and everything in it may have to be read. */
    private static final Duration STORED = Duration.ofSeconds(5);

    /** What was found, by the leader or in the store. */
    public record Seen<R>(R found, boolean isStale) {
        public Answer answer(Function<R, Object> shape) {
            var answer = Answer.ok(shape.apply(found));
            return isStale ? new Answer.Stale(answer) : answer;
        }
    }

    private final Bus bus;
    private final InstantSource steady;
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet(); // as many as there are calls
    private volatile Leads leader = UNKNOWN;
    private volatile boolean isGone; // the leader, and no other is known: the bus may still send to it for a while

    /** A question that the leader of an epoch has not answered. */
    private record Waiting(
            long epoch, Instant since, @Nullable Context context, Promise<?> promise, Problem ifLost) {
        void fail() {
            if (context == null) {
                promise.tryFail(ifLost);
            } else {
                context.runOnContext(here -> promise.tryFail(ifLost));
            }
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other; // two questions are never the same
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    public Coordinator(Bus bus, InstantSource steady) {
        this.bus = bus;
        this.steady = steady;
        bus.subscribe(Observation.LEADS, this::leads);
        bus.onEnded(this::ended);
    }

    /** A new term: what was asked of an earlier one and is not on its way to this one will not be answered. */
    synchronized void leads(Leads now) {
        if (now.epoch() < leader.epoch()) {
            return;
        }
        leader = now;
        isGone = false;
        var before = steady.instant().minus(ON_THE_WAY);
        give(asked -> asked.epoch < now.epoch() && asked.since.isBefore(before));
    }

    private void ended(NodeAddress life) {
        var known = leader;
        if (life.toString().equals(known.node())) {
            isGone = true;
            give(asked -> asked.epoch <= known.epoch());
        }
    }

    private void give(Predicate<Waiting> lost) {
        waiting.stream().filter(lost).forEach(Waiting::fail);
    }

    /** Asks for what changes nothing; no answer at all means that nobody leads. */
    public <Q extends Record, R extends Record> Future<R> read(Endpoint<Q, R> endpoint, Q question) {
        return read(endpoint, question, READ);
    }

    /** The same of what is answered late on purpose. */
    public <Q extends Record, R extends Record> Future<R> read(Endpoint<Q, R> endpoint, Q question, Duration time) {
        return ask(endpoint, question, time, noLeader())
                .recover(cause -> Future.failedFuture(isSilence(cause) ? noLeader() : unserved(cause)));
    }

    /** Asks for what changes nothing; while nobody leads, a coordinator that follows says what the store has. */
    public <Q extends Record, R extends Record> Future<Seen<R>> read(
            Endpoint<Q, R> endpoint, Endpoint<Q, R> stored, Q question) {
        return read(endpoint, question)
                .map(found -> new Seen<>(found, false))
                .recover(cause -> isNoLeader(cause)
                        ? bus.ask(stored, question, STORED)
                                .map(found -> new Seen<>(found, true))
                                .recover(also -> Future.failedFuture(isAnswer(also) ? also : cause))
                        : Future.failedFuture(cause));
    }

    private static boolean isNoLeader(Throwable cause) {
        var problem = Problem.in(cause);
        return problem != null && problem.code().equals(NO_LEADER);
    }

    private static boolean isAnswer(Throwable cause) {
        var problem = Problem.in(cause);
        return problem != null && problem.kind() == Kind.NOT_FOUND;
    }

    /** Asks for a change; when there is no answer it may have been made, and the failure says so. */
    public <Q extends Record, R extends Record> Future<R> change(Endpoint<Q, R> endpoint, Q question, Duration time) {
        return ask(endpoint, question, time, silentChange())
                .recover(cause -> Future.failedFuture(isSilence(cause) ? silentChange() : unserved(cause)));
    }

    private <Q extends Record, R extends Record> Future<R> ask(
            Endpoint<Q, R> endpoint, Q question, Duration time, Problem ifLost) {
        Promise<R> promise = Promise.promise();
        var asked = new Waiting(leader.epoch(), steady.instant(), Vertx.currentContext(), promise, ifLost);
        waiting.add(asked);
        var longest = isGone && time.compareTo(READ) > 0 ? READ : time;
        bus.ask(endpoint, question, longest).onComplete(answer -> {
            waiting.remove(asked);
            if (answer.succeeded()) {
                promise.tryComplete(answer.result());
            } else {
                promise.tryFail(answer.cause());
            }
        });
        return promise.future();
    }

    private static boolean isSilence(Throwable cause) {
        var problem = Problem.in(cause);
        return problem != null
                && problem.kind() == Kind.TIMEOUT
                && problem.code().equals(SILENT);
    }

    private static Throwable unserved(Throwable cause) {
        var problem = Problem.in(cause);
        boolean isUnserved =
                problem != null && problem.kind() == Kind.BUSY && problem.code().equals(NOBODY);
        return isUnserved ? noLeader() : cause;
    }

    private static Problem silentChange() {
        return Problem.busy(
                NO_LEADER, "the coordinator did not answer; it may have been carried out, so look before repeating it");
    }

    private static Problem noLeader() {
        return Problem.busy(NO_LEADER, "no coordinator can be reached from this node");
    }
}
