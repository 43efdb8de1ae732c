package dev.skein.worker.agent;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.Workers.Capacity;
import dev.skein.pipeline.Workers.Heartbeat;
import dev.skein.pipeline.Workers.HeartbeatAck;
import dev.skein.pipeline.Workers.Register;
import dev.skein.pipeline.Workers.Registered;
import dev.skein.worker.hosting.WorkerHost;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers a worker and gives its signs of life. Confined to the event loop it is started on. */
public final class Agent {
    private static final Logger log = LoggerFactory.getLogger(Agent.class);
    private static final long BACKOFF_MILLIS = 1_000;
    private static final long BACKOFF_MILLIS_MAX = 30_000;
    private static final long IDLE_CHECK_MILLIS = 50;
    private static final long DISPLACED_MILLIS = 10_000;

    /**
     * Who the worker says it is.
     *
     * @param node its life on the bus, null when it is known by REST only
     */
    public record Identity(
            String workerId,
            String address,
            String apiKey,
            @Nullable String node,
            List<String> roles,
            List<String> labels,
            int maxPipelines) {}

    /** Where it stands with its coordinator. */
    private enum State {
        NEW,
        REGISTERED,
        /** Another process goes by its id: it looks from time to time whether that has gone. */
        DISPLACED,
        DEREGISTERED,
        ENDED
    }

    private final Vertx vertx;
    private final Identity identity;
    private final WorkerHost host;
    private final Registrar registrar;
    private final InstantSource clock;
    private final ProcessGauge gauge = new ProcessGauge();
    private final Promise<Void> registered = Promise.promise();
    private State state = State.NEW;
    private int attempts;
    private boolean beating;
    private Duration lease = Duration.ZERO;
    private long timer;

    public Agent(Vertx vertx, Identity identity, WorkerHost host, Registrar registrar, InstantSource clock) {
        this.vertx = vertx;
        this.identity = identity;
        this.host = host;
        this.registrar = registrar;
        this.clock = clock;
    }

    public void start() {
        register();
    }

    /** Completes with the first registration. */
    public Future<Void> registered() {
        return registered.future();
    }

    private void register() {
        if (state == State.ENDED) {
            return;
        }
        var sent = clock.instant();
        var cores = Runtime.getRuntime().availableProcessors();
        var running = host.running();
        registrar
                .register(new Register(
                        identity.workerId,
                        identity.address,
                        identity.apiKey,
                        host.instanceId(),
                        new Capacity(cores, running.size(), identity.maxPipelines),
                        running,
                        identity.node,
                        identity.roles,
                        identity.labels,
                        false))
                .onSuccess(answer -> accepted(sent, answer))
                .onFailure(this::refused);
    }

    private void accepted(Instant sent, Registered answer) {
        if (state == State.ENDED) {
            return;
        }
        log.info("registered as {}", identity.workerId);
        var terms = registrar.terms(answer);
        state = State.REGISTERED;
        attempts = 0;
        lease = terms.lease();
        host.lease().renew(sent, lease);
        vertx.cancelTimer(timer);
        timer = vertx.setPeriodic(terms.interval().toMillis(), tick -> beat());
        registered.tryComplete();
        beat();
    }

    private void refused(Throwable cause) {
        if (state == State.ENDED) {
            return;
        }
        long most = Math.min(BACKOFF_MILLIS << Math.min(attempts, 5), BACKOFF_MILLIS_MAX);
        long wait = most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
        attempts++;
        log.warn("not registered, next attempt in {} ms: {}", wait, cause.getMessage());
        vertx.setTimer(wait, tick -> register());
    }

    /** Gives a sign of life, at once when called for news that should not wait for the next one. */
    public void beat() {
        if ((state != State.REGISTERED && state != State.DISPLACED) || beating) {
            return;
        }
        beating = true;
        var sent = clock.instant();
        registrar
                .beat(heartbeat())
                .onComplete(done -> beating = false)
                .onSuccess(answer -> acknowledged(sent, answer))
                .onFailure(this::unacknowledged);
    }

    private Heartbeat heartbeat() {
        var running = host.running();
        return new Heartbeat(
                identity.workerId,
                host.instanceId(),
                host.eventsProcessed(),
                running.size(),
                host.metrics(),
                running,
                gauge.memory(),
                gauge.cpu(),
                null,
                identity.node != null);
    }

    private void acknowledged(Instant sent, HeartbeatAck answer) {
        answer.stopPipelines().forEach(host::stop);
        if (answer.acknowledged() && state == State.REGISTERED) {
            host.lease().renew(sent, lease);
        }
    }

    private void unacknowledged(Throwable cause) {
        var problem = Problem.in(cause);
        var code = problem == null ? "" : problem.code();
        if (state == State.REGISTERED) {
            log.warn("heartbeat not acknowledged: {}", cause.getMessage());
        }
        if (state != State.REGISTERED && state != State.DISPLACED) {
            return;
        }
        keepLease();
        switch (code) {
            case "worker_not_found" -> {
                state = State.NEW;
                vertx.cancelTimer(timer);
                register();
            }
            case "worker_deregistered" -> retire(State.DEREGISTERED);
            case "worker_id_taken" -> displaced();
            default -> {}
        }
    }

    /** A coordinator that is merely gone takes nothing away, since nobody else could. */
    private void keepLease() {
        var asked = clock.instant();
        registrar.isInTouch().onSuccess(inTouch -> {
            if (inTouch) {
                host.lease().keep(asked);
            }
        });
    }

    private void displaced() {
        if (state == State.REGISTERED) {
            log.error("another process is worker {} by now: give each an id of its own", identity.workerId);
            retire(State.DISPLACED);
            timer = vertx.setPeriodic(DISPLACED_MILLIS, tick -> beat());
        }
    }

    private void retire(State next) {
        state = next;
        vertx.cancelTimer(timer);
        host.running().forEach(pipeline -> host.stop(pipeline.pipelineId()));
    }

    /**
     * Asks to be relieved and goes on until that is done and nothing is at work any more.
     *
     * @param atMost how long this may take; then it completes anyway
     */
    public Future<Void> leave(Duration atMost) {
        if (state != State.REGISTERED) {
            return Future.succeededFuture();
        }
        var deadline = clock.instant().plus(atMost);
        return registrar
                .leave(identity.workerId, host.instanceId())
                .onFailure(cause -> log.warn("left without being relieved: {}", cause.getMessage()))
                .otherwiseEmpty()
                .compose(relieved -> {
                    end();
                    Promise<Void> idle = Promise.promise();
                    awaitIdle(deadline, idle);
                    return idle.future();
                });
    }

    private void awaitIdle(Instant deadline, Promise<Void> idle) {
        if (host.isIdle() || clock.instant().isAfter(deadline)) {
            idle.complete();
        } else {
            vertx.setTimer(IDLE_CHECK_MILLIS, tick -> awaitIdle(deadline, idle));
        }
    }

    /** No more signs of life. The lease runs out by itself. */
    public void end() {
        state = State.ENDED;
        vertx.cancelTimer(timer);
    }
}
