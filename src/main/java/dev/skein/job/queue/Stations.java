package dev.skein.job.queue;

import dev.skein.job.life.Live;
import dev.skein.job.life.Traits.Demand;
import dev.skein.job.queue.Ready.Kind;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every runtime that does jobs, and which job each takes next. */
public final class Stations {
    private final Map<String, Station> stations = new TreeMap<>(); // by worker
    private final Book book;

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
    }

    public void remove(String worker) {
        stations.remove(worker);
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

    /** Who takes what next, the one with most room first; null when nobody can take anything. */
    public @Nullable Choice next(long now) {
        if (book.ready().size() == 0) {
            return null;
        }
        var free = stations.values().stream()
                .filter(station -> Match.hindrance(station, book.load(station.worker()), 0) == null)
                .sorted(Comparator.comparingDouble(this::busy))
                .toList();
        for (var station : free) {
            var live = book.ready().best(kind -> mayTake(station, kind, now), now);
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

    private double busy(Station station) {
        return (double) book.load(station.worker()).running()
                / Math.max(1, station.room().slots());
    }

    private boolean mayTake(Station station, Kind kind, long now) {
        return Match.isCapable(station, kind.demand())
                && Match.hindrance(station, book.load(station.worker()), kind.bytes()) == null
                && book.gates().closed(kind.demand().type(), now) == null
                && !isBetterLeft(station, kind);
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
                && Match.hindrance(other, book.load(other.worker()), kind.bytes()) == null;
    }
}
