package dev.skein.job.queue;

import dev.skein.job.JobRuns.Ref;
import dev.skein.job.JobRuns.Room;
import dev.skein.job.JobRuns.Runner;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One runtime that does jobs, as it last made itself known. */
public final class Station {
    private final Runner runner;
    private final Set<String> offers;
    private final Map<Ref, Long> lingering = new HashMap<>(); // ended for the queue, but not yet for the runtime
    private Room room;
    private long heardAt;
    private boolean leaving;
    private boolean doubted;
    private boolean cordoned;
    private Runnable changed = () -> {};

    public Station(Runner runner, Room room, long now) {
        this.runner = runner;
        this.offers = Match.offersOf(runner);
        this.room = room;
        this.heardAt = now;
    }

    public Runner runner() {
        return runner;
    }

    public String worker() {
        return runner.worker();
    }

    public Room room() {
        return room;
    }

    Set<String> offers() {
        return offers;
    }

    public long heardAt() {
        return heardAt;
    }

    /** @param told of every change that may let it, or another one, take what could not be taken before */
    void listen(Runnable told) {
        changed = told;
    }

    /** It has renewed its leases. */
    public void heard(Room now, boolean isLeaving, long at) {
        if (doubted || leaving != isLeaving || !room.equals(now)) {
            changed.run();
        }
        room = now;
        leaving = isLeaving;
        heardAt = at;
        doubted = false;
    }

    /** It did not take what it was given; it gets nothing before it is heard again. */
    public void doubt() {
        if (!doubted) {
            changed.run();
        }
        doubted = true;
    }

    public void cordon(boolean on) {
        if (cordoned != on) {
            changed.run();
        }
        cordoned = on;
    }

    public boolean isCordoned() {
        return cordoned;
    }

    public boolean isLeaving() {
        return leaving;
    }

    /** Why it gets nothing new, in a word; null when it may. */
    public @Nullable String refusal() {
        if (leaving) {
            return "draining";
        }
        if (cordoned) {
            return "cordoned";
        }
        if (doubted) {
            return "silent";
        }
        return room.refusal() == null ? null : "refusing";
    }

    /** The queue counts the attempt as ended, but its process may still be there with its memory. */
    public void linger(Ref ref, long bytes) {
        lingering.put(ref, bytes);
        changed.run();
    }

    /** The runtime says that it holds these and no others. */
    public void holds(Set<Ref> held) {
        if (lingering.keySet().retainAll(held)) {
            changed.run();
        }
    }

    public void gone(Ref ref) {
        if (lingering.remove(ref) != null) {
            changed.run();
        }
    }

    int lingeringCount() {
        return lingering.size();
    }

    long lingeringBytes() {
        return lingering.values().stream().mapToLong(Long::longValue).sum();
    }
}
