package dev.skein.router.table;

import dev.skein.bus.NodeAddress;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.link.HostLink;
import dev.skein.router.lane.Lane;
import dev.skein.router.lane.LaneLimits;
import dev.skein.router.table.PlacementCarrier.OutputsOverRest;
import io.vertx.core.Context;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every lane of a router, made when first needed. Confined to the router's event loop. */
public final class LaneBook {
    /** The source name of lanes for events from outside. */
    public static final String OUTSIDE = "";

    private record Key(String groupId, String source, String placement) {}

    /** A lane and what knows where it leads. */
    public record Way(Lane lane, PlacementCarrier carrier) {}

    private final Context context;
    private final PlacementCarrier.Shared shared;
    private final LaneLimits limits;
    private final InstantSource clock;
    private final Map<Key, Way> ways = new HashMap<>();

    public LaneBook(Context context, Tables tables, HostLink links, OutputsOverRest restOutputs, Caps caps) {
        this.context = context;
        this.shared = new PlacementCarrier.Shared(context, tables, links, restOutputs);
        this.limits = caps.limits;
        this.clock = caps.clock;
    }

    /** What every lane keeps to. */
    public record Caps(LaneLimits limits, InstantSource clock) {}

    /** For senders who wait for their answer. */
    public Way patient(String groupId, String placement) {
        return ways.computeIfAbsent(new Key(groupId, OUTSIDE, placement), key -> way(key, false));
    }

    /** For what must arrive, in order per source. */
    public Way faithful(String groupId, String source, String placement) {
        return ways.computeIfAbsent(new Key(groupId, source, placement), key -> way(key, true));
    }

    private Way way(Key key, boolean faithful) {
        var carrier = new PlacementCarrier(key.groupId, key.placement, shared);
        Lane.Timers timers = (millis, step) -> context.owner().setTimer(Math.max(1, millis), tick -> step.run());
        var lane =
                faithful ? Lane.faithful(limits, carrier, clock, timers) : Lane.patient(limits, carrier, clock, timers);
        return new Way(lane, carrier);
    }

    /** Answers to deliveries at a placement's former place will not come; groups that are gone take nothing more. */
    public void tablesChanged(Set<String> groupIds, Tables tables) {
        for (var way : List.copyOf(ways.values())) {
            if (groupIds.contains(way.carrier.groupId())) {
                tableChanged(way, tables);
            }
        }
        ways.keySet().removeIf(key -> groupIds.contains(key.groupId) && isGone(key.groupId, key.placement, tables));
    }

    private static boolean isGone(String groupId, String placement, Tables tables) {
        var table = tables.get(groupId);
        return table == null || table.target(placement) == null;
    }

    private static void tableChanged(Way way, Tables tables) {
        var groupId = way.carrier.groupId();
        var placement = way.carrier.placement();
        if (tables.get(groupId) == null) {
            way.lane.close(Problem.notFound("group_not_found", "group " + groupId + " is gone"));
        } else if (isGone(groupId, placement, tables)) {
            way.lane.close(Problem.notFound("pipeline_not_found", "pipeline " + placement + " is gone"));
        } else if (way.carrier.isLostNow()) {
            way.lane.giveUpFlights("the pipeline moved away from worker " + way.carrier.workerId());
        }
    }

    /** Whether nothing of this source is on its way any more, save to itself. */
    public boolean isDrained(String groupId, String source) {
        return ways.entrySet().stream()
                .filter(each -> each.getKey().groupId.equals(groupId))
                .filter(each -> each.getKey().source.equals(source))
                .filter(each -> !each.getKey().placement.equals(source))
                .allMatch(each -> each.getValue().lane.isIdle());
    }

    public void nodeLeft(NodeAddress node) {
        for (var way : List.copyOf(ways.values())) {
            if (way.carrier.wentTo(node)) {
                way.lane.giveUpFlights("worker " + way.carrier.workerId() + " was lost");
            }
        }
    }

    public void tick() {
        List.copyOf(ways.values()).forEach(way -> way.lane.tick());
    }
}
