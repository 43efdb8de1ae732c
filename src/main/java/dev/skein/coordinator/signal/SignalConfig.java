package dev.skein.coordinator.signal;

import dev.skein.config.Settings;
import dev.skein.kernel.Check;
import java.time.Duration;

/**
 * From where on load is too much. A number counts when it is greater, and has been for the hold time.
 *
 * @param hold so that one spike is no reason ({@code scaling.hold}, default 1m)
 * @param cpuAbove mean share of the cores of nodes that do jobs ({@code scaling.cpu-above}, default 70 percent)
 * @param memoryAbove mean share of their memory in use ({@code scaling.memory-above}, default 80 percent)
 * @param queueAbove jobs that wait ({@code scaling.queue-above}, default 10)
 * @param responseAbove mean time from acceptance to end ({@code scaling.response-above}, default 5s)
 * @param alerts when a person is told
 */
public record SignalConfig(
        Duration hold, double cpuAbove, double memoryAbove, int queueAbove, Duration responseAbove, Alerting alerts) {
    /**
     * When a person is told.
     *
     * @param queueAbove jobs that wait ({@code alert.queue-above}, default 10)
     * @param memoryAbove share of one node's memory in use ({@code alert.memory-above}, default 90 percent)
     * @param failuresAbove share of jobs that failed, of those that ended lately ({@code alert.failures-above}, default
     *     5 percent)
     * @param failuresOf fewest that must have ended ({@code alert.failures-of}, default 20)
     */
    public record Alerting(int queueAbove, double memoryAbove, double failuresAbove, int failuresOf) {}

    private static final int PERCENT = 100;
    private static final int QUEUE_LIMIT = 10_000_000;
    private static final Duration SLOW = Duration.ofSeconds(5);
    public static final SignalConfig DEFAULTS =
            new SignalConfig(Duration.ofMinutes(1), 0.70, 0.80, 10, SLOW, new Alerting(10, 0.90, 0.05, 20));

    public SignalConfig {
        Check.positive("scaling.response-above", responseAbove);
    }

    public static SignalConfig from(Settings settings) {
        return settings.build(
                DEFAULTS,
                () -> new SignalConfig(
                        settings.duration("scaling.hold", DEFAULTS.hold),
                        percent(settings, "scaling.cpu-above", DEFAULTS.cpuAbove),
                        percent(settings, "scaling.memory-above", DEFAULTS.memoryAbove),
                        settings.integer("scaling.queue-above", DEFAULTS.queueAbove, 0, QUEUE_LIMIT),
                        settings.duration("scaling.response-above", SLOW),
                        alerting(settings)));
    }

    private static Alerting alerting(Settings settings) {
        var usual = DEFAULTS.alerts;
        return new Alerting(
                settings.integer("alert.queue-above", usual.queueAbove, 0, QUEUE_LIMIT),
                percent(settings, "alert.memory-above", usual.memoryAbove),
                percent(settings, "alert.failures-above", usual.failuresAbove),
                settings.integer("alert.failures-of", usual.failuresOf, 1, QUEUE_LIMIT));
    }

    private static double percent(Settings settings, String key, double usual) {
        return (double) settings.integer(key, (int) Math.round(usual * PERCENT), 0, PERCENT) / PERCENT;
    }
}
