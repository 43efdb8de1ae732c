package dev.skein.coordinator.fleet;

import dev.skein.kernel.Check;
import java.time.Duration;
import java.time.Instant;

/**
 * When silence means what. Pure.
 *
 * @param restTimeout silence after which a worker known by REST only is unhealthy, at the next sweep ({@code
 *     coordinator.heartbeat-timeout}, default 15s)
 * @param suspectAfter silence after which a worker on the bus gets nothing new ({@code coordinator.suspect-after},
 *     default 5s)
 * @param deadAfter silence after which a worker on the bus is unhealthy ({@code coordinator.dead-after}, default 10s)
 */
public record Detection(Duration restTimeout, Duration suspectAfter, Duration deadAfter) {
    /** Silence after which a worker on the bus is asked whether it lives; an absence is then certain at once. */
    private static final Duration ASK_AFTER = Duration.ofSeconds(2);

    /** How long a worker whose node was seen to leave may take to prove otherwise. */
    private static final Duration LEFT_GRACE = Duration.ofMillis(1_500);

    /** What to do about one worker. */
    public enum Verdict {
        FINE,
        ASK,
        DEAD
    }

    public Detection {
        Check.positive("coordinator.heartbeat-timeout", restTimeout);
        Check.positive("coordinator.suspect-after", suspectAfter);
        Check.positive("coordinator.dead-after", deadAfter);
    }

    public Verdict onBus(Liveness worker, Instant now) {
        var silence = Duration.between(worker.lastHeard(), now);
        if (!worker.isPresent()) {
            return Verdict.FINE; // it is known to be gone
        }
        if (silence.compareTo(deadAfter) >= 0 || hasLeft(worker, now)) {
            return Verdict.DEAD;
        }
        boolean heardBefore = worker.health() != Liveness.Health.AWAITED; // else its addresses may not be known yet
        return heardBefore && silence.compareTo(ASK_AFTER) >= 0 ? Verdict.ASK : Verdict.FINE;
    }

    public Verdict byRest(Liveness worker, Instant now) {
        boolean silent = Duration.between(worker.lastHeard(), now).compareTo(restTimeout) > 0;
        return worker.isPresent() && silent ? Verdict.DEAD : Verdict.FINE;
    }

    boolean isSuspect(Liveness worker, Instant now) {
        return worker.leftAt() != null
                || Duration.between(worker.lastHeard(), now).compareTo(suspectAfter) >= 0;
    }

    private boolean hasLeft(Liveness worker, Instant now) {
        var leftAt = worker.leftAt();
        return leftAt != null && !now.isBefore(leftAt.plus(LEFT_GRACE));
    }
}
