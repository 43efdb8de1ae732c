package dev.skein.coordinator.job.serve;

import dev.skein.coordinator.job.JobChange;
import dev.skein.job.JobState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Those who wait for the next change of a job. Confined to the leader's thread. */
final class Waiters {
    private static final int WAITERS_MAX = 20_000;

    private final Map<Long, List<Waiter>> waiters = new HashMap<>();
    private int waiting;

    private record Waiter(Predicate<JobState> wanted, Promise<Boolean> told) {}

    /** One too many does not wait at all. */
    boolean isFull() {
        return waiting >= WAITERS_MAX;
    }

    void committed(JobChange change) {
        var state = change.live().state();
        for (var waiter : List.copyOf(waiters.getOrDefault(change.live().id(), List.of()))) {
            if (waiter.wanted.test(state)) {
                waiter.told.tryComplete(true);
            }
        }
    }

    /** Completes after a commit that left the job in such a state, or when the time is over. */
    Future<?> await(long id, Predicate<JobState> wanted, long millis) {
        var waiter = new Waiter(wanted, Promise.promise());
        waiters.computeIfAbsent(id, unused -> new ArrayList<>()).add(waiter);
        waiting++;
        return waiter.told
                .future()
                .timeout(millis, TimeUnit.MILLISECONDS)
                .otherwise(false)
                .onComplete(done -> leave(id, waiter));
    }

    private void leave(long id, Waiter waiter) {
        waiting--;
        waiters.computeIfPresent(id, (key, those) -> {
            those.remove(waiter);
            return those.isEmpty() ? null : those;
        });
    }
}
