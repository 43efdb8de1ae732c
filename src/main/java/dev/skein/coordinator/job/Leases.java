package dev.skein.coordinator.job;

import dev.skein.job.Job.Progress;
import dev.skein.job.life.Live;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long each running attempt may go on unheard, and how far it last said it was. */
final class Leases {
    private final Map<Long, Lease> leases = new HashMap<>();
    private final Map<Long, Progress> progress = new HashMap<>();

    private record Lease(int attempt, long until) {}

    /** Whatever was said of an attempt before is over. */
    void begin(Live live, long until) {
        leases.put(live.id(), new Lease(live.attempt(), until));
    }

    void renew(long id, int attempt, long until) {
        leases.computeIfPresent(
                id, (key, lease) -> lease.attempt == attempt ? new Lease(attempt, until) : lease);
    }

    void end(long id) {
        leases.remove(id);
    }

    boolean isOver(Live live, long now) {
        var lease = leases.get(live.id());
        return lease == null || lease.attempt != live.attempt() || lease.until <= now;
    }

    void say(long id, Progress said) {
        progress.put(id, said);
    }

    @Nullable
    Progress lastOf(long id) {
        return progress.get(id);
    }

    /** The job has ended. */
    void forget(long id) {
        leases.remove(id);
        progress.remove(id);
    }

    Map<Long, Progress> progress() {
        return progress;
    }
}
