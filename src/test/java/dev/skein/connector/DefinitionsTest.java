package dev.skein.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.pipeline.Connectors.Definition;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionsTest {
    @ParameterizedTest
    @CsvSource({
        "mqtt, host",
        "kafka, brokers",
        "nats, servers",
        "http, url",
        "cluster, topic",
    })
    void each_type_wants_its_parameter(String type, String parameter) {
        assertThat(Definitions.faults(new Definition("m", type, Map.of(), null)))
                .containsExactly("params." + parameter + " is required by type " + type);
        assertThat(Definitions.faults(new Definition("m", type, Map.of(parameter, "http://x"), null)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://h/p?q=1, 0",
        "HTTPS://h, 0",
        "file:///etc/passwd, 1",
        "http://u:secret@h/, 1",
        "x, 1",
        "http://, 1",
        "'a b', 1",
    })
    void a_url_is_one_that_can_be_called_and_holds_no_secret(String url, int faults) {
        assertThat(Definitions.faults(new Definition("m", "http", Map.of("url", url), null)))
                .hasSize(faults)
                .noneMatch(fault -> fault.contains("secret"));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "65535, 0", "0, 1", "65536, 1", "99999, 1"})
    void a_port_is_one_of_those_there_are(String port, int faults) {
        assertThat(Definitions.faults(new Definition("m", "mqtt", Map.of("host", "h", "port", port), null)))
                .hasSize(faults);
    }

    @ParameterizedTest
    @CsvSource({"'', 1", "9a, 1", "a-b, 1", "a.b, 1", "_a9, 0", "A, 0"})
    void names_are_identifiers(String name, int faults) {
        assertThat(Definitions.faults(new Definition(name, "console", Map.of(), null)))
                .hasSize(faults);
    }

    @Test
    void an_unknown_type_is_named_with_the_nearest_one() {
        assertThat(Definitions.faults(new Definition("m", "mqqt", Map.of(), null)))
                .singleElement()
                .asString()
                .contains("got mqqt; did you mean mqtt?");
        assertThat(Definitions.faults(new Definition("m", "", Map.of(), null)))
                .singleElement()
                .asString()
                .endsWith("got nothing");
    }

    @Test
    void secrets_are_masked_and_kept_when_they_come_back_masked() {
        var stored = new Definition("m", "mqtt", Map.of("host", "h", "password", "p", "api_key", "k"), null);
        var given = new Definition("m", "mqtt", Map.of("host", "h", "password", "***", "api_key", "new"), null);

        var shown = Definitions.masked(stored);
        var kept = Definitions.unmasked(given, stored);

        assertThat(shown.params()).isEqualTo(Map.of("host", "h", "password", "***", "api_key", "***"));
        assertThat(kept.params()).isEqualTo(Map.of("host", "h", "password", "p", "api_key", "new"));
        assertThat(stored.toString()).doesNotContain("p,").isEqualTo("mqtt connector m");
    }

    @Test
    void a_secret_does_not_follow_another_target() {
        var stored = new Definition("m", "mqtt", Map.of("host", "h", "password", "p"), null);
        var given = new Definition("m", "mqtt", Map.of("host", "other", "password", "***"), null);

        assertThat(Definitions.faults(Definitions.unmasked(given, stored)))
                .containsExactly("params.password is *** and no value of it is stored");
    }

    @Test
    void a_mask_without_a_stored_value_is_a_fault() {
        var given = new Definition("m", "mqtt", Map.of("host", "h", "password", "***", "port", "x"), null);

        assertThat(Definitions.faults(Definitions.unmasked(given, null)))
                .containsExactly(
                        "params.password is *** and no value of it is stored", "params.port must be a whole number");
    }
}
