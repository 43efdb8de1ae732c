package dev.skein.coordinator.fleet;

import dev.skein.kernel.Check;
import java.time.Duration;
import java.time.Instant;

/**
 * When silence means what. Pure.
 *
 * @param restTimeout silence after which a worker known by REST only is unhealthy, at the next sweep
 * @param askAfter silence after which a worker on the bus is asked whether it lives
 * @param suspectAfter silence after which a worker on the bus gets nothing new
 * @param deadAfter silence after which a worker on the bus is unhealthy
 * @param leftGrace how long a worker whose node was seen to leave may take to prove otherwise
 */
public record Detection(
        Duration restTimeout, Duration askAfter, Duration suspectAfter, Duration deadAfter, Duration leftGrace) {
    /** What to do about one worker. */
    public enum Verdict {
        FINE,
        ASK,
        DEAD
    }

    public Detection {
        Check.positive("rest-timeout", restTimeout);
        Check.positive("ask-after", askAfter);
        Check.positive("suspect-after", suspectAfter);
        Check.positive("dead-after", deadAfter);
        Check.positive("left-grace", leftGrace);
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
        return heardBefore && silence.compareTo(askAfter) >= 0 ? Verdict.ASK : Verdict.FINE;
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
        return leftAt != null && !now.isBefore(leftAt.plus(leftGrace));
    }
}
