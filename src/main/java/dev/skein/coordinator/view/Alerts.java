package dev.skein.coordinator.view;

import dev.skein.coordinator.fleet.Fleet;
import dev.skein.coordinator.fleet.WorkerStatus;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Group;
import dev.skein.coordinator.state.Placement;
import dev.skein.pipeline.Observation.Alert;
import dev.skein.pipeline.Observation.PipelineLoad;
import dev.skein.pipeline.Workers.Pressure;
import dev.skein.store.Store;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What needs a person, and since when it does. Confined to the coordinator's event loop. */
final class Alerts {
    private static final String WARNING = "warning";
    private static final String CRITICAL = "critical";

    record Condition(String id, String severity, String text) {}

    private final Map<String, Instant> since = new HashMap<>();

    /** The open ones by id; one keeps its time as long as it is seen open each time. */
    Map<String, Alert> open(List<Condition> conditions, Instant now) {
        since.keySet().retainAll(conditions.stream().map(Condition::id).collect(Collectors.toSet()));
        var open = new TreeMap<String, Alert>();
        for (var condition : conditions) {
            var first = since.computeIfAbsent(condition.id, id -> now);
            open.put(condition.id, new Alert(condition.id, condition.severity, condition.text, first));
        }
        return open;
    }

    /** What is wrong right now. Pure. */
    static List<Condition> conditions(ClusterState state, Fleet fleet, List<PipelineLoad> loads, Store.Health store) {
        return Stream.of(ofWorkers(state, fleet), ofGroups(state), ofPressure(state, loads), ofStore(store))
                .flatMap(conditions -> conditions)
                .toList();
    }

    private static Stream<Condition> ofWorkers(ClusterState state, Fleet fleet) {
        var silent = state.listed()
                .filter(worker -> fleet.status(state, worker) == WorkerStatus.UNHEALTHY)
                .map(worker -> new Condition(
                        "worker-unhealthy:" + worker.id(), CRITICAL, "Worker " + worker.id() + " does not report"));
        boolean anyHealthy =
                state.listed().anyMatch(worker -> fleet.status(state, worker).isHealthy());
        return anyHealthy
                ? silent
                : Stream.concat(silent, Stream.of(new Condition("no-workers", CRITICAL, "No worker is ready")));
    }

    private static Stream<Condition> ofGroups(ClusterState state) {
        return state.groups().values().stream()
                .filter(group -> !group.deleting() && failed(group) > 0)
                .map(group -> new Condition(
                        "placements-failed:" + group.id(),
                        WARNING,
                        "Group " + group.spec().name() + ": " + failed(group) + " of "
                                + group.placements().size() + " placements failed"));
    }

    private static long failed(Group group) {
        return group.placements().stream()
                .filter(placement -> placement.status() == Placement.Status.FAILED)
                .count();
    }

    private static Stream<Condition> ofPressure(ClusterState state, List<PipelineLoad> loads) {
        return loads.stream()
                .filter(load -> load.pressure() == Pressure.HIGH)
                .map(PipelineLoad::groupId)
                .distinct()
                .map(state.groups()::get)
                .map(group -> new Condition(
                        "pressure-high:" + group.id(),
                        WARNING,
                        "Group " + group.spec().name() + " is under pressure"));
    }

    private static Stream<Condition> ofStore(Store.Health store) {
        return store.writable()
                ? Stream.empty()
                : Stream.of(new Condition("store-not-writable", CRITICAL, "Changes are refused: " + store.reason()));
    }
}
