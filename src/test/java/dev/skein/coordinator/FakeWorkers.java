package dev.skein.coordinator;

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
import dev.skein.pipeline.Workers.Running;
import dev.skein.pipeline.link.Host;
import dev.skein.pipeline.link.HostLink;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Workers behind the port, each of which does as told unless it is down or silent. Thread-safe. */
final class FakeWorkers implements HostLink {
    final Set<String> down = ConcurrentHashMap.newKeySet();
    final Set<String> silent = ConcurrentHashMap.newKeySet();
    final ConcurrentLinkedQueue<String> orders = new ConcurrentLinkedQueue<>(); // as "deploy w0 p epoch 1"
    private final Map<String, Map<String, Running>> copies = new ConcurrentHashMap<>();
    private final AtomicInteger counter = new AtomicInteger();

    /** What runs on a worker. */
    List<Running> on(String workerId) {
        return List.copyOf(copiesOf(workerId).values());
    }

    /** The process has ended and begun again. */
    void restart(String workerId) {
        copies.remove(workerId);
        down.remove(workerId);
        silent.remove(workerId);
    }

    @Override
    public Future<Deployed> deploy(Host host, Deploy order) {
        orders.add("deploy " + host.workerId() + " " + order.name() + " epoch " + order.epoch());
        return reach(host, () -> {
            var pipelineId = host.workerId() + "-" + counter.incrementAndGet();
            copiesOf(host.workerId())
                    .put(pipelineId, new Running(pipelineId, order.groupId(), order.name(), order.epoch()));
            return new Deployed(pipelineId, List.of());
        });
    }

    @Override
    public Future<Stopped> stop(Host host, String pipelineId) {
        orders.add("stop " + host.workerId() + " " + pipelineId);
        return reach(host, () -> {
            copiesOf(host.workerId()).remove(pipelineId);
            return new Stopped(true);
        });
    }

    @Override
    public Future<Listed> list(Host host) {
        return reach(
                host,
                () -> new Listed(on(host.workerId()).stream()
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
        orders.add("hold " + host.workerId() + " " + order.pipelineId());
        return reach(host, () -> {
            turn(host, order.pipelineId(), order.heldFor());
            return new Held(Checkpoint.NOTHING);
        });
    }

    @Override
    public Future<Released> release(Host host, Release order) {
        orders.add("release " + host.workerId() + " " + order.pipelineId());
        return reach(host, () -> {
            turn(host, order.pipelineId(), 0);
            return new Released(true);
        });
    }

    @Override
    public Future<Restored> restore(Host host, Restore order) {
        orders.add("restore " + host.workerId() + " " + order.pipelineId());
        return reach(host, () -> new Restored(true));
    }

    private void turn(Host host, String pipelineId, long heldFor) {
        copiesOf(host.workerId())
                .computeIfPresent(
                        pipelineId,
                        (id, copy) -> new Running(id, copy.groupId(), copy.pipelineName(), copy.epoch(), heldFor));
    }

    @Override
    public Future<Delivered> deliver(Host host, Delivery delivery, Duration deadline) {
        return Future.failedFuture(Problem.unreachable("the coordinator sends no events"));
    }

    private <T> Future<T> reach(Host host, Supplier<T> action) {
        if (down.contains(host.workerId())) {
            return Future.failedFuture(Problem.unreachable("connection refused"));
        }
        return silent.contains(host.workerId()) ? Promise.<T>promise().future() : Future.succeededFuture(action.get());
    }

    private Map<String, Running> copiesOf(String workerId) {
        return copies.computeIfAbsent(workerId, id -> new ConcurrentHashMap<>());
    }
}
