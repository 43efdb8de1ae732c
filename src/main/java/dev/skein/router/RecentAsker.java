package dev.skein.router;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.pipeline.Events.RecentAsk;
import dev.skein.pipeline.Events.RecentOutputs;
import dev.skein.pipeline.Hosting;
import dev.skein.pipeline.Routing.Target;
import dev.skein.pipeline.recent.RecentRing;
import dev.skein.pipeline.route.RouteTable;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Gathers a group's recent outputs from the workers that host it; one that does not answer is left out. */
final class RecentAsker {
    private static final Duration DEADLINE = Duration.ofMillis(800); // a read answers within a second

    private final Bus bus;
    private final RecentRing seenHere;

    /** @param seenHere outputs of workers that cannot be asked */
    RecentAsker(Bus bus, RecentRing seenHere) {
        this.bus = bus;
        this.seenHere = seenHere;
    }

    Future<RecentOutputs> recent(RouteTable table, RecentAsk ask) {
        var asked = new ArrayList<Future<RecentOutputs>>();
        table.destinations().stream()
                .flatMap(to -> to.targets().stream())
                .map(Target::node)
                .filter(Objects::nonNull)
                .distinct()
                .map(NodeAddress::parse)
                .forEach(node -> asked.add(bus.askAt(node, Hosting.RECENT, ask, DEADLINE)
                        .otherwise(new RecentOutputs(List.of(), ask.after()))));
        asked.add(Future.succeededFuture(seenHere.recent(ask)));
        return Future.join(asked)
                .map(all -> RecentRing.merge(
                        ask, asked.stream().map(each -> each.result().outputs()).toList()));
    }
}
