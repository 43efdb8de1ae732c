package dev.skein.coordinator.view;

import dev.skein.coordinator.fleet.Fleet;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Group;
import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.Worker;
import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.Observation.GroupTopology;
import dev.skein.pipeline.Observation.PipelineNode;
import dev.skein.pipeline.Observation.RouteTopology;
import dev.skein.pipeline.Observation.Topology;
import dev.skein.pipeline.Observation.WorkerTopology;
import java.util.stream.Stream;

/** Who carries what, and what flows between them. Pure. */
public final class Topologies {
    private static final String BETWEEN_PIPELINES = "inter-pipeline";

    private Topologies() {}

    public static Topology of(ClusterState state, Fleet fleet) {
        var groups = state.groups().values();
        return new Topology(
                groups.stream().map(group -> group(state, group)).toList(),
                state.listed().map(worker -> worker(state, fleet, worker)).toList(),
                groups.stream().flatMap(Topologies::routes).toList());
    }

    private static GroupTopology group(ClusterState state, Group group) {
        return new GroupTopology(
                group.id(),
                group.spec().name(),
                group.placements().stream()
                        .map(placement -> new PipelineNode(
                                placement.id().name(), placement.workerId(), address(state, placement)))
                        .toList(),
                group.spec().routes());
    }

    private static String address(ClusterState state, Placement placement) {
        var worker = state.workers().get(placement.workerId());
        return worker == null ? "" : worker.address();
    }

    private static WorkerTopology worker(ClusterState state, Fleet fleet, Worker worker) {
        return new WorkerTopology(
                worker.id(),
                worker.address(),
                fleet.status(state, worker).word(),
                state.groups().values().stream()
                        .filter(group ->
                                group.placements().stream().anyMatch(placement -> placement.occupies(worker.id())))
                        .map(group -> group.spec().name())
                        .distinct()
                        .toList());
    }

    private static Stream<RouteTopology> routes(Group group) {
        return group.spec().routes().stream()
                .filter(route -> !route.fromPipeline().equals(GroupSpec.EXTERNAL))
                .flatMap(route -> copies(group, route.fromPipeline())
                        .flatMap(source -> copies(group, route.toPipeline()).map(target -> route(source, target))))
                .distinct();
    }

    private static Stream<Placement> copies(Group group, String pipeline) {
        return group.placements().stream()
                .filter(placement -> placement.pipeline().equals(pipeline));
    }

    private static RouteTopology route(Placement source, Placement target) {
        return new RouteTopology(
                source.workerId(),
                source.id().name(),
                target.workerId(),
                target.id().name(),
                BETWEEN_PIPELINES);
    }
}
