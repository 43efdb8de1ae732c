package dev.skein.job.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.job.JobRuns.Ref;
import dev.skein.job.JobRuns.Room;
import dev.skein.job.JobSpec;
import dev.skein.job.JobSpec.Needs;
import dev.skein.job.JobSpec.Order;
import dev.skein.job.Jobs.Reason;
import dev.skein.job.Outcome;
import dev.skein.job.life.Live.Surroundings;
import dev.skein.job.life.Rules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BookTest {
    private static final long GIB = 1L << 30;

    private static JobSpec exec() {
        return JobSpec.of("exec", "{}");
    }

    private static JobSpec priority(int priority) {
        return exec().with(new Order(priority, null, null, 1, Duration.ZERO));
    }

    private static JobSpec keyed(String key, int most) {
        return exec().with(new Order(5, null, key, most, Duration.ZERO));
    }

    private static JobSpec bytes(long bytes) {
        return exec().with(new Needs(List.of(), List.of(), null, bytes, false));
    }

    private static List<String> codes(Queue queue, long id) {
        var live = Objects.requireNonNull(queue.book.get(id));
        return new Reasons(queue.book, queue.stations)
                .of(live, queue.now).stream().map(Reason::code).toList();
    }

    @Test
    void the_most_urgent_is_first_and_the_older_of_two_alike() {
        var queue = new Queue(Queue.FREE);
        long late = queue.submit(priority(9));
        long first = queue.submit(priority(0));
        long second = queue.submit(priority(5));
        long third = queue.submit(priority(5));
        queue.worker("w1", 9, GIB);

        assertThat(queue.claimAll()).containsExactly(first, second, third, late);
    }

    @Test
    void what_has_waited_for_long_comes_before_what_is_urgent_and_new() {
        var queue = new Queue(Queue.FREE);
        long old = queue.submit(priority(9));
        queue.now += Duration.ofHours(2).toMillis();
        long urgent = queue.submit(priority(0));
        queue.worker("w1", 9, GIB);

        assertThat(queue.claimAll()).containsExactly(old, urgent);
    }

    @Test
    void submitters_take_turns_however_much_one_of_them_wants() {
        var queue = new Queue(Queue.FREE);
        for (int i = 0; i < 100; i++) {
            queue.submit(exec(), "bulk");
        }
        var few = List.of(queue.submit(exec(), "ann"), queue.submit(exec(), "ann"), queue.submit(exec(), "bob"));
        queue.worker("w1", 6, GIB);

        assertThat(queue.claimAll()).hasSize(6).containsAll(few);
    }

    @Test
    void of_one_key_only_so_many_run_and_in_their_order() {
        var queue = new Queue(Queue.FREE);
        long first = queue.submit(keyed("repo", 1));
        long second = queue.submit(keyed("repo", 1));
        long other = queue.submit(keyed("docs", 1));
        queue.worker("w1", 9, GIB);

        assertThat(queue.claimAll()).containsExactly(first, other);
        assertThat(codes(queue, second)).containsExactly("key_limit");
        queue.done(first);
        assertThat(queue.claimAll()).containsExactly(second);
    }

    @Test
    void a_type_is_limited_in_number_and_in_rate() {
        var queue = new Queue(new Limits(Duration.ofHours(1), 10, Map.of("exec", 2), Map.of("mcp", 2.0)));
        var claimed = new ArrayList<Long>();
        for (int i = 0; i < 5; i++) {
            claimed.add(queue.submit(exec()));
            claimed.add(queue.submit(JobSpec.of("mcp", "{}")));
        }
        queue.worker("w1", 99, GIB);

        assertThat(queue.claimAll()).hasSize(4);
        assertThat(codes(queue, claimed.get(8))).containsExactly("type_limit");
        assertThat(codes(queue, claimed.get(9))).containsExactly("rate_limit");
        queue.now += 500;
        assertThat(queue.claimAll()).hasSize(1);
    }

    @Test
    void a_worker_never_promises_more_memory_than_it_has() {
        var queue = new Queue(Queue.FREE);
        queue.worker("w1", 9, 4 * GIB);
        var ids = List.of(queue.submit(bytes(3 * GIB)), queue.submit(bytes(2 * GIB)), queue.submit(bytes(GIB)));

        assertThat(queue.claimAll()).containsExactly(ids.get(0), ids.get(2));
        assertThat(codes(queue, ids.get(1))).containsExactly("no_memory");
        assertThat(codes(queue, queue.submit(bytes(5 * GIB)))).containsExactly("too_large");
        queue.done(ids.get(0));
        assertThat(queue.claimAll()).containsExactly(ids.get(1));
    }

    @Test
    void a_large_job_that_has_waited_for_long_gets_its_room_in_the_end() {
        var queue = new Queue(Queue.FREE);
        queue.worker("w1", 9, 4 * GIB);
        long small = queue.submit(bytes(2 * GIB));
        queue.claim();
        long large = queue.submit(bytes(4 * GIB));
        queue.now += Duration.ofHours(2).toMillis();
        queue.submit(bytes(2 * GIB));
        queue.stations.save(queue.now);

        assertThat(queue.claimAll()).isEmpty();
        queue.done(small);
        assertThat(queue.claimAll()).containsExactly(large);
    }

    @Test
    void a_job_runs_only_where_its_capability_and_its_label_are() {
        var queue = new Queue(Queue.FREE);
        queue.worker("w1", 9, GIB);
        var gpu = exec().with(new Needs(List.of("gpu", "general"), List.of("zone=b"), null, 0, false));
        long wanted = queue.submit(gpu);
        long tpu = queue.submit(exec().with(new Needs(List.of("tpu"), List.of(), null, 0, false)));

        assertThat(queue.claimAll()).isEmpty();
        assertThat(codes(queue, wanted)).containsExactly("no_label");
        assertThat(codes(queue, tpu)).containsExactly("no_capability");
        queue.worker("w2", 9, GIB, "zone=b");
        assertThat(queue.claimAll()).containsExactly(wanted);
        assertThat(queue.book.runningOn("w2")).hasSize(1);
    }

    @Test
    void the_worker_that_is_wished_for_gets_it_while_it_has_room() {
        var queue = new Queue(Queue.FREE);
        queue.worker("w1", 1, GIB);
        queue.worker("w2", 1, GIB);
        var wish = exec().with(new Needs(List.of(), List.of(), "w2", 0, false));
        queue.submit(wish);
        queue.submit(wish);
        queue.claimAll();

        assertThat(queue.book.runningOn("w2")).hasSize(1);
        assertThat(queue.book.runningOn("w1")).hasSize(1);
    }

    @Test
    void the_next_attempt_is_made_elsewhere_while_there_is_another_worker() {
        var queue = new Queue(Queue.FREE);
        queue.worker("w1", 9, GIB);
        long id = queue.submit(exec());
        queue.claim();
        var around =
                new Surroundings(queue.now, new Rules(Duration.ofMillis(1), Duration.ofMillis(1)), new Random(1), GIB);
        var running = Objects.requireNonNull(queue.book.get(id));
        queue.book.put(running.finished(Outcome.lost("gone", "gone"), around), queue.now);
        queue.worker("w2", 9, GIB);

        assertThat(queue.claim()).isEqualTo(id);
        assertThat(queue.book.runningOn("w2")).hasSize(1);
        var second = Objects.requireNonNull(queue.book.get(id));
        queue.book.put(second.finished(Outcome.lost("gone", "gone"), around), queue.now);
        assertThat(queue.claim()).as("both have failed at it").isEqualTo(id);
    }

    @Test
    void a_delayed_job_is_not_touched_before_its_time() {
        var queue = new Queue(Queue.FREE);
        queue.worker("w1", 9, GIB);
        long id = queue.submit(exec().with(new Order(5, null, null, 1, Duration.ofSeconds(10))));

        assertThat(queue.claimAll()).isEmpty();
        assertThat(codes(queue, id)).containsExactly("delayed");
        queue.now += 10_000;
        assertThat(queue.book.wake(queue.now, 10)).isEmpty();
        assertThat(queue.claimAll()).containsExactly(id);
    }

    @Test
    void a_cordoned_worker_keeps_what_it_has_and_gets_nothing_new() {
        var queue = new Queue(Queue.FREE);
        queue.worker("w1", 9, GIB);
        queue.submit(exec());
        queue.claimAll();
        Objects.requireNonNull(queue.stations.get("w1")).cordon(true);
        long id = queue.submit(exec());

        assertThat(queue.claimAll()).isEmpty();
        assertThat(codes(queue, id)).containsExactly("cordoned");
        assertThat(queue.book.runningOn("w1")).hasSize(1);
    }

    @Test
    void what_nobody_can_take_is_not_thought_about_again_before_something_changes() {
        var queue = new Queue(Queue.FREE);
        for (int i = 0; i < 30_000; i++) {
            queue.submit(exec().with(new Needs(List.of("cap-" + i), List.of(), null, 0, false)));
        }
        for (int i = 0; i < 30_000; i++) {
            queue.submit(exec().with(new Needs(List.of(), List.of(), "wish-" + i, 2 * GIB, false)));
        }
        queue.worker("w1", 9, GIB);

        assertThat(queue.claim()).isZero();
        long before = System.nanoTime();
        for (int i = 0; i < 10_000; i++) {
            assertThat(queue.claim()).isZero();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .as("minutes when each is looked at each time")
                .isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void whatever_may_let_a_worker_take_what_waits_is_noticed() {
        var queue = new Queue(Queue.FREE);
        queue.worker("w1", 1, GIB);
        var station = Objects.requireNonNull(queue.stations.get("w1"));
        long large = queue.submit(bytes(2 * GIB));
        assertThat(queue.claim()).isZero();
        station.heard(new Room(1, 2 * GIB, null), false, queue.now);
        assertThat(queue.claim()).as("it has more memory").isEqualTo(large);
        queue.done(large);
        station.linger(new Ref("j", 1), GIB);
        long next = queue.submit(bytes(GIB));
        assertThat(queue.claim()).isZero();
        station.gone(new Ref("j", 1));
        assertThat(queue.claim()).as("what lingered is gone").isEqualTo(next);
        queue.done(next);
        station.cordon(true);
        long last = queue.submit(bytes(GIB));
        assertThat(queue.claim()).isZero();
        station.cordon(false);
        assertThat(queue.claim()).as("it is not cordoned any more").isEqualTo(last);
        queue.done(last);
        station.doubt();
        long doubted = queue.submit(exec().with(new Needs(List.of(), List.of(), "w1", 0, false)));
        assertThat(queue.claim()).isZero();
        queue.worker("w2", 1, GIB);
        assertThat(queue.claim()).as("another one came").isEqualTo(doubted);
    }

    /** The structure is what makes it possible at all: a choice looks at shelves and never at jobs. */
    @Test
    void a_hundred_thousand_jobs_of_a_thousand_submitters_are_all_chosen_once() {
        var queue = new Queue(Queue.FREE);
        for (int i = 0; i < 100_000; i++) {
            queue.submit(priority(i % 10), "submitter-" + i % 1_000);
        }
        queue.worker("w1", 200_000, GIB);

        assertThat(queue.claimAll()).hasSize(100_000).doesNotHaveDuplicates();
    }
}
