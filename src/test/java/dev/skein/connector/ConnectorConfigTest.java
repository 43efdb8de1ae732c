package dev.skein.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.config.Settings;
import dev.skein.config.SettingsException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectorConfigTest {
    @Test
    void nothing_given_allows_no_special_address() {
        assertThat(ConnectorConfig.from(Settings.of(Map.of(), "test"))).isEqualTo(ConnectorConfig.DEFAULTS);
        assertThat(ConnectorConfig.DEFAULTS.allow()).isEmpty();
    }

    @Test
    void every_key_is_read() {
        var settings = Settings.of(
                Map.of(
                        "connector.allow", "private, broker:1883",
                        "connector.buffer-messages", "5",
                        "connector.buffer-bytes", "1MiB",
                        "connector.retry-wait", "1s",
                        "connector.retry-wait-max", "2s",
                        "connector.attempts-max", "3",
                        "connector.timeout", "4s",
                        "connector.pause-after", "6s",
                        "connector.dead-letter-bytes", "2MiB"),
                "test");

        var config = ConnectorConfig.from(settings);
        settings.requireSound();

        assertThat(config)
                .isEqualTo(new ConnectorConfig(
                        List.of("private", "broker:1883"),
                        new ConnectorConfig.Buffer(5, 1 << 20),
                        new ConnectorConfig.Retry(Duration.ofSeconds(1), Duration.ofSeconds(2), 3),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(6),
                        2 << 20));
    }

    @Test
    void what_cannot_work_is_refused_with_its_key() {
        for (var wrong : List.of(
                Map.of("connector.allow", "10.0.0.0/99"),
                Map.of("connector.buffer-messages", "0"),
                Map.of("connector.retry-wait-max", "1ms"),
                Map.of("connector.dead-letter-bytes", "1KiB"))) {
            var settings = Settings.of(wrong, "test");
            ConnectorConfig.from(settings);

            assertThatThrownBy(settings::requireSound)
                    .as("%s", wrong)
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining(wrong.keySet().iterator().next().substring(0, 14));
        }
    }

    @Test
    void a_misspelt_key_is_named() {
        var settings = Settings.of(Map.of("connector.alow", "private"), "test");
        ConnectorConfig.from(settings);

        assertThatThrownBy(settings::requireSound).hasMessageContaining("did you mean connector.allow?");
    }
}
