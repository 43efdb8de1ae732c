package dev.skein.coordinator;

import dev.skein.bus.Bus;
import dev.skein.coordinator.registry.Registry;
import dev.skein.pipeline.Workers;
import io.vertx.core.Future;
import java.util.List;

/** Serves what the coordinator offers about workers. */
final class WorkersEndpoints {
    private final Registry registry;

    WorkersEndpoints(Registry registry) {
        this.registry = registry;
    }

    Future<?> mount(Bus bus) {
        return Future.all(List.of(
                bus.serve(Workers.REGISTER, registry::register).completion(),
                bus.serve(Workers.HEARTBEAT, registry::heartbeat).completion(),
                bus.serve(Workers.GET, registry::get).completion(),
                bus.serve(Workers.LIST, registry::list).completion(),
                bus.serve(Workers.DELETE, registry::delete).completion(),
                bus.serve(Workers.LEAVE, registry::leave).completion()));
    }
}
