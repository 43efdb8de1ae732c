package dev.skein.review.engine.model.wire;

import dev.skein.config.Settings;
import dev.skein.kernel.Check;
import java.time.Duration;

/**
 * How long to wait for a model, and how often to try.
 *
 * @param connect for a connection ({@code .connect-timeout}, default 5s)
 * @param firstByte for the first of an answer, which may wait for the model to be loaded ({@code
 *     .first-byte-timeout}, default 2m)
 * @param idle between two parts of an answer ({@code .idle-timeout}, default 1m)
 * @param total for all tries together ({@code .timeout}, default 10m)
 * @param attemptsMax tries ({@code .attempts-max}, default 4)
 * @param retryWait before the second, on average; four times as long before each further one ({@code .retry-wait},
 *     default 500ms)
 */
public record Patience(
        Duration connect, Duration firstByte, Duration idle, Duration total, int attemptsMax, Duration retryWait) {
    public static final Patience DEFAULTS = new Patience(
            Duration.ofSeconds(5),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            4,
            Duration.ofMillis(500));
    private static final int ATTEMPTS_MAX = 20;

    public Patience {
        Check.between("attempts-max", attemptsMax, 1, ATTEMPTS_MAX);
    }

    static Patience from(Settings settings, String prefix) {
        return settings.build(
                DEFAULTS,
                () -> new Patience(
                        settings.duration(prefix + ".connect-timeout", DEFAULTS.connect),
                        settings.duration(prefix + ".first-byte-timeout", DEFAULTS.firstByte),
                        settings.duration(prefix + ".idle-timeout", DEFAULTS.idle),
                        settings.duration(prefix + ".timeout", DEFAULTS.total),
                        settings.integer(prefix + ".attempts-max", DEFAULTS.attemptsMax, 1, ATTEMPTS_MAX),
                        settings.duration(prefix + ".retry-wait", DEFAULTS.retryWait)));
    }
}
