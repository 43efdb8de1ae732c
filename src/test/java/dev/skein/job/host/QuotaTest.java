package dev.skein.job.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.skein.memory.Memory;
import dev.skein.memory.MemoryConfig;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QuotaTest {
    private static final Memory MEMORY = Memory.of(MemoryConfig.DEFAULTS);

    @Test
    void it_offers_no_more_slots_than_jobs_are_left() {
        var quota = new Quota(3);

        assertThat(quota.room(2, 0, MEMORY).slots()).isEqualTo(2);
        quota.take();
        quota.take();
        assertThat(quota.room(2, 2, MEMORY).slots()).isEqualTo(2);
        assertThat(quota.room(2, 0, MEMORY).slots()).isEqualTo(1);
        assertThat(quota.room(2, 0, MEMORY).refusal()).isNull();
    }

    @Test
    void used_up_it_refuses_and_is_done_once_nothing_is_left() {
        var quota = new Quota(1);
        quota.look(() -> true);
        assertThat(quota.done().isComplete()).isFalse();

        quota.take();
        quota.ended(false);
        assertThat(quota.isUsedUp()).isTrue();
        assertThat(quota.room(2, 1, MEMORY).refusal()).isEqualTo("it was given all 1 jobs that it takes");
        quota.look(() -> false);
        assertThat(quota.done().isComplete()).isFalse();

        quota.look(() -> true);
        assertThat(quota.done().succeeded()).isTrue();
    }

    @Test
    void whether_anything_is_left_is_asked_only_after_the_last_was_taken() {
        var quota = new Quota(1);
        quota.look(() -> fail("asked while one more may begin"));

        quota.take();
        quota.look(() -> true);
        assertThat(quota.done().succeeded()).isTrue();
    }

    @Test
    void without_a_bound_it_is_never_used_up() {
        var quota = new Quota(0);
        quota.take();
        quota.look(() -> true);

        assertThat(quota.isUsedUp()).isFalse();
        assertThat(quota.done().isComplete()).isFalse();
        assertThat(quota.room(2, 0, MEMORY).slots()).isEqualTo(2);
    }

    @Test
    void told_to_end_it_takes_nothing_more_and_is_over_when_nothing_is_left_or_its_time_is_up() throws Exception {
        var clockwork = Executors.newSingleThreadScheduledExecutor();
        try {
            var busy = new Quota(0);
            busy.take();
            var over = busy.end(clockwork, Duration.ofMillis(50), () -> false);
            assertThat(busy.isUsedUp()).isTrue();
            assertThat(busy.room(2, 1, MEMORY).refusal()).isEqualTo("it is about to stop");
            over.await(20, TimeUnit.SECONDS);
            assertThat(busy.done().isComplete()).isFalse();

            var idle = new Quota(0);
            assertThat(idle.end(clockwork, Duration.ofHours(1), () -> true).succeeded())
                    .isTrue();

            var ending = new Quota(5);
            var later = ending.end(clockwork, Duration.ofHours(1), () -> false);
            assertThat(later.isComplete()).isFalse();
            ending.look(() -> true);
            assertThat(later.succeeded()).isTrue();
        } finally {
            clockwork.shutdownNow();
        }
    }
}
