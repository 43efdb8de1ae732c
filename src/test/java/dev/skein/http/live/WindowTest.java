package dev.skein.http.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final Instant NOW = Instant.EPOCH;

    private final Window window = new Window(Duration.ofSeconds(10));

    @Test
    void it_is_full_until_the_viewer_proves_what_it_has_read() {
        long first = window.sent(Window.BYTES_MAX, NOW);
        assertThat(window.hasRoom()).isTrue();
        long second = window.sent(1, NOW);
        assertThat(window.hasRoom()).isFalse();

        window.proven(first);

        assertThat(window.hasRoom()).isTrue();
        assertThat(window.bytes()).isEqualTo(1);
        window.proven(second);
        assertThat(window.bytes()).isZero();
    }

    @Test
    void a_proof_of_what_was_never_sent_proves_nothing() {
        window.sent(Window.BYTES_MAX + 1, NOW);

        window.proven(Long.MAX_VALUE);

        assertThat(window.hasRoom()).isFalse();
    }

    @Test
    void a_viewer_is_slow_when_its_oldest_unread_frame_is_old() {
        long read = window.sent(100, NOW);
        window.sent(100, NOW.plusSeconds(5));

        assertThat(window.isSlow(NOW.plusSeconds(10))).isFalse();
        assertThat(window.isSlow(NOW.plusSeconds(11))).isTrue();
        window.proven(read);
        assertThat(window.isSlow(NOW.plusSeconds(11))).isFalse();
        assertThat(window.isSlow(NOW.plusSeconds(16))).isTrue();
    }

    @Test
    void a_rate_allows_so_many_in_any_stretch_of_time() {
        var rate = new Rate(2, Duration.ofSeconds(1));

        assertThat(rate.take(NOW)).isTrue();
        assertThat(rate.take(NOW.plusMillis(900))).isTrue();
        assertThat(rate.take(NOW.plusMillis(999))).isFalse();
        assertThat(rate.take(NOW.plusMillis(1_000))).isTrue();
        assertThat(rate.take(NOW.plusMillis(1_800))).isFalse();
    }
}
