package dev.skein.http.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.config.Settings;
import dev.skein.config.SettingsException;
import dev.skein.http.live.gate.Seats.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveConfigTest {
    @Test
    void nothing_set_means_the_defaults() {
        var settings = Settings.of(Map.of(), "test");

        assertThat(LiveConfig.from(settings)).isEqualTo(LiveConfig.DEFAULTS);
        settings.requireSound();
    }

    @Test
    void every_key_is_read() {
        var settings = Settings.of(
                Map.of(
                        "http.live.tick", "500ms",
                        "http.live.ask-deadline", "3s",
                        "http.live.ticket-life", "10s",
                        "http.live.slow-after", "5s",
                        "http.live.per-subject", "1",
                        "http.live.per-address", "2",
                        "http.live.per-node", "3",
                        "http.live.origins", "https://a.example, https://b.example"),
                "test");

        assertThat(LiveConfig.from(settings))
                .isEqualTo(new LiveConfig(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        new Limits(1, 2, 3),
                        List.of("https://a.example", "https://b.example")));
        settings.requireSound();
    }

    @Test
    void a_value_that_cannot_work_is_refused_with_its_key() {
        var settings = Settings.of(Map.of("http.live.tick", "1ms", "http.live.per-node", "0"), "test");

        LiveConfig.from(settings);

        assertThatThrownBy(settings::requireSound)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("http.live.tick")
                .hasMessageContaining("http.live.per-node");
    }

    @Test
    void a_misspelt_key_is_named_with_the_one_that_was_meant() {
        var settings = Settings.of(Map.of("http.live.tik", "1s"), "test");

        LiveConfig.from(settings);

        assertThatThrownBy(settings::requireSound).hasMessageContaining("did you mean http.live.tick?");
    }
}
