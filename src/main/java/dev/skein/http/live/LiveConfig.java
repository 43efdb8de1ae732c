package dev.skein.http.live;

import dev.skein.config.Settings;
import dev.skein.http.live.gate.Seats.Limits;
import dev.skein.kernel.Check;
import java.time.Duration;
import java.util.List;

/**
 * How the live view is served.
 *
 * @param tick how often the coordinator is asked while somebody watches ({@code http.live.tick}, default 250ms)
 * @param askDeadline longest wait for its answer ({@code http.live.ask-deadline}, default 2s)
 * @param ticketLife how long a ticket may be used ({@code http.live.ticket-life}, default 30s)
 * @param slowAfter how long a viewer may leave a frame unread before it is closed ({@code http.live.slow-after},
 *     default 10s)
 * @param seats connections of one subject ({@code http.live.per-subject}, default 5), from one address ({@code
 *     http.live.per-address}, default 20) and of this node ({@code http.live.per-node}, default 500)
 * @param origins pages that may connect besides the node's own, as {@code https://host:port} ({@code
 *     http.live.origins}, default none)
 */
public record LiveConfig(
        Duration tick,
        Duration askDeadline,
        Duration ticketLife,
        Duration slowAfter,
        Limits seats,
        List<String> origins) {
    public static final LiveConfig DEFAULTS = new LiveConfig(
            Duration.ofMillis(250),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            new Limits(5, 20, 500),
            List.of());

    private static final int CONNECTIONS_MAX = 10_000;

    public LiveConfig {
        Check.between("http.live.tick in milliseconds", tick.toMillis(), 50, 5_000);
        Check.between("http.live.ask-deadline in milliseconds", askDeadline.toMillis(), 100, 10_000);
        Check.between("http.live.ticket-life in seconds", ticketLife.toSeconds(), 1, 300);
        Check.between("http.live.slow-after in milliseconds", slowAfter.toMillis(), 1_000, 60_000);
        origins = List.copyOf(origins);
    }

    public static LiveConfig from(Settings settings) {
        var tick = settings.duration("http.live.tick", DEFAULTS.tick);
        var askDeadline = settings.duration("http.live.ask-deadline", DEFAULTS.askDeadline);
        var ticketLife = settings.duration("http.live.ticket-life", DEFAULTS.ticketLife);
        var slowAfter = settings.duration("http.live.slow-after", DEFAULTS.slowAfter);
        var seats = new Limits(
                connections(settings, "http.live.per-subject", DEFAULTS.seats.perSubject()),
                connections(settings, "http.live.per-address", DEFAULTS.seats.perAddress()),
                connections(settings, "http.live.per-node", DEFAULTS.seats.perNode()));
        var origins = settings.list("http.live.origins", DEFAULTS.origins);
        return settings.build(DEFAULTS, () -> new LiveConfig(tick, askDeadline, ticketLife, slowAfter, seats, origins));
    }

    private static int connections(Settings settings, String key, int fallback) {
        return settings.integer(key, fallback, 1, CONNECTIONS_MAX);
    }
}
