package dev.skein.worker;

import dev.skein.bus.Bus;
import dev.skein.cluster.Membership;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Events;
import dev.skein.pipeline.Events.Delivered;
import dev.skein.pipeline.Events.Delivery;
import dev.skein.pipeline.Hosting;
import dev.skein.pipeline.Hosting.Held;
import dev.skein.worker.agent.Agent;
import dev.skein.worker.agent.BusRegistrar;
import dev.skein.worker.agent.Registrar;
import dev.skein.worker.agent.RestRegistrar;
import dev.skein.worker.hosting.WorkerHost;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Serves what every worker offers, on this node, and keeps the worker registered. */
public final class WorkerVerticle extends VerticleBase {
    private static final Duration LEAVE_MAX = Duration.ofSeconds(28);
    private static final long SAMPLE_MILLIS = 100;
    private static final long SWEEP_MILLIS = 5_000;

    private final Bus bus;
    private final WorkerConfig config;
    private final WorkerHost host;
    private final Agent.@Nullable Identity identity;
    private final Membership membership;
    private final InstantSource clock;
    private final ReplyPages pages;
    private @Nullable Agent agent;

    /**
     * One life of the worker on the bus.
     *
     * @param host outlives this verticle
     * @param identity what to register as; null for a worker that belongs to no coordinator
     * @param membership tells whether a coordinator may be out of reach
     * @param clock steady
     */
    public WorkerVerticle(
            Bus bus,
            WorkerConfig config,
            WorkerHost host,
            Agent.@Nullable Identity identity,
            Membership membership,
            InstantSource clock) {
        this.bus = bus;
        this.config = config;
        this.host = host;
        this.identity = identity;
        this.membership = membership;
        this.clock = clock;
        this.pages = new ReplyPages(clock);
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(SAMPLE_MILLIS, tick -> sample());
        vertx.setPeriodic(SWEEP_MILLIS, tick -> pages.sweep());
        return Future.all(serveHosting(), serveMoves(), serveEvents()).onSuccess(serving -> startAgent());
    }

    private Future<?> serveHosting() {
        return Future.all(
                bus.serveHere(Hosting.DEPLOY, host::deploy).completion(),
                bus.serveHere(Hosting.STOP, order -> host.stop(order.pipelineId()))
                        .completion(),
                bus.serveHere(Hosting.LIST, ask -> Future.succeededFuture(host.list()))
                        .completion(),
                bus.serveHere(Hosting.RECENT, ask -> Future.succeededFuture(host.recent(ask)))
                        .completion());
    }

    private Future<?> serveMoves() {
        return Future.all(
                bus.serveHere(Hosting.HOLD, this::hold).completion(),
                bus.serveHere(Hosting.RELEASE, host::release).completion(),
                bus.serveHere(Hosting.RESTORE, host::restore).completion());
    }

    /** Who cannot come to rest in time goes on. */
    private Future<Held> hold(Hosting.Hold order) {
        Promise<Held> answer = Promise.promise();
        long timer = vertx.setTimer(Math.max(1, order.waitMillis()), late -> {
            if (answer.tryFail(Problem.busy("pipeline_unavailable", "the pipeline did not come to rest in time"))) {
                host.release(new Hosting.Release(order.pipelineId(), order.heldFor()));
            }
        });
        host.hold(order).onComplete(held -> {
            vertx.cancelTimer(timer);
            if (held.succeeded()) {
                answer.tryComplete(held.result());
            } else {
                answer.tryFail(held.cause());
            }
        });
        return answer.future();
    }

    private Future<?> serveEvents() {
        return Future.all(
                bus.serveHere(Events.DELIVER, this::deliver).completion(),
                bus.serveHere(
                                Events.REST,
                                ask -> Future.succeededFuture(ask.rest()).map(pages::next))
                        .completion());
    }

    private Future<Delivered> deliver(Delivery delivery) {
        return host.deliver(delivery).map(pages::first);
    }

    private void startAgent() {
        if (identity != null) {
            agent = new Agent(vertx, identity, host, registrar(), clock);
            agent.start();
        }
    }

    private Registrar registrar() {
        var coordinator = config.coordinator();
        if (coordinator == null) {
            return new BusRegistrar(bus, membership, new Registrar.Terms(config.heartbeatInterval(), config.lease()));
        }
        var key = config.joinKey() == null ? config.apiKey() : config.joinKey();
        var own = identity == null ? "" : identity.apiKey();
        var keys = new RestRegistrar.Keys(key == null ? "" : key.reveal(), own);
        return new RestRegistrar(vertx, coordinator, keys, config.restLease(), config.ca());
    }

    private void sample() {
        if (host.sample() && agent != null) {
            agent.beat();
        }
    }

    /** Completes when the worker is known to its coordinator; at once when it has none. Callable from any thread. */
    public Future<Void> registered() {
        return onOwnThread(() -> agent == null ? Future.succeededFuture() : agent.registered());
    }

    /**
     * Hands the pipelines over, before a stop: completes within 30 s, when nothing is at work here any more. Serves
     * until then. Callable from any thread.
     */
    public Future<Void> leave() {
        return onOwnThread(() -> agent == null ? Future.succeededFuture() : agent.leave(LEAVE_MAX));
    }

    private Future<Void> onOwnThread(Supplier<Future<Void>> step) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(run -> step.get().onComplete(done));
        return done.future();
    }

    @Override
    public Future<?> stop() {
        if (agent != null) {
            agent.end();
        }
        return Future.succeededFuture();
    }
}
