package dev.skein.coordinator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.pipeline.Alerts.Signal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingAdviceTest {
    @ParameterizedTest(name = "{0} placements on {1} workers: {2} to {3}")
    @CsvSource({
        "0, 0, scale_up, 2",
        "4, 1, scale_up, 2",
        "10, 2, stable, 2",
        "11, 2, scale_up, 3",
        "100, 2, scale_up, 8",
        "100, 8, stable, 8",
        "3, 4, scale_down, 2",
        "11, 12, scale_down, 3",
        "1, 2, stable, 2",
        "4, 4, stable, 4"
    })
    void the_policy_of_two_to_eight_workers(int placements, int workers, String action, int target) {
        var advice = new ScalingAdvice(new ScalingConfig(2, 8, 5, 1), placements, workers, List.of(), Instant.EPOCH)
                .advice();

        assertThat(advice.action() + " " + advice.targetWorkers()).isEqualTo(action + " " + target);
        assertThat(advice.currentWorkers()).isEqualTo(workers);
    }

    @Test
    void without_a_policy_all_is_well() {
        var advice = new ScalingAdvice(ScalingConfig.DEFAULTS, 100, 3, List.of(), Instant.EPOCH).advice();

        assertThat(advice.action()).isEqualTo("stable");
        assertThat(advice.reason()).isEqualTo("No scaling policy configured");
        assertThat(advice.avgPipelinesPerWorker()).isEqualTo(33.33);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "queue 15 10 0, scale_up 6",
        "queue 1000 10 0, scale_up 8",
        "cpu 0.71 0.70 0, scale_up 5",
        "queue 1000 10 5, scale_up 5",
        "queue 1000 10 4, stable 4",
        "queue 1 0 0, scale_up 8"
    })
    void too_much_for_four_workers_asks_for_as_many_more_but_at_most_for_twice_as_many(String given, String advised) {
        var words = given.split(" ");
        var policy = new ScalingConfig(1, Integer.parseInt(words[3]), 5, 1);
        var signal =
                new Signal(words[0], Double.parseDouble(words[1]), Double.parseDouble(words[2]), Instant.EPOCH, true);

        var advice = new ScalingAdvice(policy, 8, 4, List.of(signal), Instant.EPOCH).advice();

        assertThat(advice.action() + " " + advice.targetWorkers()).isEqualTo(advised);
    }

    @Test
    void a_number_that_is_not_held_asks_for_nothing_and_one_that_is_stops_a_reduction() {
        var shrinking = new ScalingConfig(1, 8, 5, 1);
        var brief = new Signal("queue", 99, 10, Instant.EPOCH, false);
        var held = new Signal("queue", 11, 10, Instant.EPOCH, true);

        assertThat(new ScalingAdvice(shrinking, 0, 8, List.of(brief), Instant.EPOCH)
                        .advice()
                        .action())
                .isEqualTo("scale_down");
        var kept = new ScalingAdvice(shrinking, 0, 8, List.of(held), Instant.EPOCH).advice();
        assertThat(kept.action() + " " + kept.targetWorkers()).isEqualTo("stable 8");
        assertThat(kept.reason()).contains("queue is 11.00, above 10.00");
        assertThat(kept.signals()).containsExactly(held);
    }
}
