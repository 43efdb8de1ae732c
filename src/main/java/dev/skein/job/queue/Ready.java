package dev.skein.job.queue;

import dev.skein.job.life.Live;
import dev.skein.job.life.Traits.Demand;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that could run this moment if somebody had room. Those that the same workers can take lie on one shelf, there by
 * priority, there in one lane per fairness key, and there by age; so a choice looks at shelves and priorities, and
 * never at jobs. Shelves of one demand stand in one aisle, and a worker looks only into aisles that it has all for:
 * what nobody can do costs nothing while it waits.
 */
final class Ready {
    private static final int PRIORITIES = 10;

    private final Map<Demand, Aisle> aisles = new HashMap<>();
    private final Map<String, Station> known = new HashMap<>(); // by worker
    private final Map<String, Set<Aisle>> reach = new HashMap<>(); // what a worker has all that is demanded for
    private final Fairness fairness = new Fairness();
    private final long agedAfterMillis;
    private final int agedBy;
    private int size;

    Ready(Limits limits) {
        this.agedAfterMillis = Math.max(1, limits.agedAfter().toMillis());
        this.agedBy = limits.agedBy();
    }

    /** What makes two jobs alike for whoever could take them. */
    record Kind(Demand demand, long bytes, List<String> tried) {
        static Kind of(Live live) {
            return new Kind(live.traits().demand(), live.memory(), live.tried());
        }
    }

    /** All shelves of one demand, which the same workers are capable of. */
    private static final class Aisle {
        private final Demand demand;
        private final Map<Kind, Shelf> shelves = new HashMap<>();

        Aisle(Demand demand) {
            this.demand = demand;
        }
    }

    private static final class Shelf {
        private final @Nullable Bucket[] buckets = new @Nullable Bucket[PRIORITIES];
        private int size;

        Bucket at(int priority) {
            var bucket = buckets[priority];
            if (bucket == null) {
                bucket = new Bucket(priority);
                buckets[priority] = bucket;
            }
            return bucket;
        }
    }

    private static final class Bucket {
        private final int priority;
        private final Map<String, Lane> lanes = new HashMap<>();
        private final TreeSet<Lane> byTurn =
                new TreeSet<>(Comparator.comparingLong((Lane lane) -> lane.turn).thenComparing(lane -> lane.key));
        private final TreeSet<Lane> byAge = new TreeSet<>(Comparator.comparingLong((Lane lane) -> lane.first));

        Bucket(int priority) {
            this.priority = priority;
        }
    }

    /** Jobs of one shelf, priority and key, the oldest first. */
    static final class Lane {
        private final Bucket bucket;
        private final String key;
        private final TreeMap<Long, Live> jobs = new TreeMap<>();
        private long turn;
        private long first;

        private Lane(Bucket bucket, String key) {
            this.bucket = bucket;
            this.key = key;
        }

        String key() {
            return key;
        }

        /** Its key has had a turn. */
        void moved(long to) {
            bucket.byTurn.remove(this);
            turn = to;
            bucket.byTurn.add(this);
        }

        private Live head() {
            return jobs.firstEntry().getValue();
        }
    }

    int size() {
        return size;
    }

    /** There is such a worker; one that is known is so from now on. */
    void know(Station station) {
        known.put(station.worker(), station);
        var mine = new LinkedHashSet<Aisle>();
        aisles.values().stream()
                .filter(aisle -> Match.isCapable(station, aisle.demand))
                .forEach(mine::add);
        reach.put(station.worker(), mine);
    }

    void forget(String worker) {
        known.remove(worker);
        reach.remove(worker);
    }

    private Aisle open(Demand demand) {
        var made = new Aisle(demand);
        known.forEach((worker, station) -> {
            if (Match.isCapable(station, demand)) {
                reach.computeIfAbsent(worker, unused -> new LinkedHashSet<>()).add(made);
            }
        });
        return made;
    }

    private @Nullable Shelf shelf(Kind kind) {
        var aisle = aisles.get(kind.demand);
        return aisle == null ? null : aisle.shelves.get(kind);
    }

    private void clear(Kind kind) {
        var aisle = aisles.get(kind.demand);
        if (aisle != null) {
            aisle.shelves.remove(kind);
            if (aisle.shelves.isEmpty()) {
                aisles.remove(kind.demand);
                reach.values().forEach(mine -> mine.remove(aisle));
            }
        }
    }

