package dev.skein.pipeline.vpl.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalSinksTest {
    private final List<String> lines = new ArrayList<>();
    private final Sinks sinks = new LocalSinks(lines::add, target -> {
        throw Problem.conflict("no " + target.type());
    });

    @Test
    void the_console_gets_one_flat_line_per_event() {
        var event = Event.builder("A")
                .timeNanos(1_700_000_000_123_000_000L)
                .with("v", 1.0)
                .with("timestamp", "hidden")
                .build();

        sinks.open(new SinkTarget("C", "console", Map.of())).sendAll(List.of(event, event));

        var line = "{\"event_type\":\"A\",\"timestamp\":\"2023-11-14T22:13:20.123Z\",\"v\":1.0}";
        assertThat(lines).containsExactly(line, line);
    }

    @Test
    void what_needs_a_connection_is_left_to_the_host() {
        assertThatThrownBy(() -> sinks.open(new SinkTarget("C", "mqtt", Map.of())))
                .hasMessage("no mqtt");
    }
}
