package dev.skein.worker.agent;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.Hosting.Deploy;
import dev.skein.pipeline.Workers.Heartbeat;
import dev.skein.pipeline.Workers.HeartbeatAck;
import dev.skein.pipeline.Workers.Register;
import dev.skein.pipeline.Workers.Registered;
import dev.skein.worker.hosting.HeldEngine;
import dev.skein.worker.hosting.Lanes;
import dev.skein.worker.hosting.Lease;
import dev.skein.worker.hosting.TestClock;
import dev.skein.worker.hosting.WorkerHost;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class AgentTest {
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final TestClock clock = new TestClock();
    private final WorkerHost host = new WorkerHost(
            "w", new WorkerHost.Limits(10, 100, 1 << 20), new HeldEngine(), Lanes.upTo(2), clock, new Lease(clock));
    private final Coordinator coordinator = new Coordinator();
    private Agent agent;

    /** Answers nothing by itself. */
    private static final class Coordinator implements Registrar {
        record Call<Q, R>(Q request, Promise<R> answer) {}

        final BlockingQueue<Call<Register, Registered>> registrations = new LinkedBlockingQueue<>();
        final BlockingQueue<Call<Heartbeat, HeartbeatAck>> beats = new LinkedBlockingQueue<>();
        volatile boolean inTouch;
        final Promise<Void> relieved = Promise.promise();

        @Override
        public Future<Registered> register(Register worker) {
            return ask(registrations, worker);
        }

        @Override
        public Future<HeartbeatAck> beat(Heartbeat heartbeat) {
            return ask(beats, heartbeat);
        }

        private static <Q, R> Future<R> ask(BlockingQueue<Call<Q, R>> calls, Q request) {
            Promise<R> answer = Promise.promise();
            calls.add(new Call<>(request, answer));
            return answer.future();
        }

        @Override
        public Future<Void> leave(String workerId, String instanceId) {
            return relieved.future();
        }

        @Override
        public Future<Boolean> isInTouch() {
            return Future.succeededFuture(inTouch);
        }

        @Override
        public Terms terms(Registered answer) {
            return new Terms(Duration.ofMillis(10), LEASE);
        }
    }

    @BeforeEach
    void start(Vertx vertx) {
        var identity = new Agent.Identity("w", "http://localhost:1", "k", "w@1", List.of("worker"), List.of(), 10);
        agent = new Agent(vertx, identity, host, coordinator, clock);
        vertx.runOnContext(run -> agent.start());
    }

    @AfterEach
    void close() {
        agent.end();
        host.close();
    }

    @Test
    void an_acknowledged_beat_renews_the_lease_from_when_it_was_sent() throws Exception {
        register();
        var beat = next(coordinator.beats);
        clock.pass(LEASE.minusMillis(1));
        assertThat(host.lease().isHeld()).isTrue();
        clock.pass(Duration.ofMillis(2));

        beat.answer().complete(new HeartbeatAck(true, List.of()));

        assertThat(host.lease().isHeld()).isFalse();
        next(coordinator.beats).answer().complete(new HeartbeatAck(true, List.of()));
        next(coordinator.beats);
        assertThat(host.lease().isHeld()).isTrue();
    }

    @Test
    void the_lease_is_kept_without_beats_while_no_coordinator_is_out_of_reach_and_is_lost_when_one_is()
            throws Exception {
        register();
        coordinator.inTouch = true;
        clock.pass(LEASE.minusMillis(1));
        next(coordinator.beats).answer().fail(Problem.unreachable("gone"));
        var second = next(coordinator.beats);
        clock.pass(LEASE.minusMillis(1));
        assertThat(host.lease().isHeld()).isTrue();

        coordinator.inTouch = false;
        second.answer().fail(Problem.unreachable("silent"));
        var third = next(coordinator.beats);
        clock.pass(Duration.ofMillis(2));
        assertThat(host.lease().isHeld()).isFalse();

        coordinator.inTouch = true;
        third.answer().fail(Problem.unreachable("near, but it may have decided something meanwhile"));
        next(coordinator.beats).answer().complete(new HeartbeatAck(true, List.of()));
        next(coordinator.beats);
        assertThat(host.lease().isHeld()).as("given anew").isTrue();
    }

    @Test
    void what_must_not_run_is_stopped() throws Exception {
        register();
        var id =
                host.deploy(new Deploy("p", "source", "g", 1)).await(5, SECONDS).pipelineId();

        next(coordinator.beats).answer().complete(new HeartbeatAck(true, List.of(id, "unknown")));

        assertThat(nextReport().pipelines()).isEmpty();
    }

    @Test
    void an_unknown_worker_registers_again_at_once_with_what_it_runs() throws Exception {
        register();
        host.deploy(new Deploy("p", "source", "g", 7)).await(5, SECONDS);

        next(coordinator.beats).answer().fail(Problem.notFound("worker_not_found", "who?"));

        var again = register();
        assertThat(again.pipelines()).extracting("epoch").containsExactly(7L);
        assertThat(again.instanceId()).isEqualTo(host.instanceId());
    }

    @Test
    void a_deregistered_worker_stops_its_pipelines_and_falls_silent() throws Exception {
        register();
        host.deploy(new Deploy("p", "source", "g", 7)).await(5, SECONDS);

        next(coordinator.beats).answer().fail(Problem.notFound("worker_deregistered", "go"));

        assertThat(coordinator.beats.poll(100, MILLISECONDS)).isNull();
        assertThat(host.running()).isEmpty();
        assertThat(coordinator.registrations).isEmpty();
    }

    @Test
    void a_worker_whose_id_another_process_has_taken_stops_its_pipelines_and_stays() throws Exception {
        register();
        host.deploy(new Deploy("p", "source", "g", 7)).await(5, SECONDS);

        next(coordinator.beats).answer().fail(Problem.conflict("worker_id_taken", "another process"));
        assertThat(coordinator.beats.poll(100, MILLISECONDS)).isNull();
        assertThat(host.running()).isEmpty();

        agent.beat();
        next(coordinator.beats).answer().fail(Problem.notFound("worker_not_found", "it has gone"));
        assertThat(register().instanceId()).isEqualTo(host.instanceId());
    }

    @Test
    void a_lost_beat_changes_nothing_but_the_lease() throws Exception {
        register();

        next(coordinator.beats).answer().fail(Problem.timeout("nobody there"));

        assertThat(next(coordinator.beats).request().workerId()).isEqualTo("w");
        assertThat(coordinator.registrations).isEmpty();
    }

    @Test
    void a_refused_registration_is_tried_again() throws Exception {
        next(coordinator.registrations).answer().fail(new Problem(Kind.BUSY, "no leader yet"));

        assertThat(register().address()).isEqualTo("http://localhost:1");
        agent.registered().await(5, SECONDS);
    }

    @Test
    void leaving_goes_on_beating_until_relieved() throws Exception {
        register();
        agent.registered().await(5, SECONDS);
        var left = agent.leave(Duration.ofSeconds(5));
        next(coordinator.beats).answer().complete(new HeartbeatAck(true, List.of()));
        next(coordinator.beats).answer().complete(new HeartbeatAck(true, List.of()));
        assertThat(left.isComplete()).isFalse();

        coordinator.relieved.complete();

        left.await(5, SECONDS);
    }

    private Register register() throws InterruptedException {
        var call = next(coordinator.registrations);
        call.answer().complete(new Registered("w", "registered", 5));
        return call.request();
    }

    private Heartbeat nextReport() throws InterruptedException {
        return next(coordinator.beats).request();
    }

    private static <T> T next(BlockingQueue<T> calls) throws InterruptedException {
        var next = calls.poll(5, SECONDS);
        assertThat(next).as("a call to the coordinator").isNotNull();
        return next;
    }
}
