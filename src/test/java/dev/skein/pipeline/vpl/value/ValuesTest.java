package dev.skein.pipeline.vpl.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValuesTest {
    @Test
    void floats_read_as_the_shortest_text_with_a_fraction_or_an_exponent() {
        assertThat(List.of(
                        Convert.text(1.0),
                        Convert.text(0.1),
                        Convert.text(1e21),
                        Convert.text(1.5e21),
                        Convert.text(2e23),
                        Convert.text(-1e7),
                        Convert.text(123_456_789_012.5),
                        Convert.text(1e-6),
                        Convert.text(1e-7),
                        Convert.text(5e-324),
                        Convert.text(-0.0),
                        Convert.text(0.00012)))
                .containsExactly(
                        "1.0",
                        "0.1",
                        "1e21",
                        "1.5e21",
                        "2e23",
                        "-10000000.0",
                        "123456789012.5",
                        "0.000001",
                        "1e-7",
                        "5e-324",
                        "-0.0",
                        "0.00012");
    }

    @Test
    void every_float_reads_back_equal() {
        var random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                assertThat(Double.parseDouble(Convert.text(number))).isEqualTo(number);
            }
        }
    }

    @Test
    void ints_and_floats_compare_exactly_beyond_what_a_float_can_hold() {
        long odd = (1L << 53) + 1;
        assertThat(Comparison.equal(odd, (double) odd)).isFalse();
        assertThat(Comparison.greater(odd, (double) odd)).isTrue();
        assertThat(Comparison.less(Long.MAX_VALUE, 0x1p63)).isTrue();
        assertThat(Comparison.equal(Long.MIN_VALUE, -0x1p63)).isTrue();
        assertThat(Comparison.atMost(Double.NaN, 1L)).isFalse();
    }

    @Test
    void texts_order_by_code_point() {
        assertThat(Comparison.less("\uFFFD", "\uD83D\uDE00")).isTrue();
        assertThat(Comparison.less("a", "ab")).isTrue();
        assertThat(Comparison.less("a", 1L)).isNull();
    }

    @Test
    void arrays_and_maps_are_equal_by_what_they_hold() {
        assertThat(Comparison.equal(List.of(1L, List.of(2.0)), List.of(1.0, List.of(2L))))
                .isTrue();
        assertThat(Comparison.equal(Map.of("a", 1L), Map.of("a", 1.0))).isTrue();
        assertThat(Comparison.equal(Map.of("a", 1L), List.of(1L))).isFalse();
        assertThat(Comparison.equal(null, null)).isTrue();
    }
}
