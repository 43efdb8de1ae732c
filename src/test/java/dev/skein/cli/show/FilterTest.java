package dev.skein.cli.show;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
    private static final JsonNode ITEM = item();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state=failed",
                "state = 'failed'",
                "state != ready",
                "error ~ 'Connection REFUSED'",
                "not state=ready and worker~heavy",
                "state=ready or (worker=heavy-1 and attempts >= 3)",
                "state in (queued, failed)",
                "attempts < 4 and attempts > 2.5 and attempts <= 3",
                "finished > -15m and finished < 2026-01-15T12:00Z",
                "peak >= 1GiB and peak < 2G",
                "ageMillis >= 5s and ageMillis < 1m",
                "uptime_secs = 2h",
                "label.team=core",
                "pipelines = row1 and pipelines !~ tile",
                "missing != 3",
                "ready=true"
            })
    void it_holds(String filter) {
        assertThat(Filter.parse(filter, NOW).test(ITEM)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=ready", "missing=3", "missing < 3", "attempts = x", "not worker~heavy", "peak<1KiB"})
    void it_does_not_hold(String filter) {
        assertThat(Filter.parse(filter, NOW).test(ITEM)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state                | the filter has its end at column 6",
                "state=               | the filter has its end at column 7",
                "state == failed      | \"=\" at column 8 where a value",
                "(state=failed        | its end at column 14 where \")\"",
                "state=failed x=1     | \"x\" at column 14",
                "=failed              | \"=\" at column 1 where a field",
                "state in failed      | where \"(\" should be"
            })
    void a_mistake_is_reported_with_its_place(String filter, String message) {
        assertThatThrownBy(() -> Filter.parse(filter, NOW)).hasMessageContaining(message);
    }

    @Test
    void length_depth_and_terms_are_bounded() {
        assertThatThrownBy(() -> Filter.parse("a=" + "x".repeat(2_048), NOW)).hasMessageContaining("2048");
        assertThatThrownBy(() -> Filter.parse("(".repeat(20) + "a=1" + ")".repeat(20), NOW))
                .hasMessageContaining("deeper than 16");
        assertThatThrownBy(() -> Filter.parse("a=1" + " or a=1".repeat(64), NOW))
                .hasMessageContaining("more than 64 terms");
    }

    private static JsonNode item() {
        try {
            return new ObjectMapper().readTree("""
                    {"state":"failed","worker":"heavy-1","error":"connection refused by peer","attempts":3,
                    "finished":"2026-01-15T11:50:00.000Z","peak":1073741824,"ageMillis":6000,"uptime_secs":7200,
                    "label":{"team":"core"},"pipelines":["row0","row1"],"ready":true}""");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
