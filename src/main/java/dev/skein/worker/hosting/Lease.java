package dev.skein.worker.hosting;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The worker's right to execute: given by an acknowledged heartbeat, kept for as long as nobody can have given its
 * pipelines to others, and lost when neither could be told for longer than it lasts, be it that the network was cut or
 * that the process stood still. Thread-safe.
 */
public final class Lease {
    private final InstantSource clock;
    private volatile State state = new State(null, Duration.ZERO, null);

    /** @param acknowledged when a heartbeat was sent that the coordinator answered */
    private record State(
            @Nullable Instant since,
            Duration length,
            @Nullable Instant acknowledged) {}

    /** Never held until it is renewed; see also {@link #forEver}. */
    public Lease(InstantSource clock) {
        this.clock = clock;
    }

    /** For a worker that belongs to no coordinator, so that nobody can take its pipelines away. */
    public static Lease forEver() {
        var lease = new Lease(() -> Instant.EPOCH);
        lease.renew(Instant.EPOCH, Duration.ofSeconds(1));
        return lease;
    }

    /** A heartbeat sent at this instant was acknowledged. */
    public void renew(Instant sent, Duration length) {
        state = new State(sent, length, sent);
    }

    /** At this instant no coordinator was out of reach; of no avail once the lease has run out. */
    public void keep(Instant certain) {
        var now = state;
        if (now.since != null && certain.isAfter(now.since) && isHeld()) {
            state = new State(certain, now.length, now.acknowledged);
        }
    }

    /** Whether the coordinator has answered a heartbeat that was sent less than this ago. */
    public boolean isInTouch(Duration within) {
        var last = state.acknowledged;
        return last != null && clock.instant().isBefore(last.plus(within));
    }

    /** Read at once before each delivery is executed, so that it also holds right after the process was stopped. */
    public boolean isHeld() {
        var now = state;
        return now.since != null && !clock.instant().isAfter(now.since.plus(now.length));
    }
}
