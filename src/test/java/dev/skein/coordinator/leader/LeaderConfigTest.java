package dev.skein.coordinator.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.config.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeaderConfigTest {
    @Test
    void without_settings_the_defaults_hold() {
        assertThat(LeaderConfig.from(Settings.of(Map.of(), "test"))).isEqualTo(LeaderConfig.DEFAULTS);
    }

    @Test
    void every_key_is_read() {
        var settings = Settings.of(
                Map.of(
                        "coordinator.lease", "20s",
                        "coordinator.lease-renew-interval", "5s",
                        "coordinator.lease-look-interval", "2s",
                        "coordinator.lease-margin", "3s",
                        "coordinator.lease-answer-deadline", "4s"),
                "test");

        assertThat(LeaderConfig.from(settings))
                .isEqualTo(new LeaderConfig(
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4)));
        settings.requireSound();
    }

    @Test
    void a_misspelt_key_is_named_with_the_right_one() {
        var settings = Settings.of(Map.of("coordinator.lease-marginn", "1s"), "test");
        LeaderConfig.from(settings);

        assertThatThrownBy(settings::requireSound).hasMessageContaining("did you mean coordinator.lease-margin?");
    }

    @Test
    void a_lease_too_short_for_a_second_attempt_is_refused_with_its_key() {
        var settings = Settings.of(Map.of("coordinator.lease", "5s"), "test");
        LeaderConfig.from(settings);

        assertThatThrownBy(settings::requireSound)
                .hasMessageContaining("coordinator.lease must leave time for a renewal and a second attempt");
    }
}
