package dev.skein.connector.out;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.connector.ConnectorConfig.Retry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final Retry RETRY = new Retry(Duration.ofMillis(100), Duration.ofSeconds(10), 8);
    private static final Instant NOW = Instant.EPOCH;

    @Test
    void the_wait_doubles_with_each_failure_and_stops_at_the_cap() {
        var first = Breaker.CLOSED.failed(NOW, RETRY, 1);
        var second = first.failed(NOW, RETRY, 1);
        var fifth = second.failed(NOW, RETRY, 1).failed(NOW, RETRY, 1).failed(NOW, RETRY, 1);
        var many = fifth;
        for (int i = 0; i < 100; i++) {
            many = many.failed(NOW, RETRY, 1);
        }

        assertThat(first.wait(NOW)).hasMillis(100);
        assertThat(second.wait(NOW)).hasMillis(200);
        assertThat(fifth.wait(NOW)).hasSeconds(10);
        assertThat(many.wait(NOW)).hasSeconds(10);
    }

    @Test
    void chance_moves_the_wait_within_its_upper_half() {
        assertThat(Breaker.CLOSED.failed(NOW, RETRY, 0).wait(NOW)).hasMillis(50);
        assertThat(Breaker.CLOSED.failed(NOW, RETRY, 0.5).wait(NOW)).hasMillis(75);
    }

    @Test
    void five_failures_open_the_circuit_until_one_attempt_succeeds() {
        var breaker = Breaker.CLOSED;
        for (int i = 0; i < 4; i++) {
            breaker = breaker.failed(NOW, RETRY, 1);
        }
        var open = breaker.failed(NOW, RETRY, 1);

        assertThat(breaker.circuit(NOW)).isEqualTo("closed");
        assertThat(open.circuit(NOW)).isEqualTo("open");
        assertThat(open.circuit(NOW.plusSeconds(10))).isEqualTo("half_open");
        assertThat(open.isSound()).isFalse();
        assertThat(Breaker.CLOSED.circuit(NOW)).isEqualTo("closed");
    }
}
