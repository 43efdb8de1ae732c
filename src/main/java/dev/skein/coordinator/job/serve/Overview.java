package dev.skein.coordinator.job.serve;

import dev.skein.coordinator.job.JobChange;
import dev.skein.coordinator.job.JobPlane;
import dev.skein.job.Job;
import dev.skein.job.JobState;
import dev.skein.job.Jobs.Counts;
import dev.skein.job.Jobs.OfType;
import dev.skein.job.Jobs.Reason;
import dev.skein.job.Jobs.Stats;
import dev.skein.job.Jobs.Why;
import dev.skein.job.life.JobIds;
import dev.skein.job.life.Live;
import dev.skein.job.life.Traits.Demand;
import dev.skein.job.queue.Station;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Jobs in numbers, and why one does not run. All from memory. */
final class Overview {
    private final JobPlane plane;
    private final Map<String, Map<JobState, Long>> ended; // by type
    private final Map<String, Pace> paces = new HashMap<>();
    private final Pace all = new Pace();

    Overview(JobPlane plane, Map<String, Map<JobState, Long>> ended) {
        this.plane = plane;
        this.ended = new HashMap<>(ended);
        plane.ledger().listen(this::committed);
    }

    private void committed(JobChange change) {
        var type = change.live().traits().type();
        for (var ending : change.endings()) {
            if (ending.before().isRunning()) {
                long took = ending.finishedAt() - ending.before().startedAt();
                boolean isSuccess = ending.outcome().isSuccess();
                all.ended(ending.finishedAt(), took, isSuccess);
                paces.computeIfAbsent(type, unused -> new Pace()).ended(ending.finishedAt(), took, isSuccess);
            }
        }
        if (change.live().state().isTerminal()) {
            count(type, change.live().state(), 1);
        }
    }

    private void count(String type, JobState state, long by) {
        ended.computeIfAbsent(type, unused -> new EnumMap<>(JobState.class)).merge(state, by, Long::sum);
    }

    void reopened(Live live) {
        count(live.traits().type(), live.state(), -1);
    }

    void forgotten(Map<String, Map<JobState, Long>> byType) {
        byType.forEach((type, states) -> states.forEach((state, number) -> count(type, state, -number)));
    }

    long endedInAll() {
        return ended.values().stream()
                .flatMap(states -> states.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    Stats stats() {
        long now = plane.ledger().now();
        var types = new TreeSet<>(ended.keySet());
        types.addAll(plane.book().counts().keySet());
        var sum = new EnumMap<JobState, Long>(JobState.class);
        var rows = new ArrayList<OfType>();
        for (var type : types) {
            var byState = byState(type);
            byState.forEach((state, number) -> sum.merge(state, number, Long::sum));
            var pace = paces.getOrDefault(type, new Pace());
            rows.add(new OfType(type, counts(byState, 0), pace.view(now, waiting(byState), lanes(type))));
        }
        long oldest = plane.book().oldestSince();
        var counts = counts(sum, oldest == 0 ? 0 : Math.max(0, now - oldest));
        return new Stats(counts, all.view(now, waiting(sum), lanes(plane.stations().all().stream().toList())), rows);
    }

    private Map<JobState, Long> byState(String type) {
        var byState = new EnumMap<JobState, Long>(JobState.class);
        byState.putAll(ended.getOrDefault(type, Map.of()));
        plane.book().counts().getOrDefault(type, Map.of()).forEach((state, number) -> {
            if (!state.isTerminal()) {
                byState.put(state, (long) number);
            }
        });
        return byState;
    }

    private long lanes(String type) {
        return lanes(plane.stations().capable(new Demand(type, List.of(), List.of(), null)));
    }

    private static long lanes(List<Station> stations) {
        return stations.stream().mapToLong(station -> station.room().slots()).sum();
    }

    private static long waiting(Map<JobState, Long> byState) {
        return byState.getOrDefault(JobState.QUEUED, 0L) + byState.getOrDefault(JobState.RETRYING, 0L);
    }

    private static Counts counts(Map<JobState, Long> byState, long oldest) {
        return new Counts(
                byState.getOrDefault(JobState.QUEUED, 0L),
                byState.getOrDefault(JobState.RUNNING, 0L),
                byState.getOrDefault(JobState.RETRYING, 0L),
                byState.getOrDefault(JobState.PARKED, 0L),
                byState.getOrDefault(JobState.SUCCEEDED, 0L),
                byState.getOrDefault(JobState.FAILED, 0L),
                byState.getOrDefault(JobState.CANCELLED, 0L),
                byState.getOrDefault(JobState.DEAD, 0L),
                oldest);
    }

    Why why(Live live) {
        var reasons = plane.reasons().of(live, plane.ledger().now());
        long ahead = live.isWaiting() ? plane.reasons().ahead(live) : 0;
        var pace = paces.getOrDefault(live.traits().type(), new Pace());
        long lanes = live.isWaiting()
                ? lanes(plane.stations().capable(live.traits().demand()))
                : 0;
        return new Why(
                JobIds.text(live.id()),
                live.state(),
                reasons,
                ahead,
                pace.eta(ahead + 1, lanes, true),
                pace.eta(ahead + 1, lanes, false));
    }

    static Why why(Job ended) {
        var outcome = ended.outcome();
        var how = outcome == null || outcome.isSuccess() ? "" : ": " + outcome.message();
        var reason = new Reason("ended", "it is " + ended.state().word() + how, null);
        return new Why(ended.id(), ended.state(), List.of(reason), 0, null, null);
    }
}
