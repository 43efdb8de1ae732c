package dev.skein.coordinator.moves;

import dev.skein.coordinator.ledger.Ledger;
import dev.skein.coordinator.ledger.Stepped;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Group;
import dev.skein.coordinator.state.Migration;
import dev.skein.coordinator.state.Migration.Reason;
import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.PlacementId;
import dev.skein.coordinator.state.Worker;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers the moves that nobody could prepare, for those who look. Confined to the coordinator's event loop. */
final class Failovers implements Ledger.Listener {
    private static final int OPEN_MAX = 10_000;

    private record Open(Migration migration, long epoch) {}

    private final Ledger ledger;
    private final InstantSource clock;
    private final MoveMetrics metrics;
    private final Map<PlacementId, Open> open = new LinkedHashMap<>();

    Failovers(Ledger ledger, InstantSource clock, MoveMetrics metrics) {
        this.ledger = ledger;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public void committed(ClusterState before, ClusterState after) {
        if (before.groups() == after.groups()) {
            return;
        }
        var begun = new ArrayList<Migration>();
        for (var group : after.groups().values()) {
            var known = before.groups().get(group.id());
            if (known != null && known != group && open.size() < OPEN_MAX) {
                note(after, known, group, begun);
            }
        }
        var ended = ended(ledger.committed()); // what was ordered may have been answered already
        if (!ended.isEmpty() || !begun.isEmpty()) {
            ledger.step(state -> Stepped.to(with(state, begun, ended)));
        }
    }

    private void note(ClusterState state, Group before, Group after, List<Migration> begun) {
        for (var placement : after.placements()) {
            var known = before.placement(placement.id().name()).orElse(null);
            if (known != null && isFailover(known, placement)) {
                var migration = Migration.begun(known, placement.workerId(), reason(state, known), clock.instant());
                open.put(placement.id(), new Open(migration, placement.epoch()));
                begun.add(migration);
            }
        }
    }

    private static boolean isFailover(Placement known, Placement now) {
        return known.isRunning() && now.isDeploying() && !known.workerId().equals(now.workerId());
    }

    private static Reason reason(ClusterState state, Placement lost) {
        var worker = state.workers().get(lost.workerId());
        return worker != null && worker.state() == Worker.State.DRAINING ? Reason.DRAIN : Reason.FAILOVER;
    }

    private List<Migration> ended(ClusterState state) {
        var ended = new ArrayList<Migration>();
        open.entrySet().removeIf(each -> {
            var placement = state.placement(each.getKey());
            if (placement != null && placement.epoch() == each.getValue().epoch && placement.isDeploying()) {
                return false;
            }
            ended.add(end(each.getValue(), placement));
            return true;
        });
        ended.forEach(migration -> metrics.finished(migration, clock.instant()));
        return ended;
    }

    private Migration end(Open move, @Nullable Placement placement) {
        if (placement != null && placement.epoch() == move.epoch && placement.isRunning()) {
            return move.migration.completed(clock.instant());
        }
        var why = placement == null || placement.error() == null ? "it was placed anew" : placement.error();
        return move.migration.failed(why, clock.instant());
    }

    private static ClusterState with(ClusterState state, List<Migration> begun, List<Migration> ended) {
        var next = state;
        for (var migration : begun) {
            next = next.with(migration);
        }
        for (var migration : ended) {
            next = next.with(migration);
        }
        return next;
    }

    /** Whether somebody still waits for its end. */
    boolean knows(Migration migration) {
        var tracked = open.get(migration.placement());
        return tracked != null && tracked.migration.id().equals(migration.id());
    }
}
