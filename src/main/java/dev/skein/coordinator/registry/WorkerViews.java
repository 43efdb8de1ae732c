package dev.skein.coordinator.registry;

import dev.skein.coordinator.fleet.Fleet;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Worker;
import dev.skein.pipeline.Workers.View;

/** Workers as the API shows them. */
final class WorkerViews {
    private WorkerViews() {}

    static View of(ClusterState state, Fleet fleet, Worker worker) {
        return new View(
                worker.id(),
                worker.address(),
                fleet.status(state, worker).word(),
                fleet.running(state, worker),
                worker.maxPipelines(),
                state.placementsOn(worker.id())
                        .map(placement -> placement.id().name())
                        .sorted()
                        .toList(),
                worker.cpuCores(),
                fleet.eventsProcessed(worker.id()),
                worker.labels(),
                worker.state() == Worker.State.CORDONED);
    }
}
