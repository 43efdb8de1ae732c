package dev.skein.coordinator.orders;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Orders per worker: a few at a time, the rest in line. When a worker does not answer, its whole line fails with it,
 * so that a dead worker costs its callers one deadline and not one per order. Confined to the coordinator's event
 * loop.
 */
final class Lanes {
    private static final int WAITING_MAX = 100_000;

    private final int ordersMax;
    private final Map<String, Lane> lanes = new HashMap<>();

    Lanes(int ordersMax) {
        this.ordersMax = ordersMax;
    }

    /** Sends the order when it is its turn; BUSY when the line is too long. */
    <T> Future<T> submit(String workerId, Supplier<Future<T>> order) {
        var lane = lanes.computeIfAbsent(workerId, id -> new Lane());
        if (lane.waiting.size() >= WAITING_MAX) {
            return Future.failedFuture(Problem.busy("too many orders wait for worker " + workerId));
        }
        var waiting = new Waiting<>(order, Promise.promise());
        lane.waiting.add(waiting);
        advance(workerId, lane);
        return waiting.promise.future();
    }

    private void advance(String workerId, Lane lane) {
        if (lane.advancing) {
            return; // an order that was answered at once; the loop below goes on
        }
        lane.advancing = true;
        while (lane.inFlight < ordersMax && !lane.waiting.isEmpty()) {
            lane.inFlight++;
            send(workerId, lane, lane.waiting.remove());
        }
        lane.advancing = false;
        if (lane.inFlight == 0) {
            lanes.remove(workerId, lane);
        }
    }

    private <T> void send(String workerId, Lane lane, Waiting<T> next) {
        next.order.get().onComplete(answer -> {
            lane.inFlight--;
            if (answer.failed() && isSilence(answer.cause())) {
                lane.giveUp(answer.cause());
            }
            next.promise.handle(answer);
            advance(workerId, lane);
        });
    }

    private static boolean isSilence(Throwable cause) {
        var problem = Problem.in(cause);
        return problem != null && (problem.kind() == Kind.TIMEOUT || problem.kind() == Kind.UNREACHABLE);
    }

    private record Waiting<T>(Supplier<Future<T>> order, Promise<T> promise) {}

    private static final class Lane {
        private final ArrayDeque<Waiting<?>> waiting = new ArrayDeque<>();
        private int inFlight;
        private boolean advancing;

        void giveUp(Throwable cause) {
            var line = List.copyOf(waiting);
            waiting.clear();
            line.forEach(order -> order.promise.fail(cause));
        }
    }
}
