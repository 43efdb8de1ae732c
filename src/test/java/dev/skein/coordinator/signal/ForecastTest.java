package dev.skein.coordinator.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {
    private static final int ROUNDS = 2_000;
    private static final double TENTH = 0.1;

    /** Some short, some long: of a mean of a second, a few of many seconds. */
    private static long[] durations(Random random, int number) {
        return LongStream.generate(() -> 1 + (long) (-1_000 * Math.log(1 - random.nextDouble())))
                .limit(number)
                .toArray();
    }

    /** When the last of them ends, given out in order to whoever is free. */
    private static long emptied(long[] jobs, int lanes) {
        var free = new PriorityQueue<Long>();
        Arrays.stream(new long[lanes]).forEach(free::add);
        long last = 0;
        for (long job : jobs) {
            long end = free.remove() + job;
            free.add(end);
            last = Math.max(last, end);
        }
        return last;
    }

    @ParameterizedTest(name = "{0} jobs, {1} lanes, learned from {2}")
    @CsvSource({"1, 1, 64", "10, 1, 64", "40, 4, 20", "100, 4, 256", "500, 16, 256", "5, 16, 256"})
    void a_simulated_queue_empties_between_the_bounds_in_most_of_many_histories(int jobs, int lanes, int samples) {
        var random = new Random(7);
        int below = 0;
        int above = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var forecast = Forecast.of(durations(random, samples), jobs, lanes);
            long real = emptied(durations(random, jobs), lanes);
            below += real < forecast.lowMillis() ? 1 : 0;
            above += real > forecast.highMillis() ? 1 : 0;
        }
        assertThat(below).as("sooner than said").isLessThan((int) (ROUNDS * 2 * TENTH));
        assertThat(above).as("later than said").isLessThan((int) (ROUNDS * 2 * TENTH));
    }

    @Test
    void the_more_was_measured_the_narrower_it_is() {
        var random = new Random(7);
        var few = Forecast.of(durations(random, 20), 1_000, 4);
        var many = Forecast.of(durations(random, 256), 1_000, 4);

        assertThat(many.highMillis() - many.lowMillis()).isLessThan(few.highMillis() - few.lowMillis());
        assertThat((double) many.highMillis() / many.lowMillis()).isLessThan(1.3);
    }

    @Test
    void nothing_is_said_without_a_measurement_or_a_worker_and_nothing_to_do_takes_no_time() {
        assertThat(Forecast.of(new long[0], 5, 2)).isNull();
        assertThat(Forecast.of(new long[] {5}, 5, 0)).isNull();
        assertThat(Forecast.of(new long[] {5}, 0, 2)).isEqualTo(new Forecast(0, 0));
        assertThat(Forecast.of(new long[] {100, 100, 100}, 4, 2)).isEqualTo(new Forecast(200, 250));
    }
}
