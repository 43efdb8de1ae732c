package dev.skein.router;

import dev.skein.bus.Bus;
import dev.skein.cluster.Membership;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Events;
import dev.skein.pipeline.Events.Inject;
import dev.skein.pipeline.Events.Injected;
import dev.skein.pipeline.Events.RecentAsk;
import dev.skein.pipeline.Events.RecentOutputs;
import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.Routing;
import dev.skein.pipeline.Routing.Target;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.link.Forwarder;
import dev.skein.pipeline.link.Forwarder.Forwarding;
import dev.skein.pipeline.link.HostLink;
import dev.skein.pipeline.recent.RecentRing;
import dev.skein.pipeline.recent.RecentRing.Origin;
import dev.skein.router.forward.RouteForwarder;
import dev.skein.router.journal.Journal;
import dev.skein.router.lane.Parcel.Manner;
import dev.skein.router.table.LaneBook;
import dev.skein.router.table.Replica;
import dev.skein.router.table.Tables;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Routes the events of one node: those its edge injects and those its worker's pipelines put out. */
public final class RouterVerticle extends VerticleBase {
    private static final long TICK_MILLIS = 250;

    private final Bus bus;
    private final RouterConfig config;
    private final Path directory;
    private final HostLink links;
    private final Membership membership;
    private final InstantSource clock;
    private final Replica replica = new Replica();
    private final RecentRing recent;
    private final Tables tables;
    private final RecentAsker recentAsker;

    private volatile @Nullable RouteForwarder forwards;
    private @Nullable LaneBook lanes;
    private @Nullable Journal journal;

    /**
     * The router of one life of a node.
     *
     * @param directory for events that nobody waits for; no other router may use it
     * @param clock steady
     */
    public RouterVerticle(
            Bus bus, RouterConfig config, Path directory, HostLink links, Membership membership, InstantSource clock) {
        this.bus = bus;
        this.config = config;
        this.directory = directory;
        this.links = links;
        this.membership = membership;
        this.clock = clock;
        this.recent = new RecentRing(clock);
        this.tables = new Tables(bus, this::tablesChanged);
        this.recentAsker = new RecentAsker(bus, recent);
    }

    /** What the worker of this node sends outputs through. Thread-safe; takes nothing before the start. */
    public Forwarder forwarder() {
        return new Forwarder() {
            @Override
            public Forwarding forward(Source source, List<List<Event>> outputs) {
                var started = forwards;
                return started != null
                        ? started.forward(source, outputs)
                        : new Forwarding(
                                Future.failedFuture(Problem.busy("the router has not started")),
                                Future.succeededFuture());
            }

            @Override
            public Future<Void> drained(String groupId, String placement) {
                var started = forwards;
                return started == null ? Future.succeededFuture() : started.drained(groupId, placement);
            }
        };
    }

    /** Outputs given up since the start. */
    public long deadLetters() {
        var started = forwards;
        return started == null ? 0 : started.deadLetters();
    }

    @Override
    public Future<?> start() {
        return vertx.executeBlocking(() -> Journal.open(directory, config.journalBytes()))
                .compose(this::serve);
    }

    private Future<?> serve(Journal opened) {
        journal = opened;
        var caps = new LaneBook.Caps(config.laneLimits(), clock);
        var book = new LaneBook(context, tables, links, this::sendOn, caps);
        lanes = book;
        var bounds =
                new RouteForwarder.Bounds(config.hopsMax(), config.forwardWait().toMillis());
        var forwarder = new RouteForwarder(context, tables, book, replica, bounds, clock);
        forwards = forwarder;
        var injector = new Injector(tables, book, replica, clock);
        var kept = new KeptEvents(context, opened, injector, tables, book);
        membership.onLeft(node -> context.runOnContext(run -> book.nodeLeft(node)));
        vertx.setPeriodic(TICK_MILLIS, tick -> {
            book.tick();
            forwarder.tick();
        });
        vertx.setPeriodic(config.refreshInterval().toMillis(), tick -> refresh(kept));
        refresh(kept);
        return Future.all(
                bus.serveHere(Events.INJECT, request -> inject(injector, kept, request))
                        .completion(),
                bus.serveHere(Events.INJECT_BATCH, injector::inject).completion(),
                bus.serveHere(Events.RECENT, ask -> recent(injector, ask)).completion(),
                bus.subscribe(Routing.CHANGED, tables::hinted).completion());
    }

    private void refresh(KeptEvents kept) {
        tables.refresh().onSuccess(kept::placeLeftOvers);
    }

    private static Future<Injected> inject(Injector injector, KeptEvents kept, Inject request) {
        return request.awaited() ? injector.inject(request) : kept.keep(request);
    }

    private Future<RecentOutputs> recent(Injector injector, RecentAsk ask) {
        return injector.located(ask.groupId()).compose(table -> recentAsker.recent(table, ask));
    }

    private void tablesChanged(Set<String> groupIds) {
        var book = lanes;
        if (book != null) {
            book.tablesChanged(groupIds, tables);
        }
        groupIds.stream().filter(groupId -> tables.get(groupId) == null).forEach(replica::forget);
        recent.keepOnly(tables.groupIds());
    }

    /** Outputs of a worker that has no router: this one does what that would do. */
    private Future<List<Result>> sendOn(String groupId, Target from, Manner manner, List<Result> results) {
        var outputs = results.stream().map(Result::outputs).toList();
        recent.add(new Origin(groupId, from.placement(), from.workerId()), outputs);
        var forwarding = forwarder().forward(new Forwarder.Source(groupId, from.placement(), manner.hops()), outputs);
        return forwarding
                .retained()
                .compose(taken -> forwarding.settled().map(settled -> {
                    var whole = new ArrayList<Result>(results.size());
                    for (int i = 0; i < results.size(); i++) {
                        var result = results.get(i);
                        var shown = manner.countOnly() ? List.<Event>of() : result.outputs();
                        whole.add(new Result(shown, result.outputCount(), result.errors(), taken.get(i)));
                    }
                    return whole;
                }));
    }

    @Override
    public Future<?> stop() {
        var opened = journal;
        if (opened == null) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(() -> {
            opened.close();
            return opened;
        });
    }
}
