package dev.skein.coordinator;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.coordinator.registry.Registry;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.Workers;
import dev.skein.pipeline.Workers.Register;
import dev.skein.pipeline.Workers.Registered;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Serves what the coordinator offers about workers. */
final class WorkersEndpoints {
    private final Registry registry;

    WorkersEndpoints(Registry registry) {
        this.registry = registry;
    }

    Future<?> mount(Bus bus) {
        return Future.all(List.of(
                bus.serveAsker(false, Workers.REGISTER, (asker, worker) -> register(bus, asker, worker))
                        .completion(),
                bus.serve(Workers.HEARTBEAT, registry::heartbeat).completion(),
                bus.serve(Workers.GET, registry::get).completion(),
                bus.serve(Workers.LIST, registry::list).completion(),
                bus.serve(Workers.DELETE, registry::delete).completion(),
                bus.serve(Workers.LEAVE, registry::leave).completion()));
    }

    /** A worker is asked and given work at the life that it names, so nobody may name another's. */
    private Future<Registered> register(Bus bus, @Nullable NodeAddress asker, Register worker) {
        var life = worker.node();
        if (asker != null && life != null && !life.equals(asker.toString())) {
            var foreign = new Problem(
                    Kind.FORBIDDEN, "foreign_life", "a worker registers with its own life on the bus", List.of());
            bus.accuse(asker, worker.workerId(), foreign);
            return Future.failedFuture(foreign);
        }
        return registry.register(worker);
    }
}
