package dev.skein.coordinator.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.config.Settings;
import dev.skein.config.SettingsException;
import dev.skein.coordinator.scaling.ScalingConfig;
import dev.skein.coordinator.signal.SignalConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertConfigTest {
    @Test
    void nothing_given_tells_nobody() {
        assertThat(AlertConfig.from(Settings.of(Map.of(), "test"))).isEqualTo(AlertConfig.DEFAULTS);
    }

    @Test
    void every_key_is_read() {
        var settings = Settings.of(
                Map.ofEntries(
                        Map.entry("alert.webhook-url", "http://w"),
                        Map.entry("alert.slack-url", "http://s"),
                        Map.entry("alert.smtp-host", "m"),
                        Map.entry("alert.smtp-port", "587"),
                        Map.entry("alert.smtp-tls", "required"),
                        Map.entry("alert.smtp-from", "f@x"),
                        Map.entry("alert.smtp-to", "a@x, b@x"),
                        Map.entry("alert.smtp-user", "u"),
                        Map.entry("alert.smtp-password", "p"),
                        Map.entry("alert.attempts-max", "7"),
                        Map.entry("alert.no-leader-after", "40s"),
                        Map.entry("alert.queue-above", "11"),
                        Map.entry("alert.memory-above", "12"),
                        Map.entry("alert.failures-above", "13"),
                        Map.entry("alert.failures-of", "14"),
                        Map.entry("scaling.hold", "15s"),
                        Map.entry("scaling.cpu-above", "16"),
                        Map.entry("scaling.memory-above", "17"),
                        Map.entry("scaling.queue-above", "18"),
                        Map.entry("scaling.response-above", "19s"),
                        Map.entry("scaling.workers-min", "2"),
                        Map.entry("scaling.workers-max", "9"),
                        Map.entry("scaling.up", "4.5"),
                        Map.entry("scaling.down", "0.5")),
                "test");

        var config = AlertConfig.from(settings);
        settings.requireSound();

        assertThat(config.mail().to()).isEqualTo(List.of("a@x", "b@x"));
        assertThat(config.mail().port()).isEqualTo(587);
        assertThat(config.attemptsMax()).isEqualTo(7);
        assertThat(config.leaderless()).isEqualTo(Duration.ofSeconds(40));
        assertThat(config.scaling()).isEqualTo(new ScalingConfig(2, 9, 4.5, 0.5));
        assertThat(config.signals())
                .isEqualTo(new SignalConfig(
                        Duration.ofSeconds(15),
                        0.16,
                        0.17,
                        18,
                        Duration.ofSeconds(19),
                        new SignalConfig.Alerting(11, 0.12, 0.13, 14)));
        assertThat(config.toString()).doesNotContain("http://");
    }

    @Test
    void what_cannot_work_is_refused_with_its_key() {
        for (var wrong : List.of(
                Map.of("alert.smtp-host", "m"),
                Map.of("alert.attempts-max", "0"),
                Map.of("alert.failures-above", "101"),
                Map.of("scaling.queue-above", "-1"),
                Map.of("scaling.up", "x"),
                Map.of("scaling.up", "0.5"),
                Map.of("scaling.workers-max", "1", "scaling.workers-min", "2"))) {
            var settings = Settings.of(wrong, "test");
            AlertConfig.from(settings);

            assertThatThrownBy(settings::requireSound)
                    .as("%s", wrong)
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContainingAll(wrong.keySet().iterator().next().split("-")[0]);
        }
    }
}
