package dev.skein.coordinator.view;

import dev.skein.bus.NodeAddress;
import dev.skein.coordinator.fleet.Fleet;
import dev.skein.coordinator.ledger.Ledger;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Group;
import dev.skein.coordinator.state.Worker;
import dev.skein.pipeline.Observation.Alert;
import dev.skein.pipeline.Observation.GroupView;
import dev.skein.pipeline.Observation.NodeView;
import dev.skein.pipeline.Observation.PipelineLoad;
import dev.skein.pipeline.Observation.ReviewView;
import dev.skein.pipeline.Observation.Snapshot;
import dev.skein.pipeline.Workers.Pressure;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Everything the first screen shows. Confined to the coordinator's event loop. */
public final class Snapshots {
    private static final String ROLE = "coordinator";

    private final Self self;
    private final Ledger ledger;
    private final Fleet fleet;
    private final Counters counters;
    private final InstantSource clock;
    private final Told told;

    /**
     * What others know, each by id.
     *
     * @param alerts what needs a person right now
     * @param reviews the newest runs
     */
    public record Told(Supplier<Map<String, Alert>> alerts, Supplier<Map<String, ReviewView>> reviews) {}

    public Snapshots(Self self, Ledger ledger, Fleet fleet, Counters counters, Told told, InstantSource clock) {
        this.self = self;
        this.ledger = ledger;
        this.fleet = fleet;
        this.counters = counters;
        this.told = told;
        this.clock = clock;
    }

    public Snapshot now() {
        var state = ledger.committed();
        var loads = counters.metrics().pipelines();
        return new Snapshot(
                self.cluster(),
                self.node(),
                self.epoch(),
                self.version(),
                nodes(state),
                groups(state, loads),
                told.alerts.get(),
                told.reviews.get());
    }

    private Map<String, NodeView> nodes(ClusterState state) {
        var nodes = new TreeMap<String, NodeView>();
        nodes.put(self.node(), alone());
        state.listed().forEach(worker -> {
            var id = nodeOf(worker);
            boolean here = id.equals(self.node());
            nodes.put(here ? id : worker.id(), node(state, worker, here));
        });
        return nodes;
    }

    private static String nodeOf(Worker worker) {
        return worker.node() == null ? "" : NodeAddress.parse(worker.node()).node();
    }

    private NodeView alone() {
        return new NodeView(self.node(), List.of(ROLE), "READY", self.since(), Self.memory(), Self.cpu(), 0, 0, 0);
    }

    private NodeView node(ClusterState state, Worker worker, boolean here) {
        var roles = new ArrayList<>(worker.roles().isEmpty() ? List.of("worker") : worker.roles());
        if (here && !roles.contains(ROLE)) {
            roles.add(0, ROLE);
        }
        return new NodeView(
                here ? self.node() : worker.id(),
                List.copyOf(roles),
                fleet.status(state, worker).word().toUpperCase(Locale.ROOT),
                fleet.since(worker.id()),
                fleet.memory(worker.id()),
                fleet.cpu(worker.id()),
                fleet.running(state, worker),
                worker.maxPipelines(),
                fleet.silence(worker.id()).toMillis());
    }

    private Map<String, GroupView> groups(ClusterState state, List<PipelineLoad> loads) {
        var byGroup = loads.stream().collect(Collectors.groupingBy(PipelineLoad::groupId));
        var groups = new TreeMap<String, GroupView>();
        state.groups().values().forEach(group -> {
            var mine = byGroup.getOrDefault(group.id(), List.of());
            groups.put(group.id(), group(group, mine));
        });
        return groups;
    }

    private GroupView group(Group group, List<PipelineLoad> loads) {
        var now = clock.instant();
        return new GroupView(
                group.id(),
                group.spec().name(),
                group.status(),
                group.placements().size(),
                fleet.traffic().inPerSecond(group.id(), now),
                fleet.traffic().outPerSecond(group.id(), now),
                loads.stream().mapToLong(PipelineLoad::errors).sum(),
                loads.stream()
                        .map(PipelineLoad::pressure)
                        .max(Comparator.naturalOrder())
                        .orElse(Pressure.OK));
    }
}
