package dev.skein.coordinator.leader;

import dev.skein.config.Settings;
import dev.skein.kernel.Check;
import java.time.Duration;

/**
 * How candidates share one PostgreSQL store. With SQLite there is only one, and none of this matters.
 *
 * @param lease how long a leader leads without a sign of life ({@code coordinator.lease}, default 10s)
 * @param renewInterval how often it prolongs that ({@code coordinator.lease-renew-interval}, default 3s)
 * @param lookInterval how often others look, and how soon a failed renewal is tried again ({@code
 *     coordinator.lease-look-interval}, default 1s)
 * @param margin how much earlier than the row a leader stops by its own clock ({@code coordinator.lease-margin},
 *     default 1s)
 * @param answerDeadline longest wait for one answer about the lease ({@code coordinator.lease-answer-deadline}, default
 *     2s)
 */
public record LeaderConfig(
        Duration lease, Duration renewInterval, Duration lookInterval, Duration margin, Duration answerDeadline) {
    public static final LeaderConfig DEFAULTS = new LeaderConfig(
            Duration.ofSeconds(10),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2));

    public LeaderConfig {
        Check.positive("coordinator.lease", lease);
        Check.positive("coordinator.lease-renew-interval", renewInterval);
        Check.positive("coordinator.lease-look-interval", lookInterval);
        Check.positive("coordinator.lease-margin", margin);
        Check.positive("coordinator.lease-answer-deadline", answerDeadline);
        var needed = renewInterval.plus(answerDeadline).plus(lookInterval).plus(margin);
        if (lease.compareTo(needed) < 0) {
            throw new IllegalArgumentException("coordinator.lease must leave time for a renewal and a second attempt,"
                    + " at least " + needed.toMillis() + " ms, got " + lease.toMillis() + " ms");
        }
    }

    /** Reads every key of this record. */
    public static LeaderConfig from(Settings settings) {
        var lease = settings.duration("coordinator.lease", DEFAULTS.lease);
        var renew = settings.duration("coordinator.lease-renew-interval", DEFAULTS.renewInterval);
        var look = settings.duration("coordinator.lease-look-interval", DEFAULTS.lookInterval);
        var margin = settings.duration("coordinator.lease-margin", DEFAULTS.margin);
        var answer = settings.duration("coordinator.lease-answer-deadline", DEFAULTS.answerDeadline);
        return settings.build(DEFAULTS, () -> new LeaderConfig(lease, renew, look, margin, answer));
    }

    /** How long a leader may believe in an answer, from the moment it asked, when the row lasts so long. */
    Duration belief(Duration left) {
        return (left.compareTo(lease) < 0 ? left : lease).minus(margin);
    }
}
