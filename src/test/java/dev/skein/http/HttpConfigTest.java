package dev.skein.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.auth.Algorithm;
import dev.skein.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpConfigTest {
    @TempDir
    Path folder;

    @Test
    void defaults_listen_on_loopback_alone() {
        var config = HttpConfig.from(new Settings(Map.of()));

        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(9100);
        assertThat(config.keys().isEmpty()).isTrue();
        assertThat(config.joinKey()).isNull();
        assertThat(config.limits()).isEqualTo(HttpConfig.Limits.DEFAULTS);
    }

    @Test
    void every_key_is_read() throws IOException {
        var keys = folder.resolve("keys.json");
        Files.writeString(keys, "{\"keys\":[{\"key\":\"k2\",\"role\":\"viewer\",\"name\":\"eyes\"}]}");
        var settings = Settings.of(
                Map.ofEntries(
                        Map.entry("http.host", "0.0.0.0"),
                        Map.entry("http.port", "0"),
                        Map.entry("http.api-key", "k1"),
                        Map.entry("http.api-keys-file", keys.toString()),
                        Map.entry("http.join-key", "j"),
                        Map.entry("http.rate-limit", "5"),
                        Map.entry("http.connections-max", "7"),
                        Map.entry("http.body-memory", "64MiB"),
                        Map.entry("http.idle", "1m"),
                        Map.entry("http.head", "2s"),
                        Map.entry("http.loops", "3"),
                        Map.entry("http.token-algorithm", "ES256")),
                "test");

        var config = HttpConfig.from(settings);
        settings.requireSound();

        assertThat(config.port()).isZero();
        assertThat(config.keys().find("k1").subject()).isEqualTo("admin");
        assertThat(config.keys().find("k2").subject()).isEqualTo("eyes");
        assertThat(config.joinKey().reveal()).isEqualTo("j");
        assertThat(config.tokenAlgorithm()).isEqualTo(Algorithm.ES256);
        assertThat(config.limits())
                .isEqualTo(new HttpConfig.Limits(5, 7, 64 << 20, Duration.ofMinutes(1), Duration.ofSeconds(2), 3));
    }

    @Test
    void bad_values_are_refused_with_their_keys() {
        var settings = Settings.of(
                Map.of("http.port", "70000", "http.api-keys-file", "/nowhere", "http.token-algorithm", "HS256"),
                "test");
        HttpConfig.from(settings);

        assertThatThrownBy(settings::requireSound)
                .hasMessageContaining("http.port")
                .hasMessageContaining("http.api-keys-file: /nowhere cannot be read")
                .hasMessageContaining("http.token-algorithm");
    }
}
