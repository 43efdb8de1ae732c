package dev.skein.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.bus.NodeAddress;
import dev.skein.pipeline.Workers.Delete;
import dev.skein.pipeline.Workers.Leave;
import dev.skein.pipeline.Workers.ListAll;
import dev.skein.pipeline.Workers.Running;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How workers come, report, fall silent and go. */
class WorkerLifeTest {
    private final Rig rig = new Rig();

    @Test
    void a_registered_worker_is_ready_and_is_told_how_often_to_report() {
        assertThat(Rig.answer(rig.register("w0")).heartbeatIntervalSecs()).isEqualTo(1);
        assertThat(Rig.answer(rig.registerByRest("r0", "http://localhost:9001", "test"))
                        .heartbeatIntervalSecs())
                .isEqualTo(5);
        assertThat(rig.status("w0")).isEqualTo("ready");
        assertThat(rig.status("r0")).isEqualTo("ready");
    }

    @Test
    void a_full_worker_is_busy_and_gets_nothing_new() {
        rig.register("w0", "1", 2, List.of());
        rig.deploy("a", "b");

        assertThat(rig.status("w0")).isEqualTo("busy");
        assertThatThrownBy(() -> rig.deploy("c")).hasMessage("no worker is ready");
    }

    @Test
    void a_rest_worker_is_unhealthy_at_the_first_sweep_after_more_than_15_s_of_silence() {
        rig.registerByRest("r0", "http://localhost:9001", "test");
        rig.pass(Duration.ofSeconds(15));
        assertThat(rig.status("r0")).isEqualTo("ready");

        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.status("r0")).isEqualTo("unhealthy");

