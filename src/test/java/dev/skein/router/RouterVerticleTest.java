package dev.skein.router;

import static dev.skein.router.TestPlane.pipeline;
import static dev.skein.router.TestPlane.route;
import static dev.skein.router.TestPlane.target;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.Events;
import dev.skein.pipeline.Events.Delivered;
import dev.skein.pipeline.Events.Delivery;
import dev.skein.pipeline.Events.Forwarded;
import dev.skein.pipeline.Events.Refused;
import dev.skein.pipeline.Routing.Target;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.link.Forwarder.Source;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class RouterVerticleTest {
    private static final RouterConfig IMPATIENT = new RouterConfig(
            100,
            1 << 20,
            64,
            1 << 20,
            32,
            256 << 10,
            Duration.ofMillis(600),
            Duration.ofMinutes(1),
            Duration.ofMillis(500),
            4,
            1 << 20);

    @TempDir
    Path directory;

    private final List<Event> seen = Collections.synchronizedList(new ArrayList<>());
    private TestPlane plane;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        plane = new TestPlane(vertx, IMPATIENT, directory).start();
    }

    private Future<Delivered> take(Delivery delivery) {
        seen.addAll(delivery.events());
        return Future.succeededFuture(TestPlane.echo(delivery));
    }

    @Test
    void an_event_goes_where_the_first_rule_sends_it() throws Exception {
        plane.worker("w0@1", this::take);
        plane.worker("w1@1", this::take);
        plane.group(
                List.of(route("_external", "q", "Trade*")),
                pipeline("p", target("p", "w0@1", 1)),
                pipeline("q", target("q", "w1@1", 1)));

        var matched = plane.inject("Trade.eu").await(5, SECONDS);
        var unmatched = plane.inject("Quote").await(5, SECONDS);

        assertThat(matched.routedTo() + " " + matched.workerId() + " " + matched.matched())
                .isEqualTo("q w-w1@1 true");
        assertThat(matched.outputs()).hasToString("[Trade.eu{}]");
        assertThat(unmatched.routedTo() + " " + unmatched.matched()).isEqualTo("p false");
    }

    @Test
    void an_unknown_group_is_asked_for_once_and_then_not_found() throws Exception {
        int before = plane.asked;

        assertThat(code(plane.inject("A"))).isEqualTo("group_not_found");

        assertThat(plane.asked).isBetween(before + 1, before + 2);
    }

    @Test
    void without_a_coordinator_an_unknown_group_may_exist() throws Exception {
        plane.coordinator.unregister().await(5, SECONDS);

        assertThat(code(plane.inject("A"))).isEqualTo("no_leader");
        assertThat(code(plane.inject("A"))).isEqualTo("no_leader");
    }

    @Test
    void a_worker_that_is_gone_is_refused_at_once() {
        plane.group(List.of(), pipeline("p", target("p", "gone@1", 1)));

        assertThat(code(plane.inject("A"))).isEqualTo("routing_failed");
    }

    @Test
    void a_pipeline_that_does_not_run_is_unavailable_at_once() {
        plane.group(List.of(), pipeline("p", target("p", null, 1)));

        assertThat(code(plane.inject("A"))).isEqualTo("pipeline_unavailable");
    }

    @Test
    void a_router_with_an_old_table_is_corrected_by_the_answer_it_gets() throws Exception {
        plane.worker("w0@1", delivery -> {
            plane.group(List.of(), pipeline("p", target("p", "w1@1", 2)));
            return Future.failedFuture(Problem.conflict("stale_epoch", "old"));
        });
        plane.worker("w1@1", this::take);
        plane.group(List.of(), pipeline("p", target("p", "w0@1", 1)));

        assertThat(plane.inject("A").await(5, SECONDS).workerId()).isEqualTo("w-w1@1");
    }

    private static Target successor(String node, String of) {
        return new Target("p", "new-p", 2, "w-" + node, node, "http://localhost:1", "", true, of);
    }

    @Test
    void nothing_overtakes_what_the_copy_before_has_not_answered_yet() throws Exception {
        var arrived = new java.util.concurrent.CompletableFuture<Delivery>();
        Promise<Delivered> answer = Promise.promise();
        var wasAnswered = new java.util.concurrent.atomic.AtomicBoolean();
        plane.worker("w0@1", delivery -> {
            arrived.complete(delivery);
            return answer.future();
        });
        plane.worker("w1@1", delivery -> {
            wasAnswered.set(answer.future().isComplete());
            return take(delivery);
        });
        plane.group(List.of(), pipeline("p", target("p", "w0@1", 1)));
        var first = plane.inject("A");
        var delivery = arrived.get(5, SECONDS);
        plane.group(List.of(), pipeline("p", successor("w1@1", "id-p")));
        plane.bus
                .askAt(
                        TestPlane.HERE,
                        Events.INJECT,
                        new Events.Inject("unknown", Event.empty("X", 0), true, false),
                        Duration.ofSeconds(5))
                .otherwiseEmpty()
                .await(5, SECONDS); // for a group it does not know the router asks for tables
        var second = plane.inject("B");
        answer.complete(TestPlane.echo(delivery));

        assertThat(first.await(5, SECONDS).outputs()).hasToString("[A{}]");
        assertThat(second.await(5, SECONDS).outputs()).hasToString("[B{}]");
        assertThat(wasAnswered).isTrue();
    }

    @Test
    void what_a_copy_at_rest_refuses_goes_to_its_successor() throws Exception {
        plane.worker("w0@1", delivery -> {
            plane.group(List.of(), pipeline("p", successor("w1@1", "id-p")));
            plane.announce();
            return Future.failedFuture(Problem.busy("pipeline_unavailable", "p is about to move"));
        });
        plane.worker("w1@1", this::take);
        plane.group(List.of(), pipeline("p", target("p", "w0@1", 1)));

        assertThat(plane.inject("A").await(5, SECONDS).workerId()).isEqualTo("w-w1@1");
    }

    @Test
    void silence_ends_in_a_timeout_that_says_the_event_may_have_been_processed() throws Exception {
        plane.worker("w0@1", delivery -> Promise.<Delivered>promise().future());
        plane.group(List.of(), pipeline("p", target("p", "w0@1", 1)));

        assertThatThrownBy(() -> plane.inject("A").await(5, SECONDS))
                .hasMessageContaining("may have been processed")
                .extracting(cause -> Problem.in(cause).code())
                .isEqualTo("worker_timeout");
    }

    @Test
    void events_in_flight_hear_at_once_that_their_pipeline_moved() throws Exception {
        Promise<Delivery> arrived = Promise.promise();
        plane.worker("w0@1", delivery -> {
            arrived.complete(delivery);
            return Promise.<Delivered>promise().future();
        });
        plane.group(List.of(), pipeline("p", target("p", "w0@1", 1)));
        var injected = plane.inject("A");
        arrived.future().await(5, SECONDS);

        plane.group(List.of(), pipeline("p", target("p", "w1@1", 2)));
        plane.announce();

        assertThatThrownBy(() -> injected.await(5, SECONDS)).hasMessageContaining("moved away");
    }

    @Test
    void a_batch_keeps_its_order_and_fails_only_where_it_must() throws Exception {
        plane.worker("w0@1", this::take);
        plane.group(
                List.of(route("_external", "down", "Down")),
                pipeline("p", target("p", "w0@1", 1)),
                pipeline("down", target("down", null, 1)));
        var events = new ArrayList<>(numbered(3_000));
        events.set(1_000, Event.empty("Down", 0));

        var injected = plane.injectAll(events).await(20, SECONDS);

        assertThat(injected.eventsSent()).isEqualTo(2_999);
        assertThat(injected.errors()).containsExactly(new Refused(1_000, "pipeline down is not running"));
        events.remove(1_000);
        assertThat(seen).isEqualTo(events);
        assertThat(injected.outputs()).isEqualTo(events);
    }

    @Test
    void an_event_that_nobody_waits_for_is_kept_and_delivered() throws Exception {
        Promise<Delivery> delivered = Promise.promise();
        plane.worker("w0@1", delivery -> {
            delivered.complete(delivery);
            return Future.succeededFuture(TestPlane.echo(delivery));
        });
        plane.group(List.of(), pipeline("p", target("p", null, 1)));

        assertThat(plane.inject("A", false).await(5, SECONDS).pending()).isTrue();
        plane.group(List.of(), pipeline("p", target("p", "w0@1", 1)));

        assertThat(delivered.future().await(5, SECONDS).events()).hasToString("[A{}]");
    }

    @Test
    void outputs_follow_their_routes_in_order_though_the_target_moves() throws Exception {
        plane.worker("w0@1", delivery -> {
            seen.addAll(delivery.events());
            return seen.size() < 200 || seen.size() > 400
                    ? Future.succeededFuture(TestPlane.echo(delivery))
                    : Future.failedFuture(Problem.conflict("stale_epoch", "moving"));
        });
        plane.group(
                List.of(route("p", "q", "E")),
                pipeline("p", target("p", "w0@1", 1)),
                pipeline("q", target("q", "w0@1", 1)));
        var outputs = numbered(1_000);

        var forwarding = plane.router.forwarder().forward(new Source("g", "p", 0), List.of(outputs, List.of()));

        assertThat(forwarding.retained().await(20, SECONDS))
                .containsExactly(List.of(new Forwarded("q", "E", 1_000)), List.of());
        forwarding.settled().await(20, SECONDS);
        assertThat(seen.stream().distinct().toList()).isEqualTo(outputs);
    }

    @Test
    void a_full_target_holds_up_its_source_until_there_is_room() throws Exception {
        var stuck = new ArrayList<Promise<Delivered>>();
        plane.worker("w0@1", delivery -> {
            Promise<Delivered> answer = Promise.promise();
            stuck.add(answer);
            return answer.future();
        });
        plane.group(
                List.of(route("p", "q", "E")),
                pipeline("p", target("p", "w0@1", 1)),
                pipeline("q", target("q", "w0@1", 1)));

        var some = plane.router.forwarder().forward(new Source("g", "p", 0), List.of(numbered(50)));
        var many = plane.router.forwarder().forward(new Source("g", "p", 0), List.of(numbered(500)));

        some.retained().await(5, SECONDS);
        some.settled().await(5, SECONDS); // nobody waits longer than the configured time for a slow target
        assertThat(many.retained().isComplete()).isFalse();
    }

    @Test
    void an_event_in_a_circle_ends_as_a_dead_letter() throws Exception {
        plane.group(List.of(route("p", "p", "*")), pipeline("p", target("p", "w0@1", 1)));
        plane.inject("A").otherwiseEmpty().await(5, SECONDS);

        var forwarding =
                plane.router.forwarder().forward(new Source("g", "p", IMPATIENT.hopsMax()), List.of(numbered(3)));

        assertThat(forwarding.retained().await(5, SECONDS)).containsExactly(List.of());
        assertThat(plane.router.deadLetters()).isEqualTo(3);
    }

    private static List<Event> numbered(int count) {
        return LongStream.range(0, count)
                .mapToObj(n -> Event.builder("E").with("n", n).build())
                .toList();
    }

    private static String code(Future<?> refused) {
        var code = new StringBuilder();
        assertThatThrownBy(() -> refused.await(5, SECONDS))
                .satisfies(cause -> code.append(Problem.in(cause).code()));
        return code.toString();
    }
}
