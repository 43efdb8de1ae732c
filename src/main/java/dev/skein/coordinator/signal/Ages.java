package dev.skein.coordinator.signal;

import dev.skein.job.JobState;
import dev.skein.job.life.Live;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Since when the oldest job of each type is there, by state, looked up at most once a second. */
public final class Ages {
    private static final long FRESH_MILLIS = 1_000;
    private static final long MILLIS = 1_000;

    private final Map<String, Map<JobState, Long>> since = new HashMap<>();
    private long lookedAt = Long.MIN_VALUE / 2;

    /** @param all that have not ended */
    public void look(Collection<Live> all, long now) {
        if (now - lookedAt < FRESH_MILLIS) {
            return;
        }
        lookedAt = now;
        since.clear();
        for (var live : all) {
            if (!live.state().isTerminal()) {
                since.computeIfAbsent(live.traits().type(), unused -> new EnumMap<>(JobState.class))
                        .merge(live.state(), live.since(), Math::min);
            }
        }
    }

    /** Seconds by the word of the state. */
    public Map<String, Long> of(String type, long now) {
        return seconds(since.getOrDefault(type, Map.of()), now);
    }

    public Map<String, Long> inAll(long now) {
        var least = new EnumMap<JobState, Long>(JobState.class);
        since.values().forEach(states -> states.forEach((state, at) -> least.merge(state, at, Math::min)));
        return seconds(least, now);
    }

    private static Map<String, Long> seconds(Map<JobState, Long> states, long now) {
        var seconds = new TreeMap<String, Long>();
        states.forEach((state, at) -> seconds.put(state.word(), Math.max(0, now - at) / MILLIS));
        return seconds;
    }
}
