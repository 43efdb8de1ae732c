package dev.skein.connector.in;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"v\":1,\"w\":\"x\"}",
                "{\"event_type\":\"T\",\"v\":1,\"w\":\"x\"}",
                "{\"event_type\":\"T\",\"fields\":{\"v\":1,\"w\":\"x\"}}",
                "{\"v\":1,\"timestamp\":null,\"w\":\"x\"}"
            })
    void flat_and_nested_fields_are_the_same_event(String payload) {
        assertThat(Payloads.read("T", 7, payload.getBytes(UTF_8))).hasToString("T{v:1,w:\"x\"}");
    }

    @Test
    void an_event_of_another_type_is_ignored() {
        assertThat(Payloads.read("T", 7, "{\"event_type\":\"U\",\"v\":1}".getBytes(UTF_8)))
                .isNull();
    }

    @Test
    void time_is_text_or_milliseconds_or_arrival() {
        assertThat(time("{\"timestamp\":\"1970-01-01T00:00:01.5Z\"}")).isEqualTo(1_500_000_000);
        assertThat(time("{\"timestamp\":2}")).isEqualTo(2_000_000);
        assertThat(time("{}")).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[1]", "{\"v\":", "{} {}", "{\"timestamp\":\"yesterday\"}", "\"x\""})
    void what_is_no_event_is_a_problem(String payload) {
        assertThatThrownBy(() -> Payloads.read("T", 7, payload.getBytes(UTF_8)))
                .isInstanceOf(dev.skein.kernel.Problem.class);
    }

    private static long time(String payload) {
        return Payloads.read("T", 7, payload.getBytes(UTF_8)).timeNanos();
    }
}
