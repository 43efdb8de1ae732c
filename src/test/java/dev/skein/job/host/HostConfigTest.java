package dev.skein.job.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.config.Settings;
import dev.skein.config.SettingsException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostConfigTest {
    private static HostConfig config(String key, String text) {
        var settings = Settings.of(Map.of(key, text), "test");
        var config = HostConfig.from(settings);
        settings.requireSound();
        return config;
    }

    @Test
    void without_types_a_node_does_what_its_roles_do() {
        var light = HostConfig.DEFAULTS.wants(true, false);
        var heavy = HostConfig.DEFAULTS.wants(false, true);

        assertThat(List.of("review", "exec", "noop")).allMatch(light);
        assertThat(List.of("heavy-compute", "mcp")).noneMatch(light);
        assertThat(List.of("heavy-compute", "exec")).allMatch(heavy);
        assertThat(List.of("review", "noop", "mcp")).noneMatch(heavy);
    }

    @Test
    void with_types_it_does_these_and_no_others_whatever_its_roles_are() {
        var wanted = config("jobs.types", "review, noop").wants(false, true);

        assertThat(List.of("review", "noop")).allMatch(wanted);
        assertThat(List.of("exec", "heavy-compute", "http")).noneMatch(wanted);
    }

    @Test
    void a_type_that_somebody_elses_server_does_must_be_configured_all_the_same() {
        assertThat(config("jobs.types", "mcp").wants(true, false)).rejects("mcp");
    }

    @Test
    void a_type_that_nobody_does_is_refused_with_the_key_and_those_there_are() {
        assertThatThrownBy(() -> config("jobs.types", "review,revue"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("jobs.types must be among cipher, context7, exec, heavy-compute, http, mcp,"
                        + " noop, review, got revue");
    }

    @Test
    void a_number_of_jobs_is_read_and_less_than_none_refused() {
        assertThat(config("jobs.max", "3").jobsMax()).isEqualTo(3);
        assertThatThrownBy(() -> config("jobs.max", "-1")).hasMessageContaining("jobs.max");
    }
}
