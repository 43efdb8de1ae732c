package dev.skein.job.queue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whose turn it is among those who wait under different keys: who has been served least since all of them wait. A key
 * that comes anew begins level with the one that was served last, so nobody saves up turns.
 */
final class Fairness {
    private final Map<String, Standing> standings = new HashMap<>();
    private long latest;

    /** One key and the lanes in which its jobs wait. */
    private static final class Standing {
        private final List<Ready.Lane> lanes = new ArrayList<>();
        private long turns;
    }

    /** A lane begins to hold something. */
    long enter(Ready.Lane lane) {
        var standing = standings.computeIfAbsent(lane.key(), key -> {
            var fresh = new Standing();
            fresh.turns = latest;
            return fresh;
        });
        standing.lanes.add(lane);
        return standing.turns;
    }

    /** A lane is empty. */
    void leave(Ready.Lane lane) {
        var standing = standings.get(lane.key());
        if (standing != null) {
            standing.lanes.remove(lane);
            if (standing.lanes.isEmpty()) {
                standings.remove(lane.key());
            }
        }
    }

    /** The key has had a turn. */
    void served(String key) {
        var standing = standings.get(key);
        if (standing != null) {
            latest = Math.max(latest, standing.turns);
            standing.turns++;
            standing.lanes.forEach(lane -> lane.moved(standing.turns));
        }
    }
}
