package dev.skein.coordinator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
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
        var advice = new ScalingAdvice(new ScalingConfig(2, 8, 5, 1), placements, workers, Instant.EPOCH).advice();

        assertThat(advice.action() + " " + advice.targetWorkers()).isEqualTo(action + " " + target);
        assertThat(advice.currentWorkers()).isEqualTo(workers);
    }

    @Test
    void without_a_policy_all_is_well() {
        var advice = new ScalingAdvice(ScalingConfig.DEFAULTS, 100, 3, Instant.EPOCH).advice();

        assertThat(advice.action()).isEqualTo("stable");
        assertThat(advice.reason()).isEqualTo("No scaling policy configured");
        assertThat(advice.avgPipelinesPerWorker()).isEqualTo(33.33);
    }
}
