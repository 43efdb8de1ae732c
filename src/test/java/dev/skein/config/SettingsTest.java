package dev.skein.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @Test
    void durations_carry_their_unit() {
        var settings = settings(Map.of("a", "250ms", "b", "5s", "c", "10m"));

        assertThat(settings.duration("a", Duration.ZERO)).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.duration("b", Duration.ZERO)).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.duration("c", Duration.ZERO)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void all_faults_are_reported_at_once_with_key_value_and_origin() {
        var settings = settings(Map.of("port", "99999", "wait", "soon", "size", "1XB", "on", "maybe", "prot", "1"));
        settings.integer("port", 1, 1, 65_535);
        settings.duration("wait", Duration.ofSeconds(1));
        settings.bytes("size", 1, 0, 10);
        settings.flag("on", false);

        assertThatThrownBy(settings::requireSound)
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.faults())
                                .containsExactly(
                                        "on must be true or false, got maybe (test)",
                                        "port must be between 1 and 65535, got 99999 (test)",
                                        "size must be a size like 64KiB, 8MiB or 2GiB, got 1XB (test)",
                                        "unknown setting prot (test); did you mean port?",
                                        "wait must be a duration like 250ms, 5s or 10m, got soon (test)"));
    }

    @Test
    void a_secret_never_prints_and_may_come_from_a_file(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("key"), "s3cret\n");
        var settings = settings(Map.of("key-file", file.toString(), "other", "hidden"));

        assertThat(settings.secret("key")).isEqualTo(new Secret("s3cret"));
        assertThat(settings.secret("other")).hasToString("***");
        assertThat(settings.inForce().get("other").text()).isEqualTo("***");
    }

    @Test
    void later_sources_win_and_say_where_a_value_came_from() {
        var settings = new Sources()
                .configuration("{\"http\": {\"port\": 1, \"host\": \"a\"}, \"list\": [1, 2]}")
                .environment(
                        Map.of("SKEIN_HTTP_PORT", "2", "OLD_KEY", "k"),
                        Set.of("http.port"),
                        Map.of("OLD_KEY", "key"),
                        Set.of())
                .arguments(List.of("--http.port=3"))
                .settings();

        assertThat(settings.integer("http.port", 0, 0, 9)).isEqualTo(3);
        assertThat(settings.text("http.host", "")).isEqualTo("a");
        assertThat(settings.list("list", List.of())).containsExactly("1", "2");
        assertThat(settings.text("key", "")).isEqualTo("k");
        assertThat(settings.inForce().get("http.port").origin()).isEqualTo("argument");
    }

    @Test
    void a_broken_file_is_refused_with_its_place() {
        assertThatThrownBy(() -> new Sources().configuration("{\"a\": "))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("inline configuration is neither YAML nor JSON at line 1");
        assertThatThrownBy(() -> new Sources().configuration("none.yaml"))
                .hasMessageStartingWith("file none.yaml does not exist");
    }

    private static Settings settings(Map<String, String> texts) {
        return Settings.of(texts, "test");
    }
}
