package dev.skein.worker.agent;

import dev.skein.pipeline.Workers.Heartbeat;
import dev.skein.pipeline.Workers.HeartbeatAck;
import dev.skein.pipeline.Workers.Register;
import dev.skein.pipeline.Workers.Registered;
import io.vertx.core.Future;
import java.time.Duration;

/** The coordinator as a worker sees it. Failures are {@link dev.skein.kernel.Problem}s with the contract's codes. */
public interface Registrar {
    /** How one coordinator wants to be kept informed. */
    record Terms(Duration interval, Duration lease) {}

    Future<Registered> register(Register worker);

    Future<HeartbeatAck> beat(Heartbeat heartbeat);

    /** Completes when the worker's pipelines are elsewhere, or when nobody is going to move them. */
    Future<Void> leave(String workerId, String instanceId);

    /**
     * Whether nobody can have decided anything about this worker that it did not hear: whoever could have is within
     * reach, or is known not to run. Never fails.
     */
    Future<Boolean> isInTouch();

    /** How often to beat and how long that lasts, given what the coordinator answered at registration. */
    Terms terms(Registered answer);
}
