package dev.skein.review.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.review.progress.Forecast.Claimed;
import dev.skein.review.progress.Forecast.Live;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final int RUNS = 40;

    @Test
    void in_four_of_five_cases_the_true_end_is_within_the_interval() {
        var asked = IntStream.range(0, RUNS)
                .mapToObj(seed -> new RecordedRun(seed).estimates())
                .flatMap(List::stream)
                .toList();
        long right = asked.stream().filter(each -> each).count();

        assertThat(asked).hasSizeGreaterThan(RUNS * 3);
        assertThat(right * 100.0 / asked.size())
                .as(right + " of " + asked.size())
                .isBetween(80.0, 97.0);
    }

    @Test
    void without_a_measured_task_or_a_living_worker_no_end_is_told() {
        var pace = new Pace();
        var forecast = new Forecast(pace);
        var worker = List.of(new Live("w", 1));

        assertThat(forecast.eta(List.of(10L), List.of(), worker).text()).isEqualTo("unknown: no task measured yet");
        pace.measured("w", 10, 1);
        assertThat(forecast.eta(List.of(10L), List.of(), List.of()).text()).isEqualTo("unknown: no live worker");
        assertThat(forecast.eta(List.of(10L), List.of(), List.of()).interval()).isNull();
        assertThat(forecast.eta(List.of(), List.of(), worker).text()).isEqualTo("done");
    }

    @Test
    void the_same_measurements_give_the_same_estimate_and_more_workers_an_earlier_end() {
        var forecast = new Forecast(steady());
        var pending = IntStream.range(0, 1_000).mapToObj(i -> 200L).toList();
        var one = forecast.eta(pending, List.of(), List.of(new Live("a", 1)));
        var two = forecast.eta(pending, List.of(), List.of(new Live("a", 1), new Live("b", 1)));

        assertThat(forecast.eta(pending, List.of(), List.of(new Live("a", 1)))).isEqualTo(one);
        assertThat(seconds(one)).isBetween(18_000.0, 23_000.0);
        assertThat(seconds(two)).isBetween(9_000.0, 11_500.0);
    }

    @Test
    void a_task_of_a_worker_that_is_gone_is_done_again_and_a_running_one_counts_for_its_rest() {
        var forecast = new Forecast(steady());
        var live = List.of(new Live("a", 1));

        var running = forecast.eta(List.of(), List.of(new Claimed("a", 2_000, Duration.ofSeconds(190))), live);
        var gone = forecast.eta(List.of(), List.of(new Claimed("b", 2_000, Duration.ofSeconds(190))), live);

        assertThat(seconds(running)).isLessThan(60);
        assertThat(seconds(gone)).isBetween(180.0, 220.0);
    }

    /** Ten lines a second, always. */
    private static Pace steady() {
        var pace = new Pace();
        for (int i = 0; i < 200; i++) {
            pace.measured(i % 2 == 0 ? "a" : "b", 200, 20);
        }
        return pace;
    }

    private static double seconds(Eta eta) {
        return eta.interval() == null ? Double.NaN : eta.interval().likely().toMillis() / 1e3;
    }

    @Test
    void workers_and_sizes_are_told_apart() {
        var pace = new Pace();
        for (int i = 0; i < 20; i++) {
            pace.measured("fast", 50, 5);
            pace.measured("fast", 5_000, 50);
            pace.measured("slow", 50, 10);
        }

        assertThat(pace.expected("fast", 50)).isBetween(4.5, 6.0);
        assertThat(pace.expected("fast", 5_000)).isBetween(45.0, 55.0);
        assertThat(pace.rate("slow")).isBetween(4.9, 5.1);
        assertThat(pace.rate("nobody")).isZero();
        assertThat(IntStream.of(1, 99, 100, 399, 400, 1_000_000)
                        .mapToObj(lines -> "" + Pace.size(lines))
                        .collect(Collectors.joining()))
                .isEqualTo("001125");
    }
}
