package dev.skein.coordinator.review;

import dev.skein.config.Settings;
import dev.skein.kernel.Check;
import java.time.Duration;

/**
 * How the leader keeps runs of reviews.
 *
 * @param runsMax runs that are kept; beyond that the oldest that have ended go, and when none has a new one is refused
 *     ({@code coordinator.reviews.runs-max}, default 100)
 * @param retention how long a run is kept after it began, unless it still runs ({@code coordinator.reviews.retention},
 *     default 720h)
 * @param taskTimeout longest time of one attempt at a task ({@code coordinator.reviews.task-timeout}, default 30m)
 */
public record ReviewRunsConfig(int runsMax, Duration retention, Duration taskTimeout) {
    public static final ReviewRunsConfig DEFAULTS =
            new ReviewRunsConfig(100, Duration.ofHours(720), Duration.ofMinutes(30));
    private static final int RUNS_LIMIT = 10_000;

    public ReviewRunsConfig {
        Check.between("coordinator.reviews.runs-max", runsMax, 1, RUNS_LIMIT);
        Check.positive("coordinator.reviews.retention", retention);
        Check.positive("coordinator.reviews.task-timeout", taskTimeout);
    }

    public static ReviewRunsConfig from(Settings settings) {
        return settings.build(
                DEFAULTS,
                () -> new ReviewRunsConfig(
                        settings.integer("coordinator.reviews.runs-max", DEFAULTS.runsMax, 1, RUNS_LIMIT),
                        settings.duration("coordinator.reviews.retention", DEFAULTS.retention),
                        settings.duration("coordinator.reviews.task-timeout", DEFAULTS.taskTimeout)));
    }
}
