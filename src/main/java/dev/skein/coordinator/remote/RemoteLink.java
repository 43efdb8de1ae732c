package dev.skein.coordinator.remote;

import dev.skein.bus.Bus;
import dev.skein.coordinator.job.RunnerLink;
import dev.skein.coordinator.remote.RemotePool.Door;
import dev.skein.job.JobRuns.Run;
import dev.skein.job.JobRuns.Stop;
import dev.skein.job.JobRuns.Stopping;
import dev.skein.job.JobRuns.Taken;
import dev.skein.kernel.Problem;
import dev.skein.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reaches members over the bus and the others over HTTP, once there are any. */
public final class RemoteLink implements RunnerLink {
    private final RunnerLink members;
    private @Nullable RemotePool pool;

    public RemoteLink(RunnerLink members) {
        this.members = members;
    }

    /**
     * What workers over HTTP are kept with.
     *
     * @param clock the queue's
     * @param token proves to the worker at an address who asks
     * @param isOwn whether a node of this cluster bears that {@link dev.skein.bus.NodeAddress#mark}
     */
    public record Ground(
            Vertx vertx,
            Store store,
            InstantSource clock,
            RemoteConfig config,
            UnaryOperator<String> token,
            Predicate<String> isOwn) {}

    /** From now on workers over HTTP are used; ends with its caller's verticle. */
    public Future<?> open(Bus bus, Door door, Ground ground) {
        var http = new RemoteHttp(ground.vertx, ground.config, ground.token);
        var made = new RemotePool(
                ground.config,
                http,
                new RemoteRows(ground.store),
                door,
                new RemotePool.Eyes(ground.clock, ground.isOwn));
        pool = made;
        ground.vertx.setPeriodic(ground.config.poll().toMillis(), tick -> made.poll());
        return made.open().compose(done -> made.mount(bus));
    }

    /** To be called each second. */
    public void tick() {
        if (pool != null) {
            pool.tick();
        }
    }

    private RunnerLink to(String node) {
        if (!RemotePool.isRemote(node)) {
            return members;
        }
        if (pool == null) {
            throw Problem.busy("worker_gone", node + " is not known");
        }
        return pool;
    }

    @Override
    public Future<Taken> run(String node, Run run) {
        return to(node).run(node, run);
    }

    @Override
    public Future<Stopping> stop(String node, Stop stop) {
        return to(node).stop(node, stop);
    }
}
