package dev.skein.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private Instant now = Instant.EPOCH;

    @Test
    void a_burst_is_twice_the_rate_and_comes_back_with_time() {
        var limit = new RateLimit(2, () -> now);
        for (int i = 0; i < 4; i++) {
            assertThat(limit.take("a")).isZero();
        }
        assertThat(limit.take("a")).isEqualTo(1);
        assertThat(limit.take("b")).isZero();

        now = now.plus(Duration.ofMillis(500));

        assertThat(limit.take("a")).isZero();
        assertThat(limit.take("a")).isEqualTo(1);
    }

    @Test
    void none_means_none() {
        var limit = new RateLimit(0, () -> now);

        for (int i = 0; i < 1_000; i++) {
            assertThat(limit.take("a")).isZero();
        }
    }

    @Test
    void addresses_are_forgotten_in_time() {
        var limit = new RateLimit(1, () -> now);
        limit.take("first");
        limit.take("first");
        assertThat(limit.take("first")).isEqualTo(1);

        for (int i = 0; i < 10_000; i++) {
            limit.take("other " + i);
        }

        assertThat(limit.take("first")).isZero();
    }
}
