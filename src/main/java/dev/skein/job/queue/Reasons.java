package dev.skein.job.queue;

import dev.skein.job.Jobs.Reason;
import dev.skein.job.life.Live;
import dev.skein.kernel.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Why a job does not run this moment. */
public final class Reasons {
    private static final int REASONS_MAX = 20;

    private final Book book;
    private final Stations stations;

    public Reasons(Book book, Stations stations) {
        this.book = book;
        this.stations = stations;
    }

    /** At least one. */
    public List<Reason> of(Live live, long now) {
        return switch (live.state()) {
            case PARKED -> List.of(new Reason("parked", "set aside until somebody retries it", null));
            case RUNNING -> List.of(new Reason(
                    "running", "attempt " + live.attempt() + " runs on " + live.worker(), live.worker()));
            case QUEUED, RETRYING -> waiting(live, now);
            default -> List.of(new Reason("ended", "it has " + live.state().word(), null));
        };
    }

    private List<Reason> waiting(Live live, long now) {
        if (live.dueAt() > now) {
            boolean isNew = live.attempt() == 0;
            var text = (isNew ? "it may begin in " : "the next attempt is due in ") + (live.dueAt() - now) + " ms";
            return List.of(new Reason(isNew ? "delayed" : "backing_off", text, null));
        }
        var reasons = new ArrayList<Reason>();
        if (book.tickets().isWaiting(live)) {
            var traits = live.traits();
            var text = "of the key " + traits.concurrencyKey() + " only " + traits.concurrencyMax() + " run at once";
            reasons.add(new Reason("key_limit", text, null));
        }
        var gate = book.gates().closed(live.traits().type(), now);
        if (gate != null) {
            var text = "jobs of type " + live.traits().type() + " are limited in "
                    + (gate.equals("rate_limit") ? "rate" : "number");
            reasons.add(new Reason(gate, text, null));
        }
        reasons.addAll(ofWorkers(live));
        return reasons.isEmpty() ? List.of(behind(live)) : reasons;
    }

    private Reason behind(Live live) {
        return new Reason("behind_others", ahead(live) + " are ahead of it", null);
    }

    public long ahead(Live live) {
        return book.ready().ahead(live);
    }

    /** Empty when somebody could take it at once. */
    private List<Reason> ofWorkers(Live live) {
        var demand = live.traits().demand();
        if (stations.all().isEmpty()) {
            return List.of(new Reason("no_worker", "no worker that does jobs is there", null));
        }
        var capable = stations.capable(demand);
        if (capable.isEmpty()) {
            return stations.all().stream()
                    .map(station -> Match.lacking(station, demand))
                    .filter(Objects::nonNull)
                    .limit(REASONS_MAX)
                    .toList();
        }
        long largest = stations.memoryMax(demand);
        if (live.memory() > largest) {
            var text = ByteSize.format(live.memory()) + " asked, and the largest worker has "
                    + ByteSize.format(largest);
            return List.of(new Reason("too_large", text, null));
        }
        var hindrances = capable.stream()
                .map(station -> Match.hindrance(station, book.load(station.worker()), live.memory()))
                .toList();
        return hindrances.contains(null)
                ? List.of()
                : hindrances.stream().limit(REASONS_MAX).toList();
    }
}
