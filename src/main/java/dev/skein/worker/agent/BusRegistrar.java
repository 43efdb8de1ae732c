package dev.skein.worker.agent;

import dev.skein.bus.Bus;
import dev.skein.cluster.Membership;
import dev.skein.pipeline.Workers;
import dev.skein.pipeline.Workers.Heartbeat;
import dev.skein.pipeline.Workers.HeartbeatAck;
import dev.skein.pipeline.Workers.Leave;
import dev.skein.pipeline.Workers.Register;
import dev.skein.pipeline.Workers.Registered;
import io.vertx.core.Future;
import java.time.Duration;

/** Speaks to the leading coordinator over the bus. */
public final class BusRegistrar implements Registrar {
    private static final Duration REGISTER_DEADLINE = Duration.ofSeconds(5);
    private static final Duration LEAVE_DEADLINE = Duration.ofSeconds(30);

    private final Bus bus;
    private final Membership membership;
    private final Terms terms;

    public BusRegistrar(Bus bus, Membership membership, Terms terms) {
        this.bus = bus;
        this.membership = membership;
        this.terms = terms;
    }

    @Override
    public Future<Registered> register(Register worker) {
        return bus.ask(Workers.REGISTER, worker, REGISTER_DEADLINE);
    }

    /** Whoever is silent for two beats is as good as gone. */
    @Override
    public Future<HeartbeatAck> beat(Heartbeat heartbeat) {
        return bus.ask(Workers.HEARTBEAT, heartbeat, terms.interval().multipliedBy(2));
    }

    @Override
    public Future<Void> leave(String workerId, String instanceId) {
        return bus.ask(Workers.LEAVE, new Leave(workerId, instanceId), LEAVE_DEADLINE)
                .mapEmpty();
    }

    @Override
    public Future<Boolean> isInTouch() {
        return membership.nearAllCoordinators();
    }

    @Override
    public Terms terms(Registered answer) {
        return terms;
    }
}
