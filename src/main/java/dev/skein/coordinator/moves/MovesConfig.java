package dev.skein.coordinator.moves;

import dev.skein.config.Settings;
import dev.skein.kernel.Check;
import java.time.Duration;

/**
 * How pipelines move.
 *
 * @param autoRebalance whether load is evened out by itself after a worker joined ({@code coordinator.auto-rebalance},
 *     default true)
 * @param settling how long no further worker must join before that ({@code coordinator.rebalance-delay}, default 5s)
 * @param restDeadline how long a pipeline may take to come to rest; it goes on as before when it takes longer ({@code
 *     coordinator.rest-deadline}, default 6s)
 * @param drainDeadline how long a drain may take unless its caller says ({@code coordinator.drain-deadline}, default
 *     60s)
 * @param atOnce moves under way at once ({@code coordinator.moves-max}, default 8)
 */
public record MovesConfig(
        boolean autoRebalance, Duration settling, Duration restDeadline, Duration drainDeadline, int atOnce) {
    public static final MovesConfig DEFAULTS =
            new MovesConfig(true, Duration.ofSeconds(5), Duration.ofSeconds(6), Duration.ofSeconds(60), 8);

    private static final int AT_ONCE_MAX = 1_000;

    public MovesConfig {
        Check.positive("coordinator.rebalance-delay", settling);
        Check.positive("coordinator.rest-deadline", restDeadline);
        Check.positive("coordinator.drain-deadline", drainDeadline);
        Check.between("coordinator.moves-max", atOnce, 1, AT_ONCE_MAX);
    }

    public static MovesConfig from(Settings settings) {
        var d = DEFAULTS;
        return settings.build(
                d,
                () -> new MovesConfig(
                        settings.flag("coordinator.auto-rebalance", d.autoRebalance),
                        settings.duration("coordinator.rebalance-delay", d.settling),
                        settings.duration("coordinator.rest-deadline", d.restDeadline),
                        settings.duration("coordinator.drain-deadline", d.drainDeadline),
                        settings.integer("coordinator.moves-max", d.atOnce, 1, AT_ONCE_MAX)));
    }
}
