package dev.skein.job.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.skein.memory.Memory;
import dev.skein.memory.MemoryConfig;
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
}
