package dev.skein.coordinator.job.serve;

import dev.skein.coordinator.job.JobChange;
import dev.skein.coordinator.job.JobPlane;
import dev.skein.coordinator.signal.Ages;
import dev.skein.coordinator.signal.Endings;
import dev.skein.coordinator.signal.Load;
import dev.skein.job.Job;
import dev.skein.job.JobState;
import dev.skein.job.Jobs.Counts;
import dev.skein.job.Jobs.OfType;
import dev.skein.job.Jobs.Reason;
import dev.skein.job.Jobs.Stats;
import dev.skein.job.Jobs.Why;
import dev.skein.job.NodeMemory.View;
import dev.skein.job.life.JobIds;
import dev.skein.job.life.Live;
import dev.skein.job.life.Traits.Demand;
import dev.skein.job.queue.Station;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Jobs in numbers, and why one does not run. All from memory. */
final class Overview {
    private static final double HALVES = 2;

    private final JobPlane plane;
    private final Map<String, Map<JobState, Long>> ended; // by type
    private final Map<String, Pace> paces = new HashMap<>();
    private final Pace all = new Pace();
    private final Endings endings = new Endings();
    private final Ages ages = new Ages();

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
        var state = change.live().state();
        if (state.isTerminal()) {
            count(type, state, 1);
            var last = change.last();
            if (last != null && state != JobState.CANCELLED) {
                var took = last.finishedAt() - change.live().since();
                endings.ended(last.finishedAt(), took, state == JobState.SUCCEEDED);
            }
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

    Load load(List<View> nodes) {
        var counts = counts();
        return new Load(
                counts.queued() + counts.retrying(),
                endings.recent(plane.ledger().now()),
                nodes);
    }

    Counts counts() {
        var sum = new EnumMap<JobState, Long>(JobState.class);
        types().forEach(type -> byState(type).forEach((state, number) -> sum.merge(state, number, Long::sum)));
        return counts(sum, oldest());
    }

    private long oldest() {
        long since = plane.book().oldestSince();
        return since == 0 ? 0 : Math.max(0, plane.ledger().now() - since);
    }

    private Set<String> types() {
        var types = new TreeSet<>(ended.keySet());
        types.addAll(plane.book().counts().keySet());
        return types;
    }

    Stats stats() {
        long now = plane.ledger().now();
        ages.look(plane.book().all(), now);
        var sum = new EnumMap<JobState, Long>(JobState.class);
        var rows = new ArrayList<OfType>();
        for (var type : types()) {
            var byState = byState(type);
            byState.forEach((state, number) -> sum.merge(state, number, Long::sum));
            var pace = paces.getOrDefault(type, new Pace());
            long lanes = lanes(type);
            rows.add(new OfType(
                    type,
                    counts(byState, 0),
                    pace.view(now, unfinished(byState), lanes),
                    pace.eta(unfinished(byState), lanes),
                    ages.of(type, now)));
        }
        long lanes = lanes(List.copyOf(plane.stations().all()));
        return new Stats(
                counts(sum, oldest()),
                all.view(now, unfinished(sum), lanes),
                all.eta(unfinished(sum), lanes),
                ages.inAll(now),
                rows);
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

    /** Those that wait, and of those that run a half each, since that is what is left of them on average. */
    private static double unfinished(Map<JobState, Long> byState) {
        return byState.getOrDefault(JobState.QUEUED, 0L)
                + byState.getOrDefault(JobState.RETRYING, 0L)
                + byState.getOrDefault(JobState.RUNNING, 0L) / HALVES;
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
        long lanes =
                live.isWaiting() ? lanes(plane.stations().capable(live.traits().demand())) : 0;
        var eta = pace.forecast(ahead + 1, lanes);
        return new Why(
                JobIds.text(live.id()),
                live.state(),
                reasons,
                ahead,
                eta == null ? null : (Long) eta.lowMillis(),
                eta == null ? null : (Long) eta.highMillis());
    }

    static Why why(Job ended) {
        var outcome = ended.outcome();
        var how = outcome == null || outcome.isSuccess() ? "" : ": " + outcome.message();
        var reason = new Reason("ended", "it is " + ended.state().word() + how, null);
        return new Why(ended.id(), ended.state(), List.of(reason), 0, null, null);
    }
}
