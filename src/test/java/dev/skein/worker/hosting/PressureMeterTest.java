package dev.skein.worker.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.pipeline.Workers.Pressure;
import org.junit.jupiter.api.Test;

class PressureMeterTest {
    private final PressureMeter meter = new PressureMeter();

    @Test
    void pressure_follows_the_share_of_the_last_ten_seconds() {
        sample(PressureMeter.WINDOW, 8);
        assertThat(meter.pressure()).isEqualTo(Pressure.LOW);
        sample(PressureMeter.WINDOW, 2);
        assertThat(meter.pressure()).isEqualTo(Pressure.LOW);
        sample(PressureMeter.WINDOW, 10);
        assertThat(meter.pressure()).isEqualTo(Pressure.OK);
    }

    @Test
    void above_half_it_is_high_though_never_long_without_a_break() {
        for (int i = 0; i < PressureMeter.WINDOW; i++) {
            meter.sample(i % 3 != 0);
        }

        assertThat(meter.pressure()).isEqualTo(Pressure.HIGH);
    }

    @Test
    void it_is_high_at_once_after_waiting_without_a_break_and_not_before() {
        for (int i = 1; i < PressureMeter.UNBROKEN; i++) {
            meter.sample(true);
        }
        assertThat(meter.pressure()).isEqualTo(Pressure.LOW);
        meter.sample(true);
        assertThat(meter.pressure()).isEqualTo(Pressure.HIGH);
    }

    private void sample(int count, int everyNth) {
        for (int i = 0; i < count; i++) {
            meter.sample(i % everyNth == 0);
        }
    }
}