    void add(Live live) {
        var aisle = aisles.computeIfAbsent(live.traits().demand(), this::open);
        var shelf = aisle.shelves.computeIfAbsent(Kind.of(live), kind -> new Shelf());
        var bucket = shelf.at(live.traits().priority());
        var lane = bucket.lanes.computeIfAbsent(live.traits().fairnessKey(), key -> new Lane(bucket, key));
        boolean fresh = lane.jobs.isEmpty();
        bucket.byAge.remove(lane);
        lane.jobs.put(live.id(), live);
        lane.first = lane.jobs.firstKey();
        bucket.byAge.add(lane);
        if (fresh) {
            lane.turn = fairness.enter(lane);
            bucket.byTurn.add(lane);
        }
        shelf.size++;
        size++;
    }

    /** Takes it out; false when it was not there. */
    boolean remove(Live live) {
        var kind = Kind.of(live);
        var shelf = shelf(kind);
        var bucket = shelf == null ? null : shelf.buckets[live.traits().priority()];
        var lane = bucket == null ? null : bucket.lanes.get(live.traits().fairnessKey());
        if (shelf == null || bucket == null || lane == null || !lane.jobs.containsKey(live.id())) {
            return false;
        }
        bucket.byAge.remove(lane);
        lane.jobs.remove(live.id());
        if (lane.jobs.isEmpty()) {
            bucket.byTurn.remove(lane);
            bucket.lanes.remove(lane.key);
            fairness.leave(lane);
        } else {
            lane.first = lane.jobs.firstKey();
            bucket.byAge.add(lane);
        }
        size--;
        if (--shelf.size == 0) {
            clear(kind);
        }
        return true;
    }

    /** Whose turn it is among what the worker is capable of and what passes; null when nothing does. */
    @Nullable
    Live best(String worker, Predicate<Kind> passes, long now) {
        Bucket best = null;
        for (var aisle : reach.getOrDefault(worker, Set.of())) {
            for (var entry : aisle.shelves.entrySet()) {
                if (passes.test(entry.getKey())) {
                    best = better(best, entry.getValue(), now);
                }
            }
        }
        return best == null ? null : best.byTurn.first().head();
    }

    private @Nullable Bucket better(@Nullable Bucket than, Shelf shelf, long now) {
        var best = than;
        for (var bucket : shelf.buckets) {
            if (bucket != null && !bucket.lanes.isEmpty() && (best == null || isBefore(bucket, best, now))) {
                best = bucket;
            }
        }
        return best;
    }

    /** The priority less what the oldest has gained by waiting. */
    private double rank(Bucket bucket, long now) {
        double age = Math.max(0, now - bucket.byAge.first().head().since());
        return bucket.priority - Math.min(age / agedAfterMillis, 1) * agedBy;
    }

    private boolean isBefore(Bucket bucket, Bucket other, long now) {
        if (bucket.priority != other.priority) {
            return rank(bucket, now) < rank(other, now);
        }
        var mine = bucket.byTurn.first();
        var others = other.byTurn.first();
        return mine.turn != others.turn ? mine.turn < others.turn : mine.first < others.first;
    }

    /** Kinds of which one has waited for as long as counts. */
    List<Kind> aged(long now) {
        return aisles.values().stream()
                .flatMap(aisle -> aisle.shelves.entrySet().stream())
                .filter(entry -> isAged(entry.getValue(), now))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isAged(Shelf shelf, long now) {
        for (var bucket : shelf.buckets) {
            boolean holds = bucket != null && !bucket.byAge.isEmpty();
            if (holds && now - bucket.byAge.first().head().since() >= agedAfterMillis) {
                return true;
            }
        }
        return false;
    }

    void served(String key) {
        fairness.served(key);
    }

    /** How many are likely to be taken before this one by whoever takes it. */
    long ahead(Live live) {
        var shelf = shelf(Kind.of(live));
        long count = 0;
        for (int priority = 0; shelf != null && priority <= live.traits().priority(); priority++) {
            var bucket = shelf.buckets[priority];
            count += bucket == null ? 0 : ahead(bucket, live);
        }
        return count;
    }

    private static long ahead(Bucket bucket, Live live) {
        boolean isSame = bucket.priority == live.traits().priority();
        return bucket.lanes.values().stream()
                .mapToLong(lane -> isSame ? lane.jobs.headMap(live.id()).size() : lane.jobs.size())
                .sum();
    }
}
