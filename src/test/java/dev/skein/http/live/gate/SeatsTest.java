package dev.skein.http.live.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeatsTest {
    private final Seats seats = new Seats(new Seats.Limits(2, 3, 4));

    @Test
    void each_limit_holds_and_a_seat_that_is_left_is_free_again() {
        assertThat(seats.take("anna", "::1")).isTrue();
        assertThat(seats.take("anna", "::1")).isTrue();
        assertThat(seats.take("anna", "::2")).as("third of one subject").isFalse();
        assertThat(seats.take("bert", "::1")).isTrue();
        assertThat(seats.take("carl", "::1")).as("fourth from one address").isFalse();
        assertThat(seats.take("carl", "::2")).isTrue();
        assertThat(seats.take("dora", "::3")).as("fifth of the node").isFalse();

        seats.leave("anna", "::1");

        assertThat(seats.take("dora", "::1")).isTrue();
        assertThat(seats.taken()).isEqualTo(4);
    }
}
