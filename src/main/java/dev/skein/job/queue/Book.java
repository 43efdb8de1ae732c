package dev.skein.job.queue;

import dev.skein.job.JobState;
import dev.skein.job.life.Live;
import dev.skein.job.queue.Match.Load;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Every job that has not ended, and where it is to be found. What is put here is the whole truth about a job. */
public final class Book {
    private final Map<Long, Live> jobs = new HashMap<>();
    private final Map<String, Map<Long, Live>> running = new HashMap<>(); // by worker
    private final Map<String, Load> loads = new HashMap<>(); // by worker
    private final Map<String, Map<JobState, Integer>> counts = new HashMap<>(); // by type
    private final TreeSet<Alarm> alarms = new TreeSet<>();
    private final Map<Long, Alarm> alarmsOf = new HashMap<>();
    private final TreeMap<Long, Long> waitingSince = new TreeMap<>(); // since, by id
    private final Ready ready;
    private final Tickets tickets = new Tickets();
    private final Gates gates;
    private long changes;

    private record Alarm(long at, long id) implements Comparable<Alarm> {
        @Override
        public int compareTo(Alarm other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(id, other.id);
        }
    }

    public Book(Limits limits) {
        this.ready = new Ready(limits);
        this.gates = new Gates(limits);
    }

    public @Nullable Live get(long id) {
        return jobs.get(id);
    }

    public int size() {
        return jobs.size();
    }

    /** The job is so from now on; returns how it was, null when it is new. */
    public @Nullable Live put(Live live, long now) {
        changes++;
        var before = jobs.put(live.id(), live);
        if (before != null) {
            leave(before);
        }
        enter(live, now);
        ringAt(live, live.alarmAt(now));
        if (before != null && !needsTicket(live, now)) {
            handOn(live);
        }
        return before;
    }

    /** Forgets the job. */
    public void remove(long id) {
        changes++;
        var before = jobs.remove(id);
        if (before != null) {
            leave(before);
            ringAt(before, Long.MAX_VALUE);
            handOn(before);
        }
    }

    private void enter(Live live, long now) {
        var byState = counts.computeIfAbsent(live.traits().type(), type -> new EnumMap<>(JobState.class));
        byState.merge(live.state(), 1, Integer::sum);
        if (live.isRunning()) {
            tickets.take(live);
            run(live);
        } else if (live.isWaiting()) {
            waitingSince.put(live.id(), live.since());
            if (live.dueAt() <= now && tickets.take(live)) {
                ready.add(live);
            }
        }
    }

    private void run(Live live) {
        var worker = workerOf(live);
        running.computeIfAbsent(worker, unused -> new HashMap<>()).put(live.id(), live);
        loads.put(worker, load(worker).plus(live.memory()));
        gates.runs(live.traits().type());
    }

    private void leave(Live live) {
        var byState = counts.get(live.traits().type());
        if (byState != null) {
            byState.merge(live.state(), -1, Integer::sum);
        }
        if (live.isRunning()) {
            runNoMore(live);
        } else if (live.isWaiting()) {
            waitingSince.remove(live.id());
            ready.remove(live);
        }
    }

    private void runNoMore(Live live) {
        var worker = workerOf(live);
        var mine = running.get(worker);
        if (mine != null && mine.remove(live.id()) != null) {
            loads.put(worker, load(worker).minus(live.memory()));
            gates.runsNoMore(live.traits().type());
            if (mine.isEmpty()) {
                running.remove(worker);
                loads.remove(worker);
            }
        }
    }

    private static String workerOf(Live live) {
        var worker = live.worker();
        return worker == null ? "" : worker;
    }

    private static boolean needsTicket(Live live, long now) {
        return live.isRunning() || live.isWaiting() && live.dueAt() <= now;
    }

    private void handOn(Live from) {
        var next = tickets.giveBack(from);
        if (next != null) {
            ready.add(next);
        }
    }

    private void ringAt(Live live, long at) {
        var before = alarmsOf.remove(live.id());
        if (before != null) {
            alarms.remove(before);
        }
        if (at != Long.MAX_VALUE) {
            var alarm = new Alarm(at, live.id());
            alarms.add(alarm);
            alarmsOf.put(live.id(), alarm);
        }
    }

    /**
     * Lets time pass: what has become due is ready from now on.
     *
     * @param most how many at once
     * @return what has waited or run for too long, for the owner to do something about
     */
    public List<Live> wake(long now, int most) {
        var late = new ArrayList<Live>();
        for (int i = 0; i < most && !alarms.isEmpty() && alarms.first().at <= now; i++) {
            var alarm = alarms.pollFirst();
            var live = alarm == null ? null : jobs.get(alarm.id);
            if (live != null) {
                alarmsOf.remove(live.id());
                if (live.isRunning() || live.isExpired(now)) {
                    late.add(live);
                } else {
                    put(live, now);
                }
            }
        }
        return late;
    }

    /** Looks at it again later. */
    public void snooze(Live live, long until) {
        ringAt(live, until);
    }

    /** What runs on a worker. */
    public Collection<Live> runningOn(String worker) {
        return List.copyOf(running.getOrDefault(worker, Map.of()).values());
    }

    public Collection<String> busyWorkers() {
        return List.copyOf(running.keySet());
    }

    public Load load(String worker) {
        return loads.getOrDefault(worker, Load.NONE);
    }

    /** Grows with every change of a job. */
    long changes() {
        return changes;
    }

    Ready ready() {
        return ready;
    }

    Gates gates() {
        return gates;
    }

    Tickets tickets() {
        return tickets;
    }

    public Map<String, Map<JobState, Integer>> counts() {
        return counts;
    }

    /** How many wait. */
    public int waiting() {
        return waitingSince.size();
    }

    /** Since when the oldest waits, nearly: the one accepted first; 0 when none does. */
    public long oldestSince() {
        return waitingSince.isEmpty() ? 0 : waitingSince.firstEntry().getValue();
    }

    public Collection<Live> all() {
        return jobs.values();
    }
}
