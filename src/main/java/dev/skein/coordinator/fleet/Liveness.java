package dev.skein.coordinator.fleet;

import dev.skein.coordinator.state.PlacementId;
import dev.skein.pipeline.Workers.Memory;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a worker from hearing it, or from not hearing it.
 *
 * @param since when the health last changed
 * @param leftAt when its node was seen to leave and it has not been heard since; null otherwise
 * @param foreign pipelines it runs that are not placements
 * @param missing placements that its last report should have named and did not
 */
public record Liveness(
        Health health,
        Instant since,
        Instant lastHeard,
        @Nullable Instant leftAt,
        int foreign,
        Vitals vitals,
        Set<PlacementId> missing) {

    public enum Health {
        /** Known from the store and not heard in this life of the coordinator. */
        AWAITED,
        /** Registered; what it runs is being asked. */
        INSPECTED,
        ALIVE,
        UNHEALTHY
    }

    /** What its last heartbeat said about its work. */
    public record Vitals(long eventsProcessed, Memory memory, double cpu) {
        public static final Vitals NONE = new Vitals(0, Memory.UNKNOWN, 0);
    }

    static Liveness awaited(Instant now) {
        return new Liveness(Health.AWAITED, now, now, null, 0, Vitals.NONE, Set.of());
    }

    /** A process that just made itself known. */
    static Liveness registered(Health health, int foreign, Instant now) {
        return new Liveness(health, now, now, null, foreign, Vitals.NONE, Set.of());
    }

    Liveness heard(Instant now) {
        return new Liveness(health, since, now, null, foreign, vitals, missing);
    }

    Liveness turned(Health next, Instant now) {
        return next == health ? this : new Liveness(next, now, lastHeard, leftAt, foreign, vitals, missing);
    }

    public Liveness left(Instant now) {
        return new Liveness(health, since, lastHeard, now, foreign, vitals, missing);
    }

    Liveness running(int newForeign, Vitals newVitals) {
        return new Liveness(health, since, lastHeard, leftAt, newForeign, newVitals, missing);
    }

    public Liveness missing(Set<PlacementId> nowMissing) {
        return new Liveness(health, since, lastHeard, leftAt, foreign, vitals, Set.copyOf(nowMissing));
    }

    public boolean isPresent() {
        return health != Health.UNHEALTHY;
    }
}
