package dev.skein.coordinator.scaling;

import dev.skein.config.Settings;

/**
 * When more or fewer workers are advised.
 *
 * @param workersMin never fewer ({@code scaling.workers-min}, default 1)
 * @param workersMax never more ({@code scaling.workers-max}, default 0: no policy)
 * @param up pipelines a worker above which more are advised ({@code scaling.up}, default 5.0)
 * @param down pipelines a worker below which fewer are ({@code scaling.down}, default 1.0)
 */
public record ScalingConfig(int workersMin, int workersMax, double up, double down) {
    private static final int WORKERS_LIMIT = 100_000;

    public static final ScalingConfig DEFAULTS = new ScalingConfig(1, 0, 5.0, 1.0);

    public ScalingConfig {
        if (workersMax != 0 && workersMax < workersMin) {
            throw new IllegalArgumentException("scaling.workers-max must not be below scaling.workers-min");
        }
        if (!(up > 0) || !(down >= 0) || down >= up) {
            throw new IllegalArgumentException("scaling.up must be above scaling.down, and neither below zero");
        }
    }

    public static ScalingConfig from(Settings settings) {
        return settings.build(
                DEFAULTS,
                () -> new ScalingConfig(
                        settings.integer("scaling.workers-min", DEFAULTS.workersMin, 0, WORKERS_LIMIT),
                        settings.integer("scaling.workers-max", DEFAULTS.workersMax, 0, WORKERS_LIMIT),
                        number(settings, "scaling.up", DEFAULTS.up),
                        number(settings, "scaling.down", DEFAULTS.down)));
    }

    private static double number(Settings settings, String key, double fallback) {
        var text = settings.text(key, Double.toString(fallback));
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " must be a number, got " + text, e);
        }
    }

    /** Whether there is a policy at all. */
    boolean isGiven() {
        return workersMax > 0;
    }
}
