package dev.skein.router.table;

import dev.skein.bus.NodeAddress;
import dev.skein.config.Secret;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Events.Delivered;
import dev.skein.pipeline.Events.Delivery;
import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.Routing.Target;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.link.Host;
import dev.skein.pipeline.link.HostLink;
import dev.skein.router.lane.Carrier;
import dev.skein.router.lane.Parcel.Manner;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Delivers to one placement, wherever the tables say that it is. */
public final class PlacementCarrier implements Carrier {
    private static final Duration DEADLINE = Duration.ofSeconds(60); // lanes give up earlier, this frees credits

    /** What all carriers of a router share. */
    record Shared(Context context, Tables tables, HostLink links, OutputsOverRest restOutputs) {}

    /** What becomes of outputs that a worker known by REST only returned: it has no router to send them on. */
    public interface OutputsOverRest {
        Future<List<Result>> sendOn(String groupId, Target from, Manner manner, List<Result> results);
    }

    private final String groupId;
    private final String placement;
    private final Shared shared;
    private @Nullable Target sentTo;
    private @Nullable Host host;

    PlacementCarrier(String groupId, String placement, Shared shared) {
        this.groupId = groupId;
        this.placement = placement;
        this.shared = shared;
    }

    /** The worker of the last delivery, empty before the first. */
    public String workerId() {
        return sentTo == null ? "" : sentTo.workerId();
    }

    @Override
    public Future<List<Result>> carry(List<Event> events, Manner manner) {
        var target = target();
        if (target == null || !Replica.isUp(target)) {
            return Future.failedFuture(
                    Problem.notFound("pipeline_unavailable", "pipeline " + placement + " is not running"));
        }
        if (!target.equals(sentTo)) {
            sentTo = target;
            host = host(target);
        }
        var delivery = new Delivery(target.pipelineId(), target.epoch(), manner.hops(), manner.countOnly(), events);
        var answer = shared.links.deliver(Objects.requireNonNull(host), delivery, DEADLINE);
        return target.node() == null
                ? here(answer.map(Delivered::results))
                        .compose(results -> shared.restOutputs.sendOn(groupId, target, manner, results))
                        .compose(results -> here(Future.succeededFuture(results)))
                : here(answer.map(Delivered::results));
    }

    private @Nullable Target target() {
        var table = shared.tables.get(groupId);
        return table == null ? null : table.target(placement);
    }

    private static Host host(Target target) {
        var node = target.node();
        return new Host(
                target.workerId(),
                node == null ? null : NodeAddress.parse(node),
                target.address(),
                new Secret(target.apiKey()));
    }

    /** The same outcome, told on the router's own thread. */
    private <T> Future<T> here(Future<T> answer) {
        Promise<T> told = Promise.promise();
        answer.onComplete(outcome -> {
            if (Vertx.currentContext() == shared.context) {
                told.handle(outcome);
            } else {
                shared.context.runOnContext(run -> told.handle(outcome));
            }
        });
        return told.future();
    }

    @Override
    public Future<Void> renew() {
        return shared.tables.refresh().mapEmpty();
    }

    @Override
    public boolean isOneByOne() {
        var target = target();
        return target != null && target.node() == null;
    }

    /** Whether the last delivery went to where the placement is not any more. */
    @Override
    public boolean hasMoved() {
        var now = target();
        return sentTo != null
                && (now == null
                        || !now.pipelineId().equals(sentTo.pipelineId())
                        || now.epoch() != sentTo.epoch()
                        || !Objects.equals(now.node(), sentTo.node()));
    }

    /** Whether it has moved and the copy there was not brought to rest before, so that answers will not come. */
    boolean isLostNow() {
        var now = target();
        return hasMoved()
                && (now == null || sentTo == null || !now.successorOf().equals(sentTo.pipelineId()));
    }

    boolean wentTo(NodeAddress node) {
        return sentTo != null && node.toString().equals(sentTo.node());
    }

    String groupId() {
        return groupId;
    }

    String placement() {
        return placement;
    }
}
