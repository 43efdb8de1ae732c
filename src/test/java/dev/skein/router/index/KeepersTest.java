package dev.skein.router.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.index.IndexConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeepersTest {
    private static Duration rest(long lookMillis) {
        return Keepers.rest(Duration.ofMillis(lookMillis), IndexConfig.DEFAULTS);
    }

    @Test
    void a_router_rests_longer_the_longer_it_looked_but_not_until_everything_is_stale() {
        assertThat(rest(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(rest(100)).isEqualTo(Duration.ofSeconds(2));
        assertThat(rest(60_000)).isEqualTo(Duration.ofMillis(2_500));
    }
}
