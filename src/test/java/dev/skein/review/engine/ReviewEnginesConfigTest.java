package dev.skein.review.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.config.Settings;
import dev.skein.config.SettingsException;
import dev.skein.kernel.Problem;
import dev.skein.kernel.SteadyClock;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewEnginesConfigTest {
    @Test
    void the_defaults_need_nothing_installed() {
        assertThat(ReviewEnginesConfig.from(new Settings(Map.of()))).isEqualTo(ReviewEnginesConfig.DEFAULTS);
        assertThat(ReviewEnginesConfig.DEFAULTS.engine()).isEqualTo("pmd");
    }

    @Test
    void every_key_is_read(@TempDir Path folder) throws IOException {
        var key = Files.writeString(folder.resolve("key"), "k-1\n");
        var settings = settings(
                "file",
                Map.ofEntries(
                        Map.entry("review.engine", "openai"),
                        Map.entry("review.persona", "security-hawk"),
                        Map.entry("review.persona-dir", "/personas"),
                        Map.entry("review.pieces-max", "7"),
                        Map.entry("review.refute-from", "off"),
                        Map.entry("review.transcript", "/t.jsonl"),
                        Map.entry("review.openai.urls", "https://one.example/, http://127.0.0.1:9"),
                        Map.entry("review.openai.model", "m"),
                        Map.entry("review.openai.api-key-file", key.toString()),
                        Map.entry("review.openai.timeout", "3m"),
                        Map.entry("review.ollama.per-host", "5"),
                        Map.entry("review.ollama.context-tokens", "32000")));
        var config = ReviewEnginesConfig.from(settings);
        settings.requireSound();

        assertThat(config.persona()).isEqualTo("security-hawk");
        assertThat(config.model().refuteFrom()).isNull();
        assertThat(config.model().piecesMax()).isEqualTo(7);
        assertThat(config.openAi().urls()).containsExactly("https://one.example", "http://127.0.0.1:9");
        assertThat(Objects.requireNonNull(config.openAi().key()).reveal()).isEqualTo("k-1");
        assertThat(config.openAi().patience().total()).isEqualTo(Duration.ofMinutes(3));
        assertThat(config.ollama().perHost()).isEqualTo(5);
        assertThat(config.ollama().contextTokens()).isEqualTo(32_000);
        assertThat(config.toString()).doesNotContain("k-1");
    }

    @Test
    void what_cannot_work_is_named_with_its_key() {
        refused("review.ollama.urls", "ftp://x", "review.ollama.urls must be http or https");
        refused("review.openai.urls", "http://user:pw@x", "without a user");
        refused("review.ollama.answer-tokens", "20000", "review.ollama.answer-tokens must be less than");
        refused("review.refute-from", "bad", "review.refute-from");
        refused("review.engine", "eslint", "review.engine must be one of ollama, openai, pmd");
        refused("review.ollama.modell", "x", "did you mean review.ollama.model?");
    }

    @Test
    void a_key_is_not_taken_from_an_argument() {
        var settings = settings("argument", Map.of("review.openai.api-key", "k-1"));
        var config = ReviewEnginesConfig.from(settings);

        assertThat(config.openAi().key()).isNull();
        assertThatThrownBy(settings::requireSound)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("review.openai.api-key must come from a file or the environment")
                .hasMessageNotContaining("k-1");
    }

    @Test
    void engines_are_found_by_name() throws Exception {
        var vertx = Vertx.vertx();
        var clock = SteadyClock.system();
        try (var engines = new Engines(vertx, ReviewEnginesConfig.DEFAULTS, clock, clock)) {
            assertThat(List.of("pmd", "ollama", "openai"))
                    .allSatisfy(name -> assertThat(engines.named(name).name()).isEqualTo(name));
            assertThatThrownBy(() -> engines.named("eslint"))
                    .isInstanceOf(Problem.class)
                    .hasMessage("engine must be one of ollama, openai, pmd, got eslint");
        }
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private static void refused(String key, String value, String words) {
        var settings = settings("file", Map.of(key, value));
        ReviewEnginesConfig.from(settings);

        assertThatThrownBy(settings::requireSound)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(words);
    }

    private static Settings settings(String origin, Map<String, String> texts) {
        return Settings.of(texts, origin);
    }
}
