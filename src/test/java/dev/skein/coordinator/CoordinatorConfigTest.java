package dev.skein.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.config.Settings;
import dev.skein.coordinator.CoordinatorConfig.Heartbeats;
import dev.skein.coordinator.CoordinatorConfig.Limits;
import dev.skein.coordinator.fleet.Detection;
import dev.skein.coordinator.moves.MovesConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoordinatorConfigTest {
    @Test
    void without_settings_the_defaults_hold() {
        assertThat(CoordinatorConfig.from(Settings.of(Map.of(), "test"))).isEqualTo(CoordinatorConfig.DEFAULTS);
    }

    @Test
    void every_key_is_read() {
        var settings = Settings.of(
                Map.ofEntries(
                        Map.entry("coordinator.heartbeat-interval", "1s"),
                        Map.entry("coordinator.heartbeat-timeout", "3s"),
                        Map.entry("coordinator.sweep-interval", "2s"),
                        Map.entry("coordinator.bus-heartbeat-interval", "500ms"),
                        Map.entry("coordinator.suspect-after", "4s"),
                        Map.entry("coordinator.dead-after", "6s"),
                        Map.entry("coordinator.leave-deadline", "7s"),
                        Map.entry("coordinator.orders-per-worker-max", "3"),
                        Map.entry("coordinator.audit-rows-max", "9"),
                        Map.entry("coordinator.auto-rebalance", "false"),
                        Map.entry("coordinator.rebalance-delay", "1s"),
                        Map.entry("coordinator.rest-deadline", "2s"),
                        Map.entry("coordinator.drain-deadline", "3s"),
                        Map.entry("coordinator.moves-max", "4"),
                        Map.entry("cluster.name", "geese")),
                "test");

        assertThat(CoordinatorConfig.from(settings))
                .isEqualTo(new CoordinatorConfig(
                        "geese",
                        new Heartbeats(Duration.ofSeconds(1), Duration.ofMillis(500)),
                        new Detection(Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofSeconds(6)),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(7),
                        new Limits(3, 9),
                        new MovesConfig(
                                false, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), 4)));
        settings.requireSound();
    }

    @Test
    void a_misspelt_key_is_named_with_the_right_one() {
        var settings = Settings.of(Map.of("coordinator.sweep-intervall", "1s"), "test");
        CoordinatorConfig.from(settings);

        assertThatThrownBy(settings::requireSound).hasMessageContaining("did you mean coordinator.sweep-interval?");
    }

    @Test
    void a_timeout_that_no_heartbeat_can_meet_is_refused_with_its_key() {
        var settings = Settings.of(Map.of("coordinator.heartbeat-timeout", "4s"), "test");
        CoordinatorConfig.from(settings);

        assertThatThrownBy(settings::requireSound)
                .hasMessageContaining(
                        "coordinator.heartbeat-timeout must be longer than coordinator.heartbeat-interval");
    }
}
