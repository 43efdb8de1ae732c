package dev.skein.coordinator.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.coordinator.signal.Load.Recent;
import dev.skein.coordinator.signal.Signals.Trouble;
import dev.skein.job.NodeMemory.Limits;
import dev.skein.job.NodeMemory.View;
import dev.skein.pipeline.Alerts.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalsTest {
    private static final long HOLD_SECONDS = 60;
    private final Signals signals = new Signals(SignalConfig.DEFAULTS);

    private static View node(String id, double memory, double cpu) {
        long used = Math.round(memory * 1_000);
        var limits = new Limits(1_000, null, null, 1_000);
        return new View(id, 800, 0, used, "low", cpu, Map.of(), null, limits, List.of(), List.of());
    }

    private void see(Load load, long second) {
        signals.see(load, Instant.ofEpochSecond(second));
    }

    private List<String> held() {
        return signals.signals().stream().filter(Signal::held).map(Signal::name).toList();
    }

    private List<String> troubles() {
        return signals.troubles().stream().map(Trouble::id).toList();
    }

    @ParameterizedTest(name = "cpu, memory, queue and response {0}: {1}")
    @CsvSource({
        "0.70 0.80 10 5, ''",
        "0.71 0.80 10 5, cpu",
        "0.70 0.81 10 5, memory",
        "0.70 0.80 11 5, queue",
        "0.70 0.80 10 5.001, response"
    })
    void a_number_counts_when_it_is_greater_and_stays_so(String numbers, String expected) {
        var given = Stream.of(numbers.split(" ")).map(Double::valueOf).toList();
        var recent = new Recent(10, 0, given.get(3) * 1_000);
        var load = new Load(given.get(2).longValue(), recent, List.of(node("w", given.get(1), given.get(0))));
        see(load, 0);
        see(load, HOLD_SECONDS - 1);
        assertThat(held()).isEmpty();

        see(load, HOLD_SECONDS);

        assertThat(String.join(",", held())).isEqualTo(expected);
    }

    @Test
    void one_moment_below_begins_the_hold_anew() {
        see(new Load(99, Recent.NOTHING, List.of()), 0);
        see(new Load(0, Recent.NOTHING, List.of()), HOLD_SECONDS - 1);
        see(new Load(99, Recent.NOTHING, List.of()), HOLD_SECONDS);
        see(new Load(99, Recent.NOTHING, List.of()), 2 * HOLD_SECONDS - 1);

        assertThat(held()).isEmpty();
        assertThat(troubles()).isEmpty();
        assertThat(signals.signals().get(2).since()).isEqualTo(Instant.ofEpochSecond(HOLD_SECONDS));
    }

    @Test
    void a_long_queue_and_a_full_node_are_told_of_after_the_hold_and_end_at_once() {
        var load = new Load(11, Recent.NOTHING, List.of(node("a", 0.91, 0), node("b", 0.9, 0)));
        see(load, 0);
        see(load, HOLD_SECONDS);

        assertThat(troubles()).containsExactly("queue-high", "memory-high:a");
        assertThat(signals.troubles().get(1).text()).isEqualTo("a uses 91 % of its memory, more than 90 %");
        see(new Load(10, Recent.NOTHING, List.of(node("a", 0.9, 0))), HOLD_SECONDS + 1);
        assertThat(troubles()).isEmpty();
    }

    @ParameterizedTest(name = "{0} ended, {1} failed: {2}")
    @CsvSource({"20, 1, ''", "20, 2, job-failures", "19, 19, ''", "1000, 50, ''", "1000, 51, job-failures"})
    void failures_are_told_of_above_five_percent_of_at_least_twenty(long ended, long failed, String expected) {
        see(new Load(0, new Recent(ended, failed, 0), List.of()), 0);

        assertThat(String.join(",", troubles())).isEqualTo(expected);
    }

    @Test
    void a_silent_node_counts_for_nothing() {
        see(new Load(0, Recent.NOTHING, List.of(View.unknown("x"), node("w", 0.5, 0.5))), 0);

        assertThat(signals.signals()).extracting(Signal::value).containsExactly(0.5, 0.5, 0.0, 0.0);
    }

    @Test
    void what_ended_is_forgotten_after_the_window() {
        var endings = new Endings();
        endings.ended(10_000, 3_000, true);
        endings.ended(11_000, 1_000, false);

        assertThat(endings.recent(12_000)).isEqualTo(new Recent(2, 1, 2_000));
        assertThat(endings.recent(10_000 + Endings.WINDOW.toMillis())).isEqualTo(new Recent(1, 1, 1_000));
        assertThat(endings.recent(12_000 + Endings.WINDOW.toMillis())).isEqualTo(Recent.NOTHING);
    }
}
