package dev.skein.job.queue;

import dev.skein.job.life.Live;
import dev.skein.job.life.Traits.Demand;
import dev.skein.job.queue.Ready.Kind;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every runtime that does jobs, and which job each takes next. */
public final class Stations {
    private final Map<String, Station> stations = new TreeMap<>(); // by worker
    private final Map<String, Kind> saving = new HashMap<>(); // who keeps its room for what, by worker
    private final Book book;
    private long changes; // of stations, as far as they matter for a choice
    private boolean isPaced; // whether a rate kept something back in the choice under way
    private long nothingAt = -1; // sum of changes at which nobody could take anything

    /** A job and who is to do it. */
    public record Choice(Live live, Station station) {}

    public Stations(Book book) {
        this.book = book;
    }

    public @Nullable Station get(String worker) {
        return stations.get(worker);
    }

    public Collection<Station> all() {
        return stations.values();
    }

    public void put(Station station) {
        stations.put(station.worker(), station);
        station.listen(() -> changes++);
        changes++;
        book.ready().know(station);
    }

    public void remove(String worker) {
        stations.remove(worker);
        changes++;
        book.ready().forget(worker);
    }

    /** Those that have what is demanded, however busy. */
    public List<Station> capable(Demand demand) {
        return stations.values().stream()
                .filter(station -> Match.isCapable(station, demand))
                .toList();
    }

    /** The most memory that any capable one could give; 0 when there is none. */
    public long memoryMax(Demand demand) {
        return capable(demand).stream()
                .mapToLong(station -> station.room().memoryBytes())
                .max()
                .orElse(0);
    }

    /**
     * Who takes what next, the one with most room first; null when nobody can take anything. That is asked many times
     * each second, so it is not thought about again before something has changed.
     */
    public @Nullable Choice next(long now) {
        if (book.ready().size() == 0 || nothingAt == book.changes() + changes) {
            return null;
        }
        isPaced = false;
        var choice = choice(now);
        nothingAt = choice == null && !isPaced ? book.changes() + changes : -1;
        return choice;
    }

    private @Nullable Choice choice(long now) {
        var free = stations.values().stream()
                .filter(station -> Match.fits(station, book.load(station.worker()), 0))
                .sorted(Comparator.comparingDouble(this::busy))
                .toList();
        for (var station : free) {
            var live = book.ready().best(station.worker(), kind -> mayTake(station, kind, now), now);
            if (live != null) {
                return new Choice(live, station);
            }
        }
        return null;
    }

    /** The choice was made: it counts for turns and rates. */
    public void chosen(Choice choice, long now) {
        book.ready().served(choice.live.traits().fairnessKey());
        book.gates().begun(choice.live.traits().type(), now);
    }

    /**
     * To be called now and then: what has waited for long only because it is large gets a worker that takes nothing
     * else until there is room for it.
     */
    public void save(long now) {
        var before = Map.copyOf(saving);
        saving.clear();
        keep(now);
        changes += before.equals(saving) ? 0 : 1;
    }

    private void keep(long now) {
        for (var kind : book.ready().aged(now)) {
            var fitting = capable(kind.demand()).stream()
                    .filter(station ->
                            station.refusal() == null && station.room().memoryBytes() >= kind.bytes())
                    .toList();
            boolean hasRoom = fitting.stream()
                    .anyMatch(station -> Match.fits(station, book.load(station.worker()), kind.bytes()));
            if (!hasRoom) {
                fitting.stream()
                        .filter(station -> !saving.containsKey(station.worker()))
                        .min(Comparator.comparingLong(
                                station -> book.load(station.worker()).bytes()))
                        .ifPresent(station -> saving.put(station.worker(), kind));
            }
        }
    }

    private double busy(Station station) {
        return (double) book.load(station.worker()).running()
                / Math.max(1, station.room().slots());
    }

    private boolean mayTake(Station station, Kind kind, long now) {
        var saved = saving.get(station.worker());
        return (saved == null || saved.equals(kind))
                && Match.fits(station, book.load(station.worker()), kind.bytes())
                && isOpen(kind.demand().type(), now)
                && !isBetterLeft(station, kind);
    }

    private boolean isOpen(String type, long now) {
        var closed = book.gates().closed(type, now);
        isPaced |= "rate_limit".equals(closed); // which time alone opens
        return closed == null;
    }

    /** Whether another one should have it: one that has not failed at it, or the one that was wished for. */
    private boolean isBetterLeft(Station station, Kind kind) {
        if (kind.tried().contains(station.worker())) {
            return capable(kind.demand()).stream()
                    .anyMatch(other -> other.refusal() == null
                            && other.room().memoryBytes() >= kind.bytes()
                            && !kind.tried().contains(other.worker()));
        }
        var wished = kind.demand().affinity();
        var other = wished == null || wished.equals(station.worker()) ? null : stations.get(wished);
        return other != null
                && Match.isCapable(other, kind.demand())
                && Match.fits(other, book.load(other.worker()), kind.bytes());
    }
}
