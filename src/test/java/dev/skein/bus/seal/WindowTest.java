package dev.skein.bus.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowTest {
    @Test
    void each_number_above_the_floor_is_new_once() {
        var window = new Window(10);

        assertThat(window.isNew(10)).isFalse();
        assertThat(window.isNew(12)).isTrue();
        assertThat(window.isNew(11)).isTrue();
        assertThat(window.isNew(12)).isFalse();
        assertThat(window.isNew(5_000)).isTrue();
        assertThat(window.isNew(5_000 - Window.NUMBERS)).as("too far behind").isFalse();
    }

    @Test
    void in_any_order_within_the_window_nothing_new_is_refused_and_no_copy_let_in() {
        for (long seed = 0; seed < 200; seed++) {
            live(new Random(seed), seed);
        }
    }

    private static void live(Random random, long seed) {
        var window = new Window(0);
        var seen = new HashSet<Long>();
        long highest = 0;
        for (int step = 0; step < 2_000; step++) {
            long number = Math.max(1, highest + random.nextInt(Window.NUMBERS) - random.nextInt(Window.NUMBERS));
            boolean isInReach = number > highest - Window.NUMBERS;
            assertThat(window.isNew(number)).as("seed " + seed).isEqualTo(isInReach && seen.add(number));
            highest = Math.max(highest, number);
        }
    }
}