        rig.plane.registry().heartbeat(rig.heartbeat("r0", null, null, List.of()));
        assertThat(rig.status("r0")).isEqualTo("ready");
    }

    @Test
    void a_bus_worker_that_nobody_serves_any_more_is_given_up_at_once_when_its_node_has_left_too() {
        rig.register("w0");
        rig.workers.down.add("w0");
        rig.pass(Duration.ofSeconds(3));
        assertThat(rig.status("w0")).as("it may be behind a cut").isEqualTo("ready");

        rig.plane.registry().left(new NodeAddress("w0", "1"));
        assertThat(rig.status("w0")).isEqualTo("unhealthy");
    }

    @Test
    void a_bus_worker_that_only_does_not_answer_has_ten_seconds() {
        rig.register("w0");
        rig.workers.silent.add("w0");
        rig.pass(Duration.ofSeconds(9));
        assertThat(rig.status("w0")).isEqualTo("ready");

        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.status("w0")).isEqualTo("unhealthy");
    }

    @Test
    void a_node_seen_to_leave_is_given_up_within_two_seconds_unless_it_is_heard() {
        rig.register("w0");
        rig.register("w1");
        rig.workers.silent.addAll(List.of("w0", "w1"));
        rig.plane.registry().left(new NodeAddress("w0", "1"));
        rig.plane.registry().left(new NodeAddress("w1", "1"));
        rig.pass(Duration.ofSeconds(2), "w1");

        assertThat(rig.status("w0")).isEqualTo("unhealthy");
        assertThat(rig.status("w1")).isEqualTo("ready");
    }

    @Test
    void the_departure_of_an_earlier_life_changes_nothing() {
        rig.register("w0", "2", 100, List.of());
        rig.workers.silent.add("w0");
        rig.plane.registry().left(new NodeAddress("w0", "1"));
        rig.pass(Duration.ofSeconds(2));

        assertThat(rig.status("w0")).isEqualTo("ready");
    }

    @Test
    void pipelines_of_a_dead_worker_move_with_the_next_epoch() {
        rig.register("w0");
        rig.register("w1");
        rig.deploy("a", "b");
        rig.workers.down.add("w0");
        rig.plane.registry().left(new NodeAddress("w0", "1"));
        rig.pass(Duration.ofSeconds(2), "w1");

        assertThat(rig.workersByName()).containsOnly(entry("a", "w1"), entry("b", "w1"));
        assertThat(rig.placement("a").epoch()).isEqualTo(2);
        assertThat(rig.placement("b").epoch()).isEqualTo(1);
    }

    @Test
    void a_worker_that_comes_back_is_told_to_stop_what_was_moved_away() {
        rig.register("w0");
        rig.register("w1");
        rig.deploy("a", "b");
        var old = rig.placement("a").pipelineId();
        rig.workers.silent.add("w0");
        rig.pass(Duration.ofSeconds(10), "w1");

        assertThat(rig.beat("w0", "1").stopPipelines()).containsExactly(old);
        assertThat(rig.status("w0")).isEqualTo("ready");
        assertThat(rig.placement("a").workerId()).isEqualTo("w1");
    }

    @Test
    void a_restarted_worker_gets_its_pipelines_again_under_new_ids() {
        rig.register("w0");
        rig.deploy("a");
        var old = rig.placement("a").pipelineId();
        rig.workers.restart("w0");
        rig.register("w0", "2", 100, List.of());

        assertThat(rig.placement("a").isRunning()).isTrue();
        assertThat(rig.placement("a").epoch()).isEqualTo(2);
        assertThat(rig.placement("a").pipelineId()).isNotEqualTo(old);
    }

    @Test
    void a_rest_worker_that_does_not_say_what_it_runs_is_asked() {
        rig.registerByRest("r0", "http://localhost:9001", "test");
        rig.deploy("a", "b");
        rig.workers.stop(
                rig.state().listed("r0").orElseThrow().host(),
                rig.placement("a").pipelineId());
        var kept = rig.placement("b");
        rig.registerByRest("r0", "http://localhost:9002", "test");

        assertThat(rig.placement("b")).isEqualTo(kept);
        assertThat(rig.placement("a").epoch()).isEqualTo(2);
        assertThat(rig.placement("a").isRunning()).isTrue();
    }

    @Test
    void a_pipeline_that_is_missing_from_two_reports_is_deployed_again() {
        rig.register("w0");
        rig.deploy("a");
        rig.workers.restart("w0"); // it has lost the pipeline and does not know
        rig.beat("w0", "1");
        assertThat(rig.placement("a").epoch()).isEqualTo(1);

        rig.beat("w0", "1");
        assertThat(rig.placement("a").epoch()).isEqualTo(2);
        assertThat(rig.placement("a").isRunning()).isTrue();
    }

    @Test
    void an_id_of_a_live_worker_is_not_given_to_another_address_without_its_key() {
        rig.registerByRest("r0", "http://localhost:9001", "test");

        assertThatThrownBy(() -> Rig.answer(rig.registerByRest("r0", "http://localhost:9002", "other")))
                .hasFieldOrPropertyWithValue("code", "worker_id_taken");
        assertThat(Rig.answer(rig.registerByRest("r0", "http://localhost:9002", "test")))
                .isNotNull();
    }

    @Test
    void a_heartbeat_is_refused_as_unknown_deregistered_or_replaced() {
        rig.register("w0");
        rig.register("w0", "2", 100, List.of());
        rig.register("w1");
        rig.plane.registry().delete(new Delete("w1", Rig.CALLER));

        assertThatThrownBy(() -> rig.beat("w9", "1")).hasFieldOrPropertyWithValue("code", "worker_not_found");
        assertThatThrownBy(() -> rig.beat("w1", "1")).hasFieldOrPropertyWithValue("code", "worker_deregistered");
        assertThatThrownBy(() -> rig.beat("w0", "1")).hasFieldOrPropertyWithValue("code", "worker_id_taken");
        assertThatThrownBy(() -> rig.beat("w0", "3")).hasFieldOrPropertyWithValue("code", "worker_not_found");
        assertThat(rig.beat("w0", "2").acknowledged()).isTrue();
    }

    @Test
    void a_process_that_was_replaced_may_come_back_once_the_other_is_gone() {
        rig.register("w0");
        rig.register("w0", "2", 100, List.of());
        rig.workers.down.add("w0");
        rig.pass(Duration.ofSeconds(11));

        assertThatThrownBy(() -> rig.beat("w0", "1")).hasFieldOrPropertyWithValue("code", "worker_not_found");
    }

    @Test
    void a_coordinator_that_stood_still_gives_its_workers_time_to_be_heard() {
        rig.register("w0");
        rig.deploy("a");
        rig.workers.down.add("w0");
        rig.clock.advance(Duration.ofSeconds(25));

        rig.pass(Duration.ofSeconds(9));
        assertThat(rig.status("w0")).isEqualTo("ready");
        assertThat(rig.placement("a").epoch()).isEqualTo(1);

        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.status("w0")).isEqualTo("unhealthy");
    }

    @Test
    void deleting_a_worker_moves_its_pipelines_and_stops_its_copies() {
        rig.register("w0");
        rig.deploy("a");
        rig.register("w1");

        Rig.answer(rig.plane.registry().delete(new Delete("w0", Rig.CALLER)));
        assertThat(rig.placement("a").workerId()).isEqualTo("w1");
        assertThat(rig.workers.on("w0")).isEmpty();
        assertThatThrownBy(() -> Rig.answer(rig.plane.registry().delete(new Delete("w0", Rig.CALLER))))
                .hasFieldOrPropertyWithValue("code", "worker_not_found");
        assertThat(Rig.answer(rig.plane.registry().list(new ListAll(50, 0))).total())
                .isEqualTo(1);
    }

    @Test
    void a_worker_that_leaves_is_answered_when_its_pipelines_run_elsewhere() {
        rig.register("w0");
        rig.deploy("a");
        rig.register("w1");

        var left = Rig.answer(rig.plane.registry().leave(new Leave("w0", "1")));
        assertThat(left.handedOver()).isEqualTo(1);
        assertThat(left.remaining()).isEmpty();
        assertThat(rig.placement("a").workerId()).isEqualTo("w1");
        assertThatThrownBy(() -> rig.status("w0")).hasFieldOrPropertyWithValue("code", "worker_not_found");
    }

    @Test
    void over_rest_only_the_worker_itself_or_an_operator_can_make_it_leave() {
        rig.register("w0");
        var key = rig.plane.ledger().committed().workers().get("w0").apiKey().reveal();
        for (var wrong : new String[] {null, "", "other"}) {
            assertThatThrownBy(() -> Rig.answer(rig.plane.registry().leave(new Leave("w0", "1", wrong, false))))
                    .hasMessageContaining("without a valid key");
        }
        assertThat(rig.status("w0")).isEqualTo("ready");

        assertThat(key).isNotEmpty();
        Rig.answer(rig.plane.registry().leave(new Leave("w0", "1", key, false)));
        assertThatThrownBy(() -> rig.status("w0")).hasFieldOrPropertyWithValue("code", "worker_not_found");
    }

    @Test
    void a_worker_that_leaves_waits_25_s_at_most_and_is_told_what_remains() {
        rig.register("w0");
        rig.deploy("a");
        rig.register("w1");
        rig.workers.silent.add("w1");
        var leaving = rig.plane.registry().leave(new Leave("w0", "1"));
        assertThat(rig.status("w0")).isEqualTo("draining");
        rig.pass(Duration.ofSeconds(24), "w1");
        assertThat(leaving.isComplete()).isFalse();

        rig.pass(Duration.ofSeconds(1), "w1");
        assertThat(Rig.answer(leaving).remaining()).containsExactly("a");
    }

    @Test
    void the_last_worker_may_leave_at_once_and_its_pipelines_wait_for_another() {
        rig.register("w0");
        rig.deploy("a");

        assertThat(Rig.answer(rig.plane.registry().leave(new Leave("w0", "1"))).remaining())
                .containsExactly("a");
        rig.register("w1");
        assertThat(rig.placement("a").workerId()).isEqualTo("w1");
    }

    @Test
    void pipelines_that_are_no_placements_count_as_running_and_are_left_alone() {
        rig.register("w0", "1", 3, List.of(new Running("direct-1", null, "mine", 0)));
        rig.deploy("a", "b", "c");

        assertThat(rig.placement("c").error()).isEqualTo("no worker with free capacity");
        assertThat(rig.plane
                        .registry()
                        .heartbeat(
                                rig.heartbeat("w0", "1", List.of(new Running("direct-1", null, "mine", 0)), List.of()))
                        .result()
                        .stopPipelines())
                .isEmpty();
    }

    private static Map.Entry<String, String> entry(String name, String worker) {
        return Map.entry(name, worker);
    }
}
