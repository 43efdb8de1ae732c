package dev.skein.coordinator.sim;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.Events.Delivered;
import dev.skein.pipeline.Events.Delivery;
import dev.skein.pipeline.Hosting.Checkpoint;
import dev.skein.pipeline.Hosting.Deploy;
import dev.skein.pipeline.Hosting.Deployed;
import dev.skein.pipeline.Hosting.Held;
import dev.skein.pipeline.Hosting.Hold;
import dev.skein.pipeline.Hosting.Hosted;
import dev.skein.pipeline.Hosting.Listed;
import dev.skein.pipeline.Hosting.Release;
import dev.skein.pipeline.Hosting.Released;
import dev.skein.pipeline.Hosting.Restore;
import dev.skein.pipeline.Hosting.Restored;
import dev.skein.pipeline.Hosting.Stopped;
import dev.skein.pipeline.link.Host;
import dev.skein.pipeline.link.HostLink;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;

/** Orders travel through the world's queue; some are lost on the way there, some on the way back. */
final class SimLink implements HostLink {
    private final Map<String, SimWorker> workers;
    private final Consumer<Runnable> later;
    private final Random random;
    private double lossRate;

    SimLink(Map<String, SimWorker> workers, Consumer<Runnable> later, Random random) {
        this.workers = workers;
        this.later = later;
        this.random = random;
    }

    void lossRate(double rate) {
        lossRate = rate;
    }

    @Override
    public Future<Deployed> deploy(Host host, Deploy order) {
        return send(host, worker -> worker.deploy(order));
    }

    @Override
    public Future<Stopped> stop(Host host, String pipelineId) {
        return send(host, worker -> {
            worker.stop(pipelineId);
            return new Stopped(true);
        });
    }

    @Override
    public Future<Listed> list(Host host) {
        return send(
                host,
                worker -> new Listed(worker.copies().stream()
                        .map(copy -> new Hosted(
                                copy.pipelineId(),
                                copy.pipelineName(),
                                copy.groupId(),
                                copy.epoch(),
                                "running",
                                "",
                                0,
                                0,
                                0))
                        .toList()));
    }

    @Override
    public Future<Held> hold(Host host, Hold order) {
        return send(host, worker -> {
            worker.hold(order);
            return new Held(Checkpoint.NOTHING);
        });
    }

    @Override
    public Future<Released> release(Host host, Release order) {
        return send(host, worker -> new Released(worker.release(order)));
    }

    @Override
    public Future<Restored> restore(Host host, Restore order) {
        return send(host, worker -> {
            worker.copy(order.pipelineId());
            return new Restored(true);
        });
    }

    @Override
    public Future<Delivered> deliver(Host host, Delivery delivery, Duration deadline) {
        return Future.failedFuture(Problem.unreachable("the coordinator sends no events"));
    }

    private <T> Future<T> send(Host host, Function<SimWorker, T> order) {
        Promise<T> promise = Promise.promise();
        later.accept(() -> arrive(host, order, promise));
        return promise.future();
    }

    private <T> void arrive(Host host, Function<SimWorker, T> order, Promise<T> promise) {
        var worker = workers.get(host.workerId());
        boolean sameLife = host.node() != null
                && worker.instance().endsWith("/" + host.node().incarnation());
        if (!worker.alive || !sameLife) {
            promise.fail(Problem.unreachable("nobody there"));
        } else if (worker.paused || random.nextDouble() < lossRate) {
            promise.fail(Problem.timeout("lost on the way"));
        } else {
            answer(worker, order, promise);
        }
    }

    private <T> void answer(SimWorker worker, Function<SimWorker, T> order, Promise<T> promise) {
        try {
            var answer = order.apply(worker);
            boolean lost = random.nextDouble() < lossRate;
            later.accept(() -> {
                if (lost) {
                    promise.fail(Problem.timeout("answer lost"));
                } else {
                    promise.complete(answer);
                }
            });
        } catch (Problem refused) {
            later.accept(() -> promise.fail(refused));
        }
    }
}
