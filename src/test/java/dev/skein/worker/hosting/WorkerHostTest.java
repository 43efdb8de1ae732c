package dev.skein.worker.hosting;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.Events.Delivery;
import dev.skein.pipeline.Events.Forwarded;
import dev.skein.pipeline.Events.RecentAsk;
import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.Hosting;
import dev.skein.pipeline.Hosting.Checkpoint;
import dev.skein.pipeline.Hosting.Deploy;
import dev.skein.pipeline.Workers.Pressure;
import dev.skein.pipeline.Workers.Running;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.link.Forwarder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkerHostTest {
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final TestClock clock = new TestClock();
    private final HeldEngine engine = new HeldEngine();
    private final Lease lease = new Lease(clock);
    private final WorkerHost host =
            new WorkerHost("w", new WorkerHost.Limits(2, 4, 1 << 20), engine, Lanes.upTo(4), clock, lease);

    @BeforeEach
    void hold() {
        lease.renew(clock.instant(), LEASE);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void a_newer_copy_stops_the_older_one_and_an_older_order_is_refused() throws Exception {
        var old = deploy("p", 1);
        var young = deploy("p", 2);

        assertThat(host.running()).containsExactly(new Running(young, "g", "p", 2));
        assertThat(engine.closed).containsExactly("p 1");
        assertThat(code(deliver(old, 1, "A"))).isEqualTo("pipeline_not_found");
        assertThat(code(host.deploy(order("p", 1)))).isEqualTo("stale_epoch");
    }

    @Test
    void a_late_order_is_refused_even_after_the_newer_copy_is_gone() throws Exception {
        host.stop(deploy("p", 2)).await(5, SECONDS);

        assertThat(code(host.deploy(order("p", 1)))).isEqualTo("stale_epoch");
        assertThat(host.running()).isEmpty();
    }

    @Test
    void the_same_order_again_gets_the_same_answer() throws Exception {
        assertThat(deploy("p", 1)).isEqualTo(deploy("p", 1));
        assertThat(host.running()).hasSize(1);
    }

    @Test
    void a_full_worker_refuses_one_more_but_still_replaces() throws Exception {
        deploy("p", 1);
        deploy("q", 1);

        assertThat(code(host.deploy(order("r", 1)))).isEqualTo("no_workers_available");
        assertThat(deploy("p", 2)).isNotEmpty();
    }

    @Test
    void a_refused_program_takes_no_room_and_says_why() throws Exception {
        var refused = host.deploy(new Deploy("p", "wrong", "g", 1)).await(5, SECONDS);

        assertThat(refused.pipelineId()).isEmpty();
        assertThat(refused.diagnostics()).hasSize(1);
        assertThat(host.running()).isEmpty();
    }

    @Test
    void a_delivery_under_another_epoch_is_refused() throws Exception {
        var id = deploy("p", 2);

        assertThat(code(deliver(id, 1, "A"))).isEqualTo("stale_epoch");
        assertThat(code(deliver(id, 3, "A"))).isEqualTo("stale_epoch");
    }

    @Test
    void a_copy_at_rest_has_finished_what_it_took_and_refuses_more_until_it_is_released() throws Exception {
        var id = deploy("p", 1);
        deliver(id, 1, "A");
        var atWork = engine.next();
        var held = host.hold(new Hosting.Hold(id, 1, 2, 1_000));
        assertThat(held.isComplete()).isFalse();
        assertThat(code(deliver(id, 1, "B"))).isEqualTo("pipeline_unavailable");

        atWork.finish();
        assertThat(held.await(5, SECONDS).checkpoint()).isEqualTo(new Checkpoint(1, 1, 0, ""));
        assertThat(host.running()).containsExactly(new Running(id, "g", "p", 1, 2));
        assertThat(host.release(new Hosting.Release(id, 3)).result().released()).isFalse();
        assertThat(code(deliver(id, 1, "C"))).isEqualTo("pipeline_unavailable");
        assertThat(host.release(new Hosting.Release(id, 2)).result().released()).isTrue();
        deliver(id, 1, "D");
        assertThat(engine.next().events()).hasSize(1);
    }

    @Test
    void a_new_copy_goes_on_counting_where_the_old_one_stopped() throws Exception {
        var id = deploy("p", 2);
        host.restore(new Hosting.Restore(id, new Checkpoint(5, 4, 1, ""))).await(5, SECONDS);

        assertThat(host.metrics().get(0).eventsIn()).isEqualTo(5);
        assertThat(host.eventsProcessed()).as("by this worker").isZero();
    }

    @Test
    void one_delivery_is_at_work_at_a_time_and_they_keep_their_order() throws Exception {
        var id = deploy("p", 1);
        var first = deliver(id, 1, "A", "B");
        var second = deliver(id, 1, "C");

        var atWork = engine.next();
        assertThat(engine.isNothingAtWork()).isTrue();
        atWork.finish();
        engine.next().finish();

        assertThat(first.await(5, SECONDS)).extracting(Result::outputCount).containsExactly(1L, 1L);
        assertThat(second.await(5, SECONDS).get(0).outputs()).hasToString("[C{}]");
    }

    @Test
    void the_next_delivery_waits_until_the_outputs_of_the_one_before_found_room() throws Exception {
        Promise<List<List<Forwarded>>> retained = Promise.promise();
        Promise<Void> settled = Promise.promise();
        host.forwardThrough((source, outputs) -> new Forwarder.Forwarding(retained.future(), settled.future()));
        var id = deploy("p", 1);
        var first = deliver(id, 1, "A");
        var second = deliver(id, 1, "B");

        engine.next().finish();
        assertThat(engine.isNothingAtWork()).isTrue();
        retained.complete(List.of(List.of(new Forwarded("q", "A", 1))));
        var next = engine.next();
        assertThat(first.isComplete()).isFalse();
        settled.complete();

        assertThat(first.await(5, SECONDS).get(0).forwarded()).containsExactly(new Forwarded("q", "A", 1));
        assertThat(second.isComplete()).isFalse();
        next.finish();
        second.await(5, SECONDS);
    }

    @Test
    void without_a_lease_nothing_begins_and_nothing_counts() throws Exception {
        var id = deploy("p", 1);
        var atWork = deliver(id, 1, "A");
        var waiting = deliver(id, 1, "B");

        clock.pass(LEASE.plusMillis(1));

        assertThat(code(deliver(id, 1, "C"))).isEqualTo("stale_epoch");
        engine.next().finish();
        assertThat(code(atWork)).isEqualTo("stale_epoch");
        assertThat(code(waiting)).isEqualTo("stale_epoch");
        assertThat(engine.isNothingAtWork()).isTrue();
        hold();
        deliver(id, 1, "D");
        assertThat(engine.next().events()).hasToString("[D{}]");
    }

    @Test
    void a_full_inbox_refuses_and_loses_nothing() throws Exception {
        var id = deploy("p", 1);
        deliver(id, 1, "A");
        var kept = deliver(id, 1, "B", "C", "D");

        assertThat(code(deliver(id, 1, "E", "F"))).isEqualTo("pipeline_unavailable");
        engine.next().finish();
        engine.next().finish();
        assertThat(kept.await(5, SECONDS)).hasSize(3);
    }

    @Test
    void a_stop_says_what_may_have_happened_and_what_has_not() throws Exception {
        var id = deploy("p", 1);
        var atWork = deliver(id, 1, "A");
        var waiting = deliver(id, 1, "B");

        host.stop(id).await(5, SECONDS);

        assertThat(code(atWork)).isEqualTo("worker_timeout");
        assertThat(code(waiting)).isEqualTo("pipeline_not_found");
        assertThat(host.eventsProcessed()).isEqualTo(1);
    }

    @Test
    void pressure_is_high_when_work_had_to_wait_without_a_break() throws Exception {
        var id = deploy("p", 1);
        deliver(id, 1, "A");
        deliver(id, 1, "B");

        int samples = 0;
        for (boolean risen = false; !risen; samples++) {
            clock.pass(Duration.ofMillis(PressureMeter.SAMPLE_MILLIS));
            risen = host.sample();
        }

        assertThat(samples).isBetween(PressureMeter.UNBROKEN, PressureMeter.UNBROKEN + 2);
        assertThat(host.metrics().get(0).pressure()).isEqualTo(Pressure.HIGH);
    }

    @Test
    void recent_outputs_are_kept_by_group() throws Exception {
        deliver(deploy("p", 1), 1, "A", "B");
        engine.next().finish();

        var all = host.recent(new RecentAsk("g", 10, 0, null));

        assertThat(all.outputs()).extracting(recent -> recent.event().type()).containsExactly("A", "B");
        assertThat(host.recent(new RecentAsk("g", 10, all.outputs().get(0).seq(), "p"))
                        .outputs())
                .hasSize(1);
        assertThat(host.recent(new RecentAsk("other", 10, 0, null)).outputs()).isEmpty();
    }

    @Test
    void a_copy_that_follows_another_reads_nothing_before_it_takes_over() throws Exception {
        deploy("alone", 1);
        var id = host.deploy(order("p", 2).following()).await(5, SECONDS).pipelineId();
        assertThat(engine.reading).containsExactly("alone 1");

        host.restore(new Hosting.Restore(id, Checkpoint.NOTHING)).await(5, SECONDS);
        host.restore(new Hosting.Restore(id, Checkpoint.NOTHING)).await(5, SECONDS);

        assertThat(engine.reading).containsExactly("alone 1", "p 2");
    }

    @Test
    void a_copy_is_not_at_rest_before_its_connectors_have_delivered() throws Exception {
        Promise<Void> delivered = Promise.promise();
        engine.delivered = delivered.future();
        var id = deploy("p", 1);

        var held = host.hold(new Hosting.Hold(id, 1, 2, 1_000));
        assertThat(held.isComplete()).isFalse();
        delivered.complete();

        assertThat(held.await(5, SECONDS).checkpoint()).isNotNull();
    }

    private String deploy(String name, long epoch) throws Exception {
        return host.deploy(order(name, epoch)).await(5, SECONDS).pipelineId();
    }

    private static Deploy order(String name, long epoch) {
        return new Deploy(name, name + " " + epoch, "g", epoch);
    }

    private Future<List<Result>> deliver(String id, long epoch, String... types) {
        var events = List.of(types).stream().map(type -> Event.empty(type, 0)).toList();
        return host.deliver(new Delivery(id, epoch, 0, false, events));
    }

    private static String code(Future<?> refused) {
        var code = new StringBuilder();
        assertThatThrownBy(() -> refused.await(5, SECONDS)).satisfies(cause -> {
            var problem = Problem.in(cause);
            assertThat(problem).isNotNull();
            code.append(problem.code());
        });
        return code.toString();
    }
}
