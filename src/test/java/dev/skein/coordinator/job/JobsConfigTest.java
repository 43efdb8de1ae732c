package dev.skein.coordinator.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.config.Settings;
import dev.skein.coordinator.job.JobsConfig.Sizes;
import dev.skein.job.life.Rules;
import dev.skein.job.queue.Limits;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobsConfigTest {
    @Test
    void without_settings_the_defaults_hold() {
        assertThat(JobsConfig.from(Settings.of(Map.of(), "test"))).isEqualTo(JobsConfig.DEFAULTS);
    }

    @Test
    void every_key_is_read() {
        var settings = Settings.of(
                Map.ofEntries(
                        Map.entry("coordinator.jobs.lease", "3s"),
                        Map.entry("coordinator.jobs.retention", "2h"),
                        Map.entry("coordinator.jobs.back-off", "1s"),
                        Map.entry("coordinator.jobs.back-off-max", "1m"),
                        Map.entry("coordinator.jobs.aged-after", "5m"),
                        Map.entry("coordinator.jobs.aged-by", "3"),
                        Map.entry("coordinator.jobs.running-max", "exec=2"),
                        Map.entry("coordinator.jobs.rate-max", "mcp=0.5, exec=7"),
                        Map.entry("coordinator.jobs.queue-max", "10"),
                        Map.entry("coordinator.jobs.finished-max", "11"),
                        Map.entry("coordinator.jobs.payload-max", "2KiB"),
                        Map.entry("coordinator.jobs.result-max", "3KiB"),
                        Map.entry("coordinator.jobs.payload-cache", "4KiB"),
                        Map.entry("coordinator.jobs.types", "exec"),
                        Map.entry("coordinator.jobs.memory", "exec=1GiB")),
                "test");

        assertThat(JobsConfig.from(settings))
                .isEqualTo(new JobsConfig(
                        Duration.ofSeconds(3),
                        Duration.ofHours(2),
                        new Rules(Duration.ofSeconds(1), Duration.ofMinutes(1)),
                        new Limits(Duration.ofMinutes(5), 3, Map.of("exec", 2), Map.of("mcp", 0.5, "exec", 7.0)),
                        new Sizes(10, 11, 2 << 10, 3 << 10, 4 << 10),
                        Set.of("exec"),
                        Map.of("exec", 1L << 30)));
        settings.requireSound();
    }

    @Test
    void a_misspelt_key_is_named_with_the_right_one() {
        var settings = Settings.of(Map.of("coordinator.jobs.leese", "1s"), "test");
        JobsConfig.from(settings);

        assertThatThrownBy(settings::requireSound).hasMessageContaining("did you mean coordinator.jobs.lease?");
    }

    @ParameterizedTest
    @CsvSource({"lease,0s", "back-off,0s", "queue-max,0", "payload-max,1B", "running-max,exec", "memory,exec=much"})
    void a_bad_value_is_refused_with_its_key(String key, String value) {
        var settings = Settings.of(Map.of("coordinator.jobs." + key, value), "test");
        JobsConfig.from(settings);

        assertThatThrownBy(settings::requireSound).hasMessageContaining("coordinator.jobs." + key);
    }
}
