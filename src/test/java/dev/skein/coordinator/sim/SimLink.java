package dev.skein.coordinator.sim;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.Events.Delivered;
import dev.skein.pipeline.Events.Delivery;
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
import java.util.Objects;
import java.util.function.Function;

/** Orders travel through the world's queue; some are lost on the way there, some on the way back. */
final class SimLink implements HostLink {
    private final Map<String, SimWorker> workers;
    private final SimNet net;
    private final SimNode from;
    private final int life;

    /** What one life of a coordinator node sends. */
    SimLink(Map<String, SimWorker> workers, SimNet net, SimNode from) {
        this.workers = workers;
        this.net = net;
        this.from = from;
        this.life = from.life();
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
        return send(host, worker -> new Held(worker.hold(order)));
    }

    @Override
    public Future<Released> release(Host host, Release order) {
        return send(host, worker -> new Released(worker.release(order)));
    }

    @Override
    public Future<Restored> restore(Host host, Restore order) {
        return send(host, worker -> {
            worker.restore(order);
            return new Restored(true);
        });
    }

    @Override
    public Future<Delivered> deliver(Host host, Delivery delivery, Duration deadline) {
        return Future.failedFuture(Problem.unreachable("the coordinator sends no events"));
    }

    private <T> Future<T> send(Host host, Function<SimWorker, T> order) {
        Promise<T> promise = Promise.promise();
        boolean lost = net.loses(from.name, host.workerId());
        net.later(() -> arrive(host, order, lost, promise));
        if (!lost && net.doubles()) {
            net.later(() -> arrive(host, order, false, Promise.promise()));
        }
        return promise.future();
    }

    private <T> void arrive(Host host, Function<SimWorker, T> order, boolean lost, Promise<T> promise) {
        var worker = Objects.requireNonNull(workers.get(host.workerId()));
        boolean sameLife = host.node() != null
                && worker.instance().endsWith("/" + host.node().incarnation());
        if (lost || worker.paused) {
            back(() -> promise.tryFail(Problem.timeout("lost on the way")));
        } else if (!worker.alive || !sameLife) {
            back(() -> promise.tryFail(Problem.unreachable("nobody there")));
        } else {
            answer(worker, order, promise);
        }
    }

    private <T> void answer(SimWorker worker, Function<SimWorker, T> order, Promise<T> promise) {
        try {
            var answer = order.apply(worker);
            boolean lost = net.loses(worker.id, from.name);
            back(() -> {
                if (lost) {
                    promise.tryFail(Problem.timeout("answer lost"));
                } else {
                    promise.tryComplete(answer);
                }
            });
        } catch (Problem refused) {
            back(() -> promise.tryFail(refused));
        }
    }

    private void back(Runnable answer) {
        net.later(() -> from.receive(life, answer));
    }
}
