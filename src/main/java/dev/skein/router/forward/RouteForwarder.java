package dev.skein.router.forward;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.Events.Forwarded;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.link.Forwarder;
import dev.skein.pipeline.route.RouteTable;
import dev.skein.router.table.LaneBook;
import dev.skein.router.table.Replica;
import dev.skein.router.table.Tables;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends outputs on. Matching happens on the caller's thread, all else on the router's event loop. */
public final class RouteForwarder implements Forwarder {
    private static final Logger log = LoggerFactory.getLogger(RouteForwarder.class);
    private static final long UNKNOWN_MILLIS_MAX = 30_000; // a hosted pipeline's group is unknown here only for moments
    private static final long ASK_AGAIN_MILLIS = 200;
    private static final long DRAINED_MILLIS = 5;

    /**
     * How far and how long.
     *
     * @param hopsMax routes an event may take
     * @param waitMillis how long an answer waits for targets once outputs are retained
     */
    public record Bounds(int hopsMax, long waitMillis) {}

    private record Waiting(long untilMillis, Promise<Void> settled) {}

    private final Context context;
    private final Tables tables;
    private final LaneBook lanes;
    private final Replica replica;
    private final Bounds bounds;
    private final InstantSource clock;
    private final AtomicLong deadLetters = new AtomicLong();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(); // confined to the event loop

    public RouteForwarder(
            Context context, Tables tables, LaneBook lanes, Replica replica, Bounds bounds, InstantSource clock) {
        this.context = context;
        this.tables = tables;
        this.lanes = lanes;
        this.replica = replica;
        this.bounds = bounds;
        this.clock = clock;
    }

    /** Outputs given up since the start: too many hops, or their group was deleted. */
    public long deadLetters() {
        return deadLetters.get();
    }

    @Override
    public Forwarding forward(Source source, List<List<Event>> outputs) {
        if (outputs.stream().allMatch(List::isEmpty)) {
            return Forwarding.nothing(outputs.size());
        }
        var table = tables.get(source.groupId());
        if (table != null) {
            return forward(table, source, outputs);
        }
        Promise<List<List<Forwarded>>> retained = Promise.promise();
        Promise<Void> settled = Promise.promise();
        long giveUp = clock.millis() + UNKNOWN_MILLIS_MAX;
        context.runOnContext(run -> known(source.groupId(), giveUp).onComplete(found -> {
            if (found.failed()) {
                retained.fail(found.cause());
                return;
            }
            var forwarding = forward(found.result(), source, outputs);
            forwarding.retained().onComplete(retained);
            forwarding.settled().onComplete(settled);
        }));
        return new Forwarding(retained.future(), settled.future());
    }

    private Future<RouteTable> known(String groupId, long giveUpMillis) {
        return tables.refresh().compose(answered -> {
            var table = tables.get(groupId);
            if (table != null) {
                return Future.succeededFuture(table);
            }
            if (clock.millis() > giveUpMillis) {
                return Future.failedFuture(Problem.busy("pipeline_unavailable", "no routes known for " + groupId));
            }
            Promise<Void> later = Promise.promise();
            context.owner().setTimer(ASK_AGAIN_MILLIS, tick -> later.complete());
            return later.future().compose(due -> known(groupId, giveUpMillis));
        });
    }

    private Forwarding forward(RouteTable table, Source source, List<List<Event>> outputs) {
        if (!table.forwards(RouteTable.pipelineOf(source.placement()))) {
            return Forwarding.nothing(outputs.size());
        }
        var plan = Plan.of(table, source, outputs, replica);
        if (plan.events() == 0) {
            return Forwarding.nothing(outputs.size());
        }
        if (source.hops() >= bounds.hopsMax) {
            deadLetters.addAndGet(plan.events());
            log.warn(
                    "{} outputs of {} in group {} have taken {} routes and go no further",
                    plan.events(),
                    source.placement(),
                    source.groupId(),
                    source.hops());
            return Forwarding.nothing(outputs.size());
        }
        var run = new ForwardRun(source.hops() + 1, deadLetters, plan);
        run.retained.future().onSuccess(in -> waitNoLonger(run.settled));
        context.runOnContext(start -> plan.byPlacement()
                .forEach((placement, events) -> lanes.faithful(source.groupId(), source.placement(), placement)
                        .lane()
                        .feed(run.feed(events))));
        return new Forwarding(run.retained.future().map(in -> plan.perEvent()), run.settled.future());
    }

    /**
     * Looks again and again, as a lane at rest tells nobody. What a pipeline sends to itself does not count: it could
     * never arrive while that pipeline takes nothing.
     */
    @Override
    public Future<Void> drained(String groupId, String placement) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(run -> awaitDrained(groupId, placement, done));
        return done.future();
    }

    private void awaitDrained(String groupId, String placement, Promise<Void> done) {
        if (lanes.isDrained(groupId, placement)) {
            done.complete();
        } else {
            context.owner().setTimer(DRAINED_MILLIS, tick -> awaitDrained(groupId, placement, done));
        }
    }

    private void waitNoLonger(Promise<Void> settled) {
        if (!settled.future().isComplete()) {
            waiting.add(new Waiting(clock.millis() + bounds.waitMillis, settled));
        }
    }

    /** Lets go of answers whose targets are too slow; to be called several times per second. */
    public void tick() {
        long now = clock.millis();
        for (var first = waiting.peek(); first != null && first.untilMillis <= now; first = waiting.peek()) {
            waiting.remove();
            first.settled.tryComplete();
        }
    }
}
