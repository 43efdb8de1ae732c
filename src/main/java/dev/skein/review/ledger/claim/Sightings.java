package dev.skein.review.ledger.claim;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/** For how long claims have been as they are, by a clock of one's own. Not thread-safe. */
final class Sightings {
    private final InstantSource steady;
    private final Map<String, Sighting> byTask = new HashMap<>();

    private record Sighting(String object, Instant first) {}

    Sightings(InstantSource steady) {
        this.steady = steady;
    }

    /** What is there now. */
    void seen(SortedMap<String, String> objects) {
        byTask.keySet().retainAll(objects.keySet());
        objects.forEach((task, object) -> {
            var before = byTask.get(task);
            if (before == null || !before.object.equals(object)) {
                byTask.put(task, new Sighting(object, steady.instant()));
            }
        });
    }

    /** Whether it was the same all the time that it may last. */
    boolean isExpired(String task, Duration ttl, Instant began) {
        var sighting = byTask.get(task);
        return sighting != null && Duration.between(sighting.first, began).compareTo(ttl) >= 0;
    }
}
