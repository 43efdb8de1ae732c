package dev.skein.http.live;

import dev.skein.config.Settings;
import dev.skein.http.live.gate.Seats;
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
 * @param perSubject connections of one subject ({@code http.live.per-subject}, default 5)
 * @param perAddress connections from one address ({@code http.live.per-address}, default 20)
 * @param perNode connections of this node ({@code http.live.per-node}, default 500)
 * @param origins pages that may connect besides the node's own, as {@code https://host:port} ({@code
 *     http.live.origins}, default none)
 */
public record LiveConfig(
        Duration tick,
        Duration askDeadline,
        Duration ticketLife,
        Duration slowAfter,
        int perSubject,
        int perAddress,
        int perNode,
        List<String> origins) {
    public static final LiveConfig DEFAULTS = new LiveConfig(
            Duration.ofMillis(250),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            5,
            20,
            500,
            List.of());

    private static final int CONNECTIONS_MAX = 10_000;

    public LiveConfig {
        Check.between("http.live.tick in milliseconds", tick.toMillis(), 50, 5_000);
        Check.between("http.live.ask-deadline in milliseconds", askDeadline.toMillis(), 100, 10_000);
        Check.between("http.live.ticket-life in seconds", ticketLife.toSeconds(), 1, 300);
        Check.positive("http.live.slow-after", slowAfter);
        Check.between("http.live.per-subject", perSubject, 1, CONNECTIONS_MAX);
        Check.between("http.live.per-address", perAddress, 1, CONNECTIONS_MAX);
        Check.between("http.live.per-node", perNode, 1, CONNECTIONS_MAX);
        origins = List.copyOf(origins);
    }

    public static LiveConfig from(Settings settings) {
        var tick = settings.duration("http.live.tick", DEFAULTS.tick);
        var askDeadline = settings.duration("http.live.ask-deadline", DEFAULTS.askDeadline);
        var ticketLife = settings.duration("http.live.ticket-life", DEFAULTS.ticketLife);
        var slowAfter = settings.duration("http.live.slow-after", DEFAULTS.slowAfter);
        int perSubject = settings.integer("http.live.per-subject", DEFAULTS.perSubject, 1, CONNECTIONS_MAX);
        int perAddress = settings.integer("http.live.per-address", DEFAULTS.perAddress, 1, CONNECTIONS_MAX);
        int perNode = settings.integer("http.live.per-node", DEFAULTS.perNode, 1, CONNECTIONS_MAX);
        var origins = settings.list("http.live.origins", DEFAULTS.origins);
        return settings.build(
                DEFAULTS,
                () -> new LiveConfig(
                        tick, askDeadline, ticketLife, slowAfter, perSubject, perAddress, perNode, origins));
    }

    Seats.Limits seats() {
        return new Seats.Limits(perSubject, perAddress, perNode);
    }
}
