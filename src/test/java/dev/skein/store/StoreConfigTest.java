package dev.skein.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.config.Secret;
import dev.skein.config.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreConfigTest {
    @Test
    void without_settings_the_defaults_hold() {
        assertThat(StoreConfig.from(Settings.of(Map.of(), "test"))).isEqualTo(StoreConfig.DEFAULTS);
    }

    @Test
    void every_key_is_read() {
        var settings = Settings.of(
                Map.of(
                        "store.durability", "async",
                        "store.queue-max", "7",
                        "store.batch-max", "3",
                        "store.close-deadline", "250ms"),
                "test");

        assertThat(StoreConfig.from(settings))
                .isEqualTo(new StoreConfig(Durability.ASYNC, 7, 3, Duration.ofMillis(250)));
        settings.requireSound();
    }

    @Test
    void a_url_means_a_server_and_its_password_is_never_shown() {
        var settings = Settings.of(
                Map.of(
                        "store.url", "jdbc:postgresql://db/skein",
                        "store.user", "me",
                        "store.password", "hidden",
                        "store.connect-deadline", "1s",
                        "store.statement-deadline", "2s"),
                "test");
        var config = StoreConfig.from(settings);

        assertThat(config.server())
                .isEqualTo(new StoreConfig.Server(
                        "jdbc:postgresql://db/skein",
                        "me",
                        new Secret("hidden"),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2)));
        assertThat(config.toString()).doesNotContain("hidden");
        settings.requireSound();
    }

    @Test
    void a_url_of_another_product_and_a_server_in_memory_are_refused() {
        var other = Settings.of(Map.of("store.url", "jdbc:mysql://db/skein?password=x"), "test");
        StoreConfig.from(other);
        var memory =
                Settings.of(Map.of("store.url", "jdbc:postgresql://db/skein", "store.durability", "memory"), "test");
        StoreConfig.from(memory);

        assertThatThrownBy(other::requireSound)
                .hasMessageContaining("store.url must look like jdbc:postgresql://host/database")
                .hasMessageNotContaining("password=x");
        assertThatThrownBy(memory::requireSound).hasMessageContaining("store.durability memory is for SQLite");
    }

    @Test
    void a_misspelt_key_is_named_with_the_right_one() {
        var settings = Settings.of(Map.of("store.durabilty", "async"), "test");
        StoreConfig.from(settings);

        assertThatThrownBy(settings::requireSound).hasMessageContaining("did you mean store.durability?");
    }

    @Test
    void a_value_that_cannot_work_is_refused_with_its_key() {
        var settings = Settings.of(Map.of("store.durability", "maybe"), "test");
        StoreConfig.from(settings);

        assertThatThrownBy(settings::requireSound)
                .hasMessageContaining("store.durability must be one of async, fsync, memory, got maybe");
    }
}
