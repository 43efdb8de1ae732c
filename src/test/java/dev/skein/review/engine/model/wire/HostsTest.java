package dev.skein.review.engine.model.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.review.engine.model.ModelProblem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostsTest {
    private static final Future<String> NEVER = Promise.<String>promise().future();

    private Instant now = Instant.EPOCH;
    private final Hosts hosts = new Hosts(List.of("a", "b"), 2, () -> now);

    @Test
    void the_one_with_the_least_to_do_is_taken() {
        assertThat(List.of(url(), url(), url(), url())).containsExactly("a", "b", "a", "b");
    }

    @Test
    void who_waits_is_served_in_order_when_a_place_is_given_back() {
        var places = new ArrayList<Hosts.Place>();
        for (int i = 0; i < 4; i++) {
            places.add(hosts.place(NEVER).result());
        }
        var first = hosts.place(NEVER);
        var second = hosts.place(NEVER);
        assertThat(first.isComplete()).isFalse();

        places.get(1).release(null);
        places.get(1).release(null);

        assertThat(first.result().url()).isEqualTo("b");
        assertThat(second.isComplete()).isFalse();
    }

    @Test
    void who_is_stopped_while_waiting_leaves_the_queue() {
        var places = List.of(place(), place(), place(), place());
        Promise<String> stop = Promise.promise();
        var waiting = hosts.place(stop.future());
        stop.complete("enough");

        assertThat(waiting.failed()).isTrue();
        places.forEach(place -> place.release(null));
        assertThat(hosts.running()).isZero();
    }

    @Test
    void an_ill_host_is_left_alone_twice_as_long_each_time() {
        fail("a");
        assertThat(List.of(url(), url())).containsExactly("b", "b");
        now = now.plus(Hosts.BACK_OFF);
        fail("a");
        now = now.plus(Hosts.BACK_OFF);

        assertThat(hosts.place(NEVER).isComplete()).isFalse(); // a is still ill, b is full
    }

    @Test
    void the_pause_has_a_bound_and_ends_with_success() {
        for (int i = 0; i < 9; i++) {
            fail("a");
            now = now.plus(Hosts.BACK_OFF_MAX);
        }
        var back = hosts.place(NEVER).result();
        assertThat(back.url()).isEqualTo("a");
        back.release(null);
        fail("a");
        now = now.plus(Hosts.BACK_OFF.minusMillis(1));
        assertThat(url()).isEqualTo("b");
        now = now.plus(Duration.ofMillis(1));

        assertThat(url()).isEqualTo("a");
    }

    @Test
    void when_none_is_well_the_one_that_waited_longest_is_tried() {
        fail("a");
        now = now.plusSeconds(1);
        fail("b");

        assertThat(url()).isEqualTo("a");
    }

    @Test
    void a_busy_host_is_not_ill() {
        var place = place();
        place.release(ModelProblem.busy("429"));

        assertThat(url()).isEqualTo(place.url());
    }

    private void fail(String url) {
        var place = place();
        assertThat(place.url()).isEqualTo(url);
        place.release(ModelProblem.failed("500"));
    }

    private String url() {
        return place().url();
    }

    private Hosts.Place place() {
        return hosts.place(NEVER).result();
    }
}
