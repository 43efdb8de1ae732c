package dev.skein.router;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.Events.BatchInjected;
import dev.skein.pipeline.Events.Inject;
import dev.skein.pipeline.Events.InjectBatch;
import dev.skein.pipeline.Events.Injected;
import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.Routing.Target;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.route.RouteTable;
import dev.skein.router.lane.Parcel;
import dev.skein.router.lane.Receiver;
import dev.skein.router.table.LaneBook;
import dev.skein.router.table.Replica;
import dev.skein.router.table.Tables;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.InstantSource;
import java.util.List;

/** Brings events from outside to their pipelines. Confined to the router's event loop. */
final class Injector {
    private final Tables tables;
    private final LaneBook lanes;
    private final Replica replica;
    private final InstantSource clock;

    Injector(Tables tables, LaneBook lanes, Replica replica, InstantSource clock) {
        this.tables = tables;
        this.lanes = lanes;
        this.replica = replica;
        this.clock = clock;
    }

    /** Where an event goes now. */
    private record Aim(Target target, boolean matched) {}

    private Aim aim(RouteTable table, Event event) {
        var choice = table.external(event.type());
        return new Aim(replica.choose(table.groupId(), choice.destination(), event), choice.matched());
    }

    /** The group's table, asked for once if it is unknown. */
    Future<RouteTable> located(String groupId) {
        var table = tables.get(groupId);
        if (table != null) {
            return Future.succeededFuture(table);
        }
        return tables.refresh().compose(answered -> {
            var now = tables.get(groupId);
            if (now != null) {
                return Future.succeededFuture(now);
            }
            return Future.failedFuture(
                    answered
                            ? Problem.notFound("group_not_found", "no group " + groupId)
                            : Problem.busy(
                                    "no_leader", "no coordinator answers, and group " + groupId + " is unknown"));
        });
    }

    Future<Injected> inject(Inject request) {
        return located(request.groupId()).compose(table -> {
            var aim = aim(table, request.event());
            return Replica.isUp(aim.target)
                    ? send(request, aim)
                    : tables.refresh().compose(answered -> again(request));
        });
    }

    private Future<Injected> again(Inject request) {
        var table = tables.get(request.groupId());
        if (table == null) {
            return Future.failedFuture(Problem.notFound("group_not_found", "no group " + request.groupId()));
        }
        var aim = aim(table, request.event());
        return Replica.isUp(aim.target) ? send(request, aim) : Future.failedFuture(notRunning(aim.target.placement()));
    }

    static Problem notRunning(String placement) {
        return Problem.busy("pipeline_unavailable", "pipeline " + placement + " is not running");
    }

    private Future<Injected> send(Inject request, Aim aim) {
        var placement = aim.target.placement();
        var way = lanes.patient(request.groupId(), placement);
        var single = new Single();
        var manner = request.countOnly() ? new Parcel.Manner(0, true) : Parcel.Manner.PLAIN;
        if (!way.lane().offer(new Parcel(request.event(), manner, single, 0))) {
            return Future.failedFuture(Problem.busy(
                    "pipeline_unavailable", "too many events wait for pipeline " + placement + " already"));
        }
        return single.answer
                .future()
                .map(result -> new Injected(
                        placement,
                        way.carrier().workerId(),
                        aim.matched,
                        false,
                        result.outputs(),
                        result.outputCount(),
                        result.errors(),
                        result.forwarded()));
    }

    /** What an event that nobody waits for is answered with, once it is kept. */
    Future<Injected> pending(Inject request) {
        return located(request.groupId()).map(table -> {
            var aim = aim(table, request.event());
            var target = aim.target;
            return new Injected(
                    target.placement(), target.workerId(), aim.matched, true, List.of(), 0, List.of(), List.of());
        });
    }

    /** Where a kept event is to be delivered, for the lane that must bring it there. */
    String placementFor(RouteTable table, Event event) {
        return aim(table, event).target.placement();
    }

    Future<BatchInjected> inject(InjectBatch request) {
        return located(request.groupId())
                .compose(table -> isAllUp(table) ? Future.succeededFuture(table) : refreshed(request.groupId()))
                .compose(table -> {
                    var run = new BatchRun(request.events(), clock.instant());
                    for (int i = 0; i < request.events().size(); i++) {
                        run.address(i, aim(table, request.events().get(i)).target);
                    }
                    return run.start(placement ->
                                    lanes.patient(request.groupId(), placement).lane())
                            .map(done -> run.answer(clock.instant()));
                });
    }

    private Future<RouteTable> refreshed(String groupId) {
        return tables.refresh().compose(answered -> located(groupId));
    }

    private static boolean isAllUp(RouteTable table) {
        return table.destinations().stream()
                .flatMap(to -> to.targets().stream())
                .allMatch(Replica::isUp);
    }

    private static final class Single implements Receiver {
        private final Promise<Result> answer = Promise.promise();

        @Override
        public void done(int index, Result result) {
            answer.complete(result);
        }

        @Override
        public void failed(int index, Problem problem) {
            answer.fail(problem);
        }
    }
}
