package dev.skein.coordinator.alert;

import dev.skein.config.Secret;
import dev.skein.config.Settings;
import dev.skein.coordinator.scaling.ScalingConfig;
import dev.skein.coordinator.signal.SignalConfig;
import dev.skein.kernel.Check;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of alerts, and how scaling is judged.
 *
 * @param webhook gets each change as JSON ({@code alert.webhook-url}, default none)
 * @param slack an incoming webhook of Slack ({@code alert.slack-url}, default none)
 * @param mail null without {@code alert.smtp-host}
 * @param attemptsMax how often a notice is tried ({@code alert.attempts-max}, default 5)
 * @param signals from where on load is too much
 * @param leaderless how long nobody may lead before that is an alert ({@code alert.no-leader-after}, default 15s)
 */
public record AlertConfig(
        @Nullable Secret webhook,
        @Nullable Secret slack,
        @Nullable Mail mail,
        int attemptsMax,
        ScalingConfig scaling,
        SignalConfig signals,
        Duration leaderless) {
    /**
     * A mail server.
     *
     * @param host ({@code alert.smtp-host})
     * @param port ({@code alert.smtp-port}, default 25)
     * @param tls {@code disabled}, {@code optional} or {@code required} ({@code alert.smtp-tls}, default optional)
     * @param from ({@code alert.smtp-from}, default {@code skein@localhost})
     * @param to ({@code alert.smtp-to})
     * @param user ({@code alert.smtp-user}, default none)
     * @param password ({@code alert.smtp-password})
     */
    public record Mail(
            String host,
            int port,
            String tls,
            String from,
            List<String> to,
            @Nullable String user,
            @Nullable Secret password) {
        public Mail {
            to = List.copyOf(to);
            if (to.isEmpty()) {
                throw new IllegalArgumentException("alert.smtp-to must name a receiver when alert.smtp-host is given");
            }
        }
    }

    private static final int ATTEMPTS_LIMIT = 100;
    private static final int PORT = 25;
    private static final int PORT_MAX = 65_535;
    public static final AlertConfig DEFAULTS =
            new AlertConfig(null, null, null, 5, ScalingConfig.DEFAULTS, SignalConfig.DEFAULTS, Duration.ofSeconds(15));

    public AlertConfig {
        Check.between("alert.attempts-max", attemptsMax, 1, ATTEMPTS_LIMIT);
        Check.positive("alert.no-leader-after", leaderless);
    }

    public static AlertConfig from(Settings settings) {
        return settings.build(
                DEFAULTS,
                () -> new AlertConfig(
                        settings.secret("alert.webhook-url"),
                        settings.secret("alert.slack-url"),
                        mail(settings),
                        settings.integer("alert.attempts-max", DEFAULTS.attemptsMax, 1, ATTEMPTS_LIMIT),
                        ScalingConfig.from(settings),
                        SignalConfig.from(settings),
                        settings.duration("alert.no-leader-after", DEFAULTS.leaderless)));
    }

    private static @Nullable Mail mail(Settings settings) {
        var host = settings.optional("alert.smtp-host");
        int port = settings.integer("alert.smtp-port", PORT, 1, PORT_MAX);
        var tls = settings.choice("alert.smtp-tls", "optional", java.util.Set.of("disabled", "optional", "required"));
        var from = settings.text("alert.smtp-from", "skein@localhost");
        var to = settings.list("alert.smtp-to", List.of());
        var user = settings.optional("alert.smtp-user");
        var password = settings.secret("alert.smtp-password");
        return host == null ? null : new Mail(host, port, tls, from, to, user, password);
    }
}
